import { and, asc, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Database, Transaction } from './database.ts';
import { jobFailures, outbox } from './schema/log.ts';

export interface OutboxJob {
  readonly jobKey: string;
  readonly kind: string;
  readonly data: unknown;
}

/** Seconds before an unfinished job is sent again: 5, 10, 20, … up to five minutes. */
const RESEND = sql`make_interval(secs => least(300, 5 * 2 ^ least(${outbox.sends}, 10)))`;
const DEAD_AFTER_TRIES = 8;

/** Puts a job beside the change that causes it; the same job twice is one job. */
export async function addToOutbox(tx: Transaction, job: OutboxJob): Promise<void> {
  await tx.db
    .insert(outbox)
    .values({ ...job, createdAt: sql`now()`, nextSendAt: sql`now()`, sends: 0, tries: 0, state: 'open' })
    .onConflictDoNothing();
  await tx.db.execute(sql`select pg_notify('lingpao_outbox', '')`);
}

/** Takes up to `limit` jobs that are due and marks them sent; a relay that dies before its commit leaves them due. */
export async function takeDueJobs(
  tx: Transaction,
  limit: number,
  send: (jobs: readonly OutboxJob[]) => Promise<void>,
): Promise<number> {
  const due = await tx.db
    .select({ jobKey: outbox.jobKey, kind: outbox.kind, data: outbox.data })
    .from(outbox)
    .where(and(eq(outbox.state, 'open'), sql`${outbox.nextSendAt} <= now()`))
    .orderBy(asc(outbox.nextSendAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  if (due.length === 0) return 0;
  await send(due);
  const keys = sql.join(
    due.map((job) => sql`${job.jobKey}`),
    sql`, `,
  );
  await tx.db
    .update(outbox)
    .set({ sentAt: sql`now()`, sends: sql`${outbox.sends} + 1`, nextSendAt: sql`now() + ${RESEND}` })
    .where(sql`${outbox.jobKey} in (${keys})`);
  return due.length;
}

/**
 * Counts a try at its start, so that a job that kills its worker is counted too. `dead`: this was one try too many, and the
 * job is given up; `gone`: it is done, given up, or was never born.
 */
export async function startTry(db: NodePgDatabase, jobKey: string): Promise<'started' | 'dead' | 'gone'> {
  const started = await db
    .update(outbox)
    .set({
      tries: sql`${outbox.tries} + 1`,
      state: sql`case when ${outbox.tries} >= ${DEAD_AFTER_TRIES} then 'dead' else 'open' end`,
    })
    .where(and(eq(outbox.jobKey, jobKey), eq(outbox.state, 'open')))
    .returning({ state: outbox.state });
  if (!started[0]) return 'gone';
  return started[0].state === 'open' ? 'started' : 'dead';
}

/** Takes back a try that was broken off through no fault of the job, and lets it be sent again at once. */
export async function returnTry(db: NodePgDatabase, jobKey: string): Promise<void> {
  await db
    .update(outbox)
    .set({ tries: sql`${outbox.tries} - 1`, nextSendAt: sql`now()` })
    .where(and(eq(outbox.jobKey, jobKey), eq(outbox.state, 'open')));
}

/**
 * In the transaction of a part of the job's effect: a try that got somewhere is not one of the eight in vain, and a job that
 * stops getting on is sent again after ten seconds, not after the minutes that it has been running for.
 */
export async function recordJobProgress(tx: Transaction, jobKey: string): Promise<void> {
  await tx.db
    .update(outbox)
    .set({ tries: sql`least(${outbox.tries}, 1)`, sends: 1, nextSendAt: sql`now() + interval '10 s'` })
    .where(and(eq(outbox.jobKey, jobKey), eq(outbox.state, 'open')));
}

/** Closes a job in the transaction that holds its effect. */
export async function finishJob(tx: Transaction, jobKey: string): Promise<void> {
  await tx.db.update(outbox).set({ state: 'done', finishedAt: sql`now()` }).where(eq(outbox.jobKey, jobKey));
}

export async function recordJobFailure(database: Database, jobKey: string, message: string): Promise<void> {
  await database.pool.query(
    `insert into job_failures (job_key, attempt, message)
     select job_key, tries, $2 from outbox where job_key = $1`,
    [jobKey, message.slice(0, 2000)],
  );
}

export interface FailedJob {
  readonly jobKey: string;
  readonly kind: string;
  readonly state: string;
  readonly tries: number;
  readonly lastFailure: string | null;
  readonly createdAt: Date;
}

/** Jobs that are not done: dead ones first, then those that failed or wait. */
export async function listUnfinishedJobs(db: NodePgDatabase): Promise<readonly FailedJob[]> {
  return db
    .select({
      jobKey: outbox.jobKey,
      kind: outbox.kind,
      state: outbox.state,
      tries: outbox.tries,
      createdAt: outbox.createdAt,
      lastFailure: sql<string | null>`(select ${jobFailures.message} from ${jobFailures}
        where ${jobFailures.jobKey} = ${outbox.jobKey} order by ${jobFailures.id} desc limit 1)`,
    })
    .from(outbox)
    .where(sql`${outbox.state} <> 'done'`)
    .orderBy(asc(outbox.state), asc(outbox.createdAt))
    .limit(200);
}

/** Gives a dead job its tries back. False when there is no such dead job. */
export async function reviveJob(tx: Transaction, jobKey: string): Promise<boolean> {
  const revived = await tx.db
    .update(outbox)
    .set({ state: 'open', tries: 0, sends: 0, nextSendAt: sql`now()` })
    .where(and(eq(outbox.jobKey, jobKey), eq(outbox.state, 'dead')))
    .returning({ jobKey: outbox.jobKey });
  return revived.length > 0;
}

/** Removes what the register keeps for a time only. */
export async function forgetExpired(database: Database): Promise<void> {
  await database.pool.query('select forget_expired(), forget_imports()');
}

/** Age in seconds of the oldest job that is due and not yet sent, or null; the watchdog of the relay. */
export async function oldestUnsent(database: Database): Promise<number | null> {
  const { rows } = await database.pool.query<{ age: number | null }>(
    `select extract(epoch from now() - min(next_send_at))::float8 as age from outbox where state = 'open' and next_send_at <= now()`,
  );
  return rows[0]?.age ?? null;
}
