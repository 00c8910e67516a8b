import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, type Job, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** The one place that knows BullMQ, and which of its two backends carries the jobs. */
export interface JobQueue {
  add(jobs: readonly QueuedJob[]): Promise<void>;
  /** Starts taking jobs; `work` may run twice for one job, and must leave one effect. */
  consume(work: (job: QueuedJob, stop: AbortSignal) => Promise<void>, concurrency: number): void;
  close(): Promise<void>;
}

export interface QueuedJob {
  readonly jobKey: string;
  readonly name: string;
  readonly data: unknown;
}

export interface QueueSettings {
  /** Jobs travel over Redis or Valkey when it is given, else over PostgreSQL. */
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  readonly onError: (error: Error) => void;
}

const QUEUE = 'lingpao';
const SCHEMA = 'bullmq';
// As job options: with `true` among the *worker* options every job fails on Redis.
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;
// A job of a killed worker starts again after about 10 s, with the defaults after 61 s. Poisoned jobs are counted in the
// outbox, so a job is never failed for having stalled.
const WORKER_OPTIONS = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  runRetryDelay: 1_000,
} as const;
const SHUTDOWN_MS = 20_000;

/** Makes BullMQ's own tables, as the owner, before any of its objects exists; the application may only use them. */
export async function prepareQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    // Several nodes start at once; the second finds everything made.
    await client.query(`select pg_advisory_lock(hashtext('lingpao.bullmq'))`);
    await runMigrations(client, SCHEMA);
    await client.query(`
      -- It makes a sequence for each queue itself.
      grant usage, create on schema ${SCHEMA} to lingpao_app;
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to lingpao_app;
      grant usage on all sequences in schema ${SCHEMA} to lingpao_app;
      grant execute on all functions in schema ${SCHEMA} to lingpao_app`);
  } finally {
    await client.end();
  }
}

export function openQueue(settings: QueueSettings): JobQueue {
  return settings.redisUrl === null ? overPostgres(settings) : overRedis(settings, settings.redisUrl);
}

function overPostgres({ databaseUrl, onError }: QueueSettings): JobQueue {
  // A config object and not a pool: closing a caller's pool crashed one of twenty shutdowns (BullMQ 6.7.0).
  const connection = {
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 4,
    skipMigrations: true,
    options: '-c role=lingpao_app',
  };
  const queue = new Queue(QUEUE, { connection, defaultJobOptions: JOB_OPTIONS }, healingBackend);
  const makeWorker = (work: (job: Job) => Promise<void>, concurrency: number) =>
    new Worker(QUEUE, work, { connection, concurrency, ...WORKER_OPTIONS }, healingBackend);
  return jobQueue(queue, makeWorker, onError, async () => {});
}

function overRedis({ onError }: QueueSettings, redisUrl: string): JobQueue {
  // A producer must fail at once while Redis is away, not queue in memory; the relay tries again.
  const producer = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const consumer = new Redis(redisUrl, { maxRetriesPerRequest: null });
  for (const connection of [producer, consumer]) connection.on('error', onError);
  const queue = new Queue(QUEUE, { connection: producer, defaultJobOptions: JOB_OPTIONS });
  const makeWorker = (work: (job: Job) => Promise<void>, concurrency: number) =>
    new Worker(QUEUE, work, { connection: consumer, concurrency, ...WORKER_OPTIONS });
  return jobQueue(queue, makeWorker, onError, async () => {
    producer.disconnect();
    consumer.disconnect();
  });
}

/** What is used of BullMQ's classes; their own types differ between the two backends. */
interface Closable {
  close(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface Producer extends Closable {
  addBulk(jobs: { name: string; data: unknown; opts: { jobId: string } }[]): Promise<unknown>;
}

function jobQueue(
  queue: Producer,
  makeWorker: (work: (job: Job) => Promise<void>, concurrency: number) => Closable,
  onError: (error: Error) => void,
  release: () => Promise<void>,
): JobQueue {
  const stop = new AbortController();
  const workers: Closable[] = [];
  queue.on('error', onError);
  return {
    async add(jobs) {
      await queue.addBulk(jobs.map(({ jobKey, name, data }) => ({ name, data, opts: { jobId: jobKey } })));
    },
    consume(work, concurrency) {
      const worker = makeWorker(
        (job) => work({ jobKey: job.id ?? '', name: job.name, data: job.data }, stop.signal),
        concurrency,
      );
      worker.on('error', onError);
      workers.push(worker);
    },
    async close() {
      stop.abort(new Error('the process is stopping'));
      await Promise.race([
        Promise.all(workers.map((worker) => worker.close())),
        sleep(SHUTDOWN_MS, undefined, { ref: false }),
      ]);
      await queue.close();
      await release();
    },
  };
}

interface MemoizingConnection {
  readyPromise: unknown;
  waitUntilReady(): Promise<unknown>;
}

/**
 * BullMQ's PostgreSQL backend, healed of one fault of 6.7.0: it remembers a failed first connection for ever, and its
 * worker then spins without letting timers fire. Here a failure is forgotten after half a second.
 */
const healingBackend: typeof createPostgresBackend = (...given) => {
  const backend = createPostgresBackend(...given);
  const { connection } = backend as unknown as { connection?: MemoizingConnection };
  if (!connection) return backend;
  const connect = connection.waitUntilReady.bind(connection);
  connection.waitUntilReady = async () => {
    try {
      return await connect();
    } catch (error) {
      connection.readyPromise = undefined;
      await sleep(500);
      throw error;
    }
  };
  return backend;
};
