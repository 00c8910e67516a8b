import { and, asc, desc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { bodyMeasures, conflictStatements } from './schema/bodies.ts';
import { rankingListEditions } from './schema/comparisons.ts';
import { organisations } from './schema/organisations.ts';

export type StoredMeasure = typeof bodyMeasures.$inferSelect;
export type StoredStatement = typeof conflictStatements.$inferSelect;

export async function insertMeasure(tx: Transaction, measure: typeof bodyMeasures.$inferInsert): Promise<void> {
  await tx.db.insert(bodyMeasures).values(measure);
}

export async function findMeasure(db: NodePgDatabase, id: string): Promise<StoredMeasure | null> {
  const rows = await db.select().from(bodyMeasures).where(eq(bodyMeasures.id, id));
  return rows[0] ?? null;
}

/** Decides a proposed measure once; false when it was decided before, or the database does not let this organisation. */
export async function decideMeasure(
  tx: Transaction,
  id: string,
  decision: { readonly state: 'approved' | 'refused'; readonly decidedBy: string },
): Promise<boolean> {
  const decided = await tx.db
    .update(bodyMeasures)
    .set({ ...decision, decidedAt: tx.now })
    .where(and(eq(bodyMeasures.id, id), eq(bodyMeasures.state, 'proposed')))
    .returning({ id: bodyMeasures.id });
  return decided.length > 0;
}

/** Measures that were approved, oldest first: of one body, or of all. */
export async function approvedMeasures(db: NodePgDatabase, bodyId?: string): Promise<readonly StoredMeasure[]> {
  return db
    .select()
    .from(bodyMeasures)
    .where(and(eq(bodyMeasures.state, 'approved'), bodyId ? eq(bodyMeasures.bodyId, bodyId) : undefined))
    .orderBy(asc(bodyMeasures.decidedAt), asc(bodyMeasures.id));
}

/** Measures that the acting organisation may see, those that wait first, with the body's name. */
export async function listMeasures(tx: Transaction) {
  return tx.db
    .select({ measure: bodyMeasures, creditCode: organisations.creditCode, name: organisations.name })
    .from(bodyMeasures)
    .innerJoin(organisations, eq(organisations.id, bodyMeasures.bodyId))
    .orderBy(desc(eq(bodyMeasures.state, 'proposed')), desc(bodyMeasures.proposedAt))
    .limit(200);
}

export async function insertStatement(
  tx: Transaction,
  statement: typeof conflictStatements.$inferInsert,
): Promise<void> {
  await tx.db.insert(conflictStatements).values(statement);
}

/** Everything that a body ever stated about its interests, newest first. */
export async function listStatements(db: NodePgDatabase, bodyId: string): Promise<readonly StoredStatement[]> {
  return db
    .select()
    .from(conflictStatements)
    .where(eq(conflictStatements.bodyId, bodyId))
    .orderBy(desc(conflictStatements.statedAt))
    .limit(500);
}

/** Editions that a body published, newest first. */
export async function publishedBy(db: NodePgDatabase, bodyId: string) {
  return db
    .select({
      list: rankingListEditions.schemeCode,
      edition: rankingListEditions.edition,
      sha256: rankingListEditions.listSha256,
      publishedAt: rankingListEditions.publishedAt,
    })
    .from(rankingListEditions)
    .where(and(eq(rankingListEditions.bodyId, bodyId), eq(rankingListEditions.state, 'published')))
    .orderBy(desc(rankingListEditions.publishedAt), asc(rankingListEditions.schemeCode))
    .limit(500);
}
