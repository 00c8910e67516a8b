import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { MemberRole } from '../domain/access/actor.ts';
import type { Transaction } from './database.ts';
import { apiKeys, memberships, organisations, users } from './schema/organisations.ts';

export type Organisation = typeof organisations.$inferSelect;

export async function insertOrganisation(
  tx: Transaction,
  organisation: typeof organisations.$inferInsert,
): Promise<void> {
  await tx.db.insert(organisations).values(organisation);
}

export async function findOrganisation(db: NodePgDatabase, id: string): Promise<Organisation | null> {
  const rows = await db.select().from(organisations).where(eq(organisations.id, id));
  return rows[0] ?? null;
}

/** Several at once, by id. */
export async function findOrganisations(
  db: NodePgDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Organisation>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(organisations)
    .where(inArray(organisations.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findOrganisationByCode(db: NodePgDatabase, creditCode: string): Promise<Organisation | null> {
  const rows = await db.select().from(organisations).where(eq(organisations.creditCode, creditCode));
  return rows[0] ?? null;
}

/** Applications that wait for the operator, oldest first. */
export async function listApplications(db: NodePgDatabase): Promise<readonly Organisation[]> {
  return db
    .select()
    .from(organisations)
    .where(eq(organisations.state, 'applied'))
    .orderBy(asc(organisations.appliedAt))
    .limit(500);
}

/** Decides an application once; false when it was decided before. */
export async function decideOrganisation(
  tx: Transaction,
  id: string,
  decision: Pick<Organisation, 'state' | 'creditCodeMark' | 'decidedBy' | 'decisionReason'>,
): Promise<boolean> {
  const decided = await tx.db
    .update(organisations)
    .set({ ...decision, decidedAt: tx.now })
    .where(and(eq(organisations.id, id), eq(organisations.state, 'applied')))
    .returning({ id: organisations.id });
  return decided.length > 0;
}

export async function insertUser(
  tx: Transaction,
  user: {
    readonly id: string;
    readonly loginName: string;
    readonly displayName: string;
    readonly passwordHash: string;
  },
): Promise<void> {
  await tx.db.insert(users).values({ ...user, createdAt: tx.now });
}

export async function findUserByLogin(
  db: NodePgDatabase,
  loginName: string,
): Promise<typeof users.$inferSelect | null> {
  const rows = await db.select().from(users).where(eq(users.loginName, loginName));
  return rows[0] ?? null;
}

export async function insertMembership(
  tx: Transaction,
  member: Omit<typeof memberships.$inferInsert, 'addedAt'>,
): Promise<void> {
  await tx.db.insert(memberships).values({ ...member, addedAt: tx.now });
}

export async function listMembers(tx: Transaction) {
  return tx.db
    .select({ userId: users.id, loginName: users.loginName, displayName: users.displayName, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .orderBy(asc(memberships.addedAt), asc(users.loginName));
}

/** Sets the role of one of the acting organisation's people; false when there is no such person. */
export async function updateRole(tx: Transaction, userId: string, role: MemberRole): Promise<boolean> {
  const changed = await tx.db
    .update(memberships)
    .set({ role })
    .where(eq(memberships.userId, userId))
    .returning({ userId: memberships.userId });
  return changed.length > 0;
}

/** Lets a person of the acting organisation go; their sessions for it end with this. */
export async function deleteMembership(tx: Transaction, userId: string): Promise<boolean> {
  const gone = await tx.db
    .delete(memberships)
    .where(eq(memberships.userId, userId))
    .returning({ userId: memberships.userId });
  return gone.length > 0;
}

/** The organisations that a person may act for, in the order in which they were joined. */
export async function membershipsOf(db: NodePgDatabase, userId: string) {
  const { rows } = await db.execute<{ organisation_id: string; role: string }>(
    sql`select organisation_id, role from memberships_of(${userId})`,
  );
  return rows;
}

export async function insertApiKey(tx: Transaction, key: typeof apiKeys.$inferInsert): Promise<void> {
  await tx.db.insert(apiKeys).values(key);
}

/** Keys of the acting organisation; row-level security hides all others. */
export async function listApiKeys(tx: Transaction) {
  return tx.db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      lastFour: apiKeys.lastFour,
      role: apiKeys.role,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .orderBy(asc(apiKeys.createdAt));
}

/** False when the acting organisation has no such live key. */
export async function revokeApiKey(tx: Transaction, id: string): Promise<boolean> {
  const revoked = await tx.db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.id, id), sql`${apiKeys.revokedAt} is null`))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}
