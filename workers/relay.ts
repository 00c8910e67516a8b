import type { Logger } from 'pino';
import { type Database, NOBODY, transaction } from '../src/store/database.ts';
import { forgetExpired, oldestUnsent, takeDueJobs } from '../src/store/outbox.ts';
import { every } from './loop.ts';
import type { JobQueue } from './queue.ts';

const BATCH = 500;
const STUCK_AFTER_SECONDS = 60;
const HOUR_MS = 3_600_000;

/**
 * Sends what the outbox holds to the queue, woken by NOTIFY with a poll behind it; what is not done in time is sent again.
 * When jobs stay unsent for a minute the process is told to end, so that its supervisor starts a sound one.
 */
export function startRelay(
  database: Database,
  queue: JobQueue,
  logger: Logger,
  onStuck: () => void,
): { readonly stop: () => Promise<void> } {
  const relay = every(
    1000,
    async () => {
      const sent = await transaction(database, NOBODY, (tx) =>
        takeDueJobs(tx, BATCH, (jobs) =>
          queue.add(jobs.map(({ jobKey, kind, data }) => ({ jobKey, name: kind, data }))),
        ),
      );
      return sent === BATCH;
    },
    (error) => logger.warn({ err: error }, 'relay: not sent, will try again'),
    { database, channel: 'lingpao_outbox' },
  );
  const watchdog = every(
    10_000,
    async () => {
      const age = await oldestUnsent(database);
      if (age === null || age <= STUCK_AFTER_SECONDS) return false;
      logger.error({ seconds: age }, 'jobs wait unsent; ending so that a sound process takes over');
      onStuck();
      return false;
    },
    // A database that is away is no fault of this process.
    () => {},
  );
  const cleaner = every(
    HOUR_MS,
    async () => {
      await forgetExpired(database);
      return false;
    },
    (error) => logger.warn({ err: error }, 'expired rows were not removed'),
  );
  return { stop: async () => void (await Promise.all([relay.stop(), watchdog.stop(), cleaner.stop()])) };
}
