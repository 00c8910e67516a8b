import { Redis } from 'ioredis';
import { pino } from 'pino';
import { doJob } from '../../src/services/jobs/do-job.ts';
import { type JobQueue, openQueue, prepareQueue } from '../../workers/queue.ts';
import { handlersFor } from '../../workers/handlers.ts';
import { startRelay } from '../../workers/relay.ts';
import { startWorkers } from '../../workers/start.ts';
import type { TestRegister } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';

export const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });

/** One of BullMQ's two backends over one register. */
export interface Backend {
  readonly queue: () => JobQueue;
  readonly startWorkers: () => { readonly stop: () => Promise<void> };
  /** The relay alone: jobs are sent, and nobody does them. */
  readonly startRelay: () => Promise<{ readonly stop: () => Promise<void> }>;
  /** Everything that the queue holds is gone, as after a restart of a Redis that keeps nothing. */
  readonly lose: () => Promise<void>;
}

export async function openBackend(register: TestRegister, redisUrl: string | null): Promise<Backend> {
  await prepareQueue(register.ownerUrl);
  const { database, ownerUrl } = register;
  const queue = () => openQueue({ redisUrl, databaseUrl: ownerUrl, onError: () => {} });
  const onStuck = () => {};
  return {
    queue,
    startWorkers: () => startWorkers(database, queue(), logger, onStuck),
    async startRelay() {
      const sending = queue();
      const relay = startRelay(database, sending, logger, onStuck);
      return { stop: () => relay.stop().then(() => sending.close()) };
    },
    lose: () => (redisUrl === null ? emptyTables(ownerUrl) : flush(redisUrl)),
  };
}

async function emptyTables(ownerUrl: string): Promise<void> {
  await withTestClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'bullmq'::regnamespace and relkind = 'r' and relname <> 'migration'`,
    );
    await owner.query(`truncate ${rows.map(({ name }) => `bullmq.${name}`).join(', ')}`);
  });
}

async function flush(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  await redis.quit();
}

/** Delivers a job as the queue does, without the queue. */
export function deliver(
  { database }: TestRegister,
  jobKey: string,
  name: string,
  data: unknown,
  stop = new AbortController().signal,
): Promise<void> {
  return doJob(database, handlersFor(database), { jobKey, name, data }, stop);
}

/** Makes every waiting job due and wakes the relay: the minutes between two tries pass at once. */
export async function passTime({ ownerUrl }: TestRegister): Promise<void> {
  await withTestClient(ownerUrl, async (owner) => {
    await owner.query(`update outbox set next_send_at = now() where state = 'open'`);
    await owner.query('notify lingpao_outbox');
  });
}

export async function jobOf({ ownerUrl }: TestRegister, jobKey: string) {
  return withTestClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{
      state: string;
      tries: number;
      sends: number;
      sent: boolean;
      failures: readonly string[];
    }>(
      `select state, tries, sends, sent_at is not null as sent,
         array(select message from job_failures f where f.job_key = o.job_key order by id) as failures
       from outbox o where job_key = $1`,
      [jobKey],
    );
    if (!rows[0]) throw new Error(`no job ${jobKey}`);
    return rows[0];
  });
}
