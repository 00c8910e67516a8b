import type { Logger } from 'pino';
import type { Database } from '../src/store/database.ts';
import { sequencePending } from '../src/store/log.ts';
import { every } from './loop.ts';

/** Full batches follow each other at once; else an entry waits at most this long for its index. */
const INTERVAL_MS = 200;

/** Gives waiting public entries their dense indices. Any number of processes may run it; a row lock orders them. */
export function startSequencer(database: Database, logger: Logger): { readonly stop: () => Promise<void> } {
  return every(
    INTERVAL_MS,
    async () => (await sequencePending(database)) > 0,
    (error) => logger.warn({ err: error }, 'log: not sequenced, will try again'),
  );
}
