import type { Logger } from 'pino';
import { doJob } from '../src/services/jobs/do-job.ts';
import type { Database } from '../src/store/database.ts';
import { handlersFor } from './handlers.ts';
import { startSequencer } from './log.ts';
import type { JobQueue } from './queue.ts';
import { startRelay } from './relay.ts';

/** Jobs that one process does at a time; each reads in batches and gives the event loop back between them. */
const CONCURRENCY = 2;

/** Everything that works in the background of one process: the relay, the sequencer, and the doing of jobs. */
export function startWorkers(
  database: Database,
  queue: JobQueue,
  logger: Logger,
  onStuck: () => void,
): { readonly stop: () => Promise<void> } {
  const handlers = handlersFor(database);
  queue.consume(async (job, stop) => {
    try {
      await doJob(database, handlers, job, stop);
      logger.info({ job: job.jobKey }, 'job done');
    } catch (error) {
      // The outbox sends it again; to the queue it is over.
      logger.error({ job: job.jobKey, err: error }, 'job failed, will be tried again');
    }
  }, CONCURRENCY);
  const sequencer = startSequencer(database, logger);
  const relay = startRelay(database, queue, logger, onStuck);
  return {
    async stop() {
      await relay.stop();
      await queue.close();
      await sequencer.stop();
    },
  };
}
