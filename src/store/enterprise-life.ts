import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { declarations } from './schema/declarations.ts';
import { enterpriseChanges, formerIdentities, mandates } from './schema/enterprise-life.ts';
import { organisations } from './schema/organisations.ts';

export type StoredChange = typeof enterpriseChanges.$inferSelect;

export async function insertChange(tx: Transaction, change: typeof enterpriseChanges.$inferInsert): Promise<void> {
  await tx.db.insert(enterpriseChanges).values(change);
}

export async function findChange(db: NodePgDatabase, id: string): Promise<StoredChange | null> {
  const rows = await db.select().from(enterpriseChanges).where(eq(enterpriseChanges.id, id));
  return rows[0] ?? null;
}

/** Changes that the acting organisation asked for, takes part in, or (as operator) decides on, newest first. */
export async function listChanges(tx: Transaction, organisationId: string | null): Promise<readonly StoredChange[]> {
  const own = organisationId
    ? or(eq(enterpriseChanges.enterpriseId, organisationId), eq(enterpriseChanges.receiverId, organisationId))
    : inArray(enterpriseChanges.state, ['requested', 'accepted']);
  return tx.db.select().from(enterpriseChanges).where(own).orderBy(desc(enterpriseChanges.requestedAt)).limit(200);
}

/** The receiver's yes; false when it was given, or the change decided, before. */
export async function acceptChange(tx: Transaction, id: string, userId: string): Promise<boolean> {
  const accepted = await tx.db
    .update(enterpriseChanges)
    .set({ state: 'accepted', acceptedBy: userId, acceptedAt: tx.now })
    .where(and(eq(enterpriseChanges.id, id), eq(enterpriseChanges.state, 'requested')))
    .returning({ id: enterpriseChanges.id });
  return accepted.length > 0;
}

export async function decideChange(
  tx: Transaction,
  id: string,
  decision: Pick<StoredChange, 'state' | 'decidedBy' | 'decisionReason'>,
): Promise<boolean> {
  const decided = await tx.db
    .update(enterpriseChanges)
    .set({ ...decision, decidedAt: tx.now })
    .where(and(eq(enterpriseChanges.id, id), inArray(enterpriseChanges.state, ['requested', 'accepted'])))
    .returning({ id: enterpriseChanges.id });
  return decided.length > 0;
}

/** Gives an organisation another name, code or state, and keeps the earlier name and code findable. */
export async function changeIdentity(
  tx: Transaction,
  change: { readonly id: string; readonly enterpriseId: string },
  to: Partial<Pick<typeof organisations.$inferInsert, 'name' | 'creditCode' | 'creditCodeMark' | 'state'>>,
): Promise<void> {
  if (to.name !== undefined || to.creditCode !== undefined) {
    await tx.db.execute(sql`
      insert into former_identities (organisation_id, credit_code, name, until, change_id)
      select id, credit_code, name, ${tx.now.toISOString()}::timestamptz, ${change.id} from organisations where id = ${change.enterpriseId}`);
  }
  await tx.db.update(organisations).set(to).where(eq(organisations.id, change.enterpriseId));
}

export async function listFormerIdentities(db: NodePgDatabase, organisationId: string) {
  return db
    .select()
    .from(formerIdentities)
    .where(eq(formerIdentities.organisationId, organisationId))
    .orderBy(asc(formerIdentities.until));
}

/** Confirmed changes of an enterprise, oldest first: its public history. */
export async function listConfirmedChanges(
  db: NodePgDatabase,
  organisationId: string,
): Promise<readonly StoredChange[]> {
  return db
    .select()
    .from(enterpriseChanges)
    .where(and(eq(enterpriseChanges.enterpriseId, organisationId), eq(enterpriseChanges.state, 'confirmed')))
    .orderBy(asc(enterpriseChanges.decidedAt));
}

/**
 * The credit code that an enterprise has today, asked for by a former one, or by the nine characters of an old
 * organisation code, which stand inside the code of today. Null for a code that nobody had.
 */
export async function findPresentCode(db: NodePgDatabase, typed: string): Promise<string | null> {
  const { rows } = await db.execute<{ credit_code: string }>(sql`
    select o.credit_code from organisations o
    where o.state in ('active', 'suspended', 'deregistered') and (
      exists (select from former_identities f where f.organisation_id = o.id and f.credit_code = ${typed})
      or (length(${typed}) = 9 and substr(o.credit_code, 9, 9) = ${typed}))
    order by o.credit_code limit 1`);
  return rows[0]?.credit_code ?? null;
}

/** Current declarations of a holder, of those named or all, in order of id. */
export async function listHeld(
  tx: Transaction,
  holder: string,
  named: readonly string[] | null,
): Promise<readonly string[]> {
  const rows = await tx.db
    .select({ id: declarations.id })
    .from(declarations)
    .where(
      and(
        eq(declarations.organisationId, holder),
        eq(declarations.state, 'current'),
        ...(named ? [inArray(declarations.id, [...named])] : []),
      ),
    )
    .orderBy(asc(declarations.id));
  return rows.map(({ id }) => id);
}

export async function insertMandate(tx: Transaction, mandate: typeof mandates.$inferInsert): Promise<void> {
  await tx.db.insert(mandates).values(mandate);
}

/** Mandates that the acting organisation gave or holds; row security hides all others. */
export async function listMandates(tx: Transaction) {
  return tx.db.select().from(mandates).orderBy(desc(mandates.grantedAt)).limit(200);
}

/** False when the acting organisation gave no such live mandate. */
export async function revokeMandate(tx: Transaction, id: string): Promise<boolean> {
  const revoked = await tx.db
    .update(mandates)
    .set({ revokedAt: tx.now })
    .where(and(eq(mandates.id, id), isNull(mandates.revokedAt)))
    .returning({ id: mandates.id });
  return revoked.length > 0;
}

/** Organisations for which a person acts by mandate today. */
export async function mandatesOf(db: NodePgDatabase, userId: string) {
  const { rows } = await db.execute<{ organisation_id: string; role: string; mandate_id: string }>(
    sql`select organisation_id, role, mandate_id from mandates_of(${userId})`,
  );
  return rows;
}
