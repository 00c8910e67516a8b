import { z } from 'zod';
import { JOB_NAMES, type JobName, JOBS } from '../../jobs/jobs.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { recordJobFailure, returnTry, startTry } from '../../store/outbox.ts';

/** What does each job, and what is done when it is given up after too many tries. */
export type JobHandlers = {
  readonly [Name in JobName]: {
    readonly run: (data: z.infer<(typeof JOBS)[Name]>, stop: AbortSignal) => Promise<void>;
    readonly giveUp?: (data: z.infer<(typeof JOBS)[Name]>) => Promise<void>;
  };
};

/**
 * Does one delivered job. Tries are counted in PostgreSQL before the work starts, so a job that kills its process is
 * given up after eight; one that a stopping process breaks off gets its try back. A failure is kept and tried again later.
 */
export async function doJob(
  database: Database,
  handlers: JobHandlers,
  delivered: { readonly jobKey: string; readonly name: string; readonly data: unknown },
  stop: AbortSignal,
): Promise<void> {
  const name = z.enum(JOB_NAMES as [JobName, ...JobName[]]).parse(delivered.name);
  const handler = handlers[name] as JobHandlers['run-comparison'];
  const data = JOBS[name].parse(delivered.data) as z.infer<(typeof JOBS)['run-comparison']>;
  const attempt = await publicRead(database, (db) => startTry(db, delivered.jobKey));
  if (attempt === 'gone') return;
  if (attempt === 'dead') return handler.giveUp?.(data);
  try {
    await handler.run(data, stop);
  } catch (error) {
    if (stop.aborted) {
      await publicRead(database, (db) => returnTry(db, delivered.jobKey));
      throw error;
    }
    await recordJobFailure(database, delivered.jobKey, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
