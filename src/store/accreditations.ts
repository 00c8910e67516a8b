import { and, asc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { accreditations } from './schema/organisations.ts';

export type Accreditation = typeof accreditations.$inferSelect;

export async function insertAccreditation(tx: Transaction, given: typeof accreditations.$inferInsert): Promise<void> {
  await tx.db.insert(accreditations).values(given);
}

export async function findAccreditation(db: NodePgDatabase, id: string): Promise<Accreditation | null> {
  const rows = await db.select().from(accreditations).where(eq(accreditations.id, id));
  return rows[0] ?? null;
}

/** Decides a proposal once; false when it was decided before, or the database does not let this organisation. */
export async function decideAccreditation(
  tx: Transaction,
  id: string,
  decision: { readonly state: 'approved' | 'refused'; readonly decidedBy: string },
): Promise<boolean> {
  const decided = await tx.db
    .update(accreditations)
    .set({ ...decision, decidedAt: tx.now })
    .where(and(eq(accreditations.id, id), eq(accreditations.state, 'proposed')))
    .returning({ id: accreditations.id });
  return decided.length > 0;
}

export async function listAccreditations(db: NodePgDatabase, bodyId?: string): Promise<readonly Accreditation[]> {
  return db
    .select()
    .from(accreditations)
    .where(bodyId ? eq(accreditations.bodyId, bodyId) : undefined)
    .orderBy(asc(accreditations.proposedAt))
    .limit(500);
}

/** The scopes under which a body may act, whatever their dates; the policy looks at the dates. */
export async function approvedScopes(db: NodePgDatabase, bodyId: string): Promise<readonly Accreditation[]> {
  return db
    .select()
    .from(accreditations)
    .where(and(eq(accreditations.bodyId, bodyId), eq(accreditations.state, 'approved')));
}
