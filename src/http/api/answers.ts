import { z } from 'zod';
import { Problem } from '../problem.ts';

export const hash = z.string().regex(/^[0-9a-f]{64}$/u);
export const instant = z.string().meta({ description: 'UTC, e.g. 2026-11-22T08:00:00Z' });

/** What every operation may answer beside its own result. */
export const PROBLEMS = {
  400: Problem,
  401: Problem,
  403: Problem,
  404: Problem,
  409: Problem,
  413: Problem,
  415: Problem,
  422: Problem,
  425: Problem,
  429: Problem,
  500: Problem,
  503: Problem,
} as const;

/** Operations on drafts also answer these. */
export const PRECONDITIONS = { 412: Problem, 428: Problem } as const;

/** Reads need fewer. */
export const READ_PROBLEMS = {
  400: Problem,
  401: Problem,
  404: Problem,
  429: Problem,
  500: Problem,
  503: Problem,
} as const;

/** Reads whose answer is sent as it is stored, byte for byte, or as one object. */
export const STORED = {
  200: z.unknown().meta({ description: 'as it was published' }),
  304: z.null(),
  ...READ_PROBLEMS,
} as const;

/** A serializer for what is bytes already. */
export function asIs(bytes: string): string {
  return bytes;
}

/** For what never changes under its address. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
