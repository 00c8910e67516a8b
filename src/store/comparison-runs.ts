import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type Database, hasFreeConnection, type Transaction, transaction } from './database.ts';
import { comparisonRuns, trialSchemes } from './schema/comparisons.ts';

export type ComparisonRun = typeof comparisonRuns.$inferSelect;

/** What a run is asked for with; the rest is how far it came. */
export type AskedRun = Pick<
  ComparisonRun,
  | 'id'
  | 'bodyId'
  | 'schemeCode'
  | 'schemeVersion'
  | 'logSize'
  | 'requestedBy'
  | 'kind'
  | 'correction'
  | 'mappings'
  | 'decisions'
>;

export async function insertRun(tx: Transaction, run: AskedRun, trialScheme: string | null): Promise<void> {
  await tx.db.insert(comparisonRuns).values({ ...run, state: 'requested', done: 0, total: 0, requestedAt: tx.now });
  if (trialScheme !== null)
    await tx.db.insert(trialSchemes).values({ runId: run.id, bodyId: run.bodyId, document: trialScheme });
}

/** The draft that a run tries, seen by its body alone; null where it runs a version of the register. */
export async function findTrialScheme(tx: Pick<Transaction, 'db'>, runId: string): Promise<string | null> {
  const rows = await tx.db.select().from(trialSchemes).where(eq(trialSchemes.runId, runId));
  return rows[0]?.document ?? null;
}

export async function findRun(db: NodePgDatabase, id: string): Promise<ComparisonRun | null> {
  const rows = await db.select().from(comparisonRuns).where(eq(comparisonRuns.id, id));
  return rows[0] ?? null;
}

export async function listRuns(db: NodePgDatabase, bodyId: string): Promise<readonly ComparisonRun[]> {
  return db
    .select()
    .from(comparisonRuns)
    .where(eq(comparisonRuns.bodyId, bodyId))
    .orderBy(desc(comparisonRuns.requestedAt))
    .limit(100);
}

/**
 * Writes how far a run is, outside its long reading transaction, so that people see it move. Where no connection is free it
 * is left out: runs that hold all connections would wait for each other.
 */
export async function updateProgress(
  database: Database,
  run: ComparisonRun,
  at: { readonly phase: NonNullable<ComparisonRun['phase']>; readonly done: number; readonly total: number },
): Promise<void> {
  if (!hasFreeConnection(database)) return;
  await transaction(database, { organisationId: run.bodyId, owner: 'worker' }, async (tx) => {
    await tx.db
      .update(comparisonRuns)
      .set({
        ...at,
        state: 'running',
        failure: null,
        finishedAt: null,
        startedAt: sql`coalesce(${comparisonRuns.startedAt}, register_now())`,
      })
      .where(and(eq(comparisonRuns.id, run.id), ne(comparisonRuns.state, 'finished')));
  });
}

/** Ends a run; false when it had finished before. One that failed may still finish, when its job is revived. */
export async function endRun(
  tx: Transaction,
  id: string,
  end: { readonly state: 'finished'; readonly done: number } | { readonly state: 'failed'; readonly failure: string },
): Promise<boolean> {
  const ended = await tx.db
    .update(comparisonRuns)
    .set({ ...end, finishedAt: tx.now })
    .where(and(eq(comparisonRuns.id, id), ne(comparisonRuns.state, 'finished')))
    .returning({ id: comparisonRuns.id });
  return ended.length > 0;
}
