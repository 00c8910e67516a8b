import { and, asc, desc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { declarations } from './schema/declarations.ts';
import { draws, findings } from './schema/spot-checks.ts';

export type StoredFinding = typeof findings.$inferSelect;

export async function insertFinding(tx: Transaction, finding: typeof findings.$inferInsert): Promise<void> {
  await tx.db.insert(findings).values(finding);
}

/** A finding that the acting organisation may see: its own, or a published one. */
export async function findFinding(tx: Transaction, id: string): Promise<StoredFinding | null> {
  const rows = await tx.db.select().from(findings).where(eq(findings.id, id));
  return rows[0] ?? null;
}

/** Moves a finding on from the state it was read in; false when someone else moved it first. */
export async function moveFinding(
  tx: Transaction,
  finding: Pick<StoredFinding, 'id' | 'state' | 'revision'>,
  changes: Partial<typeof findings.$inferInsert>,
): Promise<boolean> {
  const moved = await tx.db
    .update(findings)
    .set({ ...changes, revision: finding.revision + 1 })
    .where(and(eq(findings.id, finding.id), eq(findings.state, finding.state), eq(findings.revision, finding.revision)))
    .returning({ id: findings.id });
  return moved.length > 0;
}

/** Findings of a draw that the acting organisation may see, by object. */
export async function listFindings(db: NodePgDatabase, drawId: string): Promise<readonly StoredFinding[]> {
  return db.select().from(findings).where(eq(findings.drawId, drawId)).orderBy(asc(findings.object));
}

const PUBLISHED = {
  object: findings.object,
  verdict: findings.verdict,
  codes: findings.codes,
  note: findings.note,
  publishedAt: findings.publishedAt,
  drawId: findings.drawId,
  drawTitle: draws.title,
};

/** Published findings on a declaration, newest first, with the draw they came from. */
export async function publishedFindings(db: NodePgDatabase, object: string) {
  return db
    .select(PUBLISHED)
    .from(findings)
    .innerJoin(draws, eq(draws.id, findings.drawId))
    .where(and(eq(findings.object, object), eq(findings.state, 'published')))
    .orderBy(desc(findings.publishedAt));
}

/** The same on all declarations of an enterprise, whichever page of them is shown. */
export async function publishedFindingsOf(db: NodePgDatabase, organisationId: string) {
  return db
    .select(PUBLISHED)
    .from(findings)
    .innerJoin(draws, eq(draws.id, findings.drawId))
    .innerJoin(declarations, eq(declarations.id, findings.object))
    .where(and(eq(declarations.organisationId, organisationId), eq(findings.state, 'published')))
    .orderBy(desc(findings.publishedAt))
    .limit(500);
}
