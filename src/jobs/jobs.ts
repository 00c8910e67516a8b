import { z } from 'zod';

/** Every background job: its name and what it is told. API and workers share these words and nothing else. */
export const JOBS = {
  'run-comparison': z.strictObject({ run: z.string() }),
  'draw-sample': z.strictObject({ draw: z.string() }),
  'check-import': z.strictObject({ import: z.string(), organisation: z.string() }),
  'import-rows': z.strictObject({ import: z.string(), organisation: z.string(), decision: z.int() }),
} as const;

export type JobName = keyof typeof JOBS;

export const JOB_NAMES = Object.keys(JOBS) as readonly JobName[];

/** A job is named by what it does, so that a repeat is the same job; BullMQ allows no ":" and not digits alone. */
export function jobKey(name: JobName, subject: string): string {
  return `${name}.${subject}`;
}
