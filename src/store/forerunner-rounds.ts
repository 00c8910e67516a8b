import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { declarations, declarationVersions } from './schema/declarations.ts';
import {
  forerunnerCandidates,
  forerunnerConfirmations,
  forerunnerReports,
  forerunnerRounds,
} from './schema/forerunners.ts';
import { organisations } from './schema/organisations.ts';

export type StoredRound = typeof forerunnerRounds.$inferSelect;
export type StoredConfirmation = typeof forerunnerConfirmations.$inferSelect;
export type StoredReport = typeof forerunnerReports.$inferSelect;

/** The database writes the time itself: by it, row security knows the candidates of the same transaction. */
export async function insertRound(
  tx: Transaction,
  round: Omit<typeof forerunnerRounds.$inferInsert, 'openedAt'>,
  candidates: readonly Omit<typeof forerunnerCandidates.$inferInsert, 'roundId' | 'checkedAt'>[],
): Promise<void> {
  await tx.db.insert(forerunnerRounds).values(round);
  for (let at = 0; at < candidates.length; at += CANDIDATES_AT_ONCE) {
    const some = candidates.slice(at, at + CANDIDATES_AT_ONCE);
    await tx.db.insert(forerunnerCandidates).values(some.map((one) => ({ ...one, roundId: round.id })));
  }
}

const CANDIDATES_AT_ONCE = 5000;

export async function findRound(db: NodePgDatabase, id: string): Promise<StoredRound | null> {
  const rows = await db.select().from(forerunnerRounds).where(eq(forerunnerRounds.id, id));
  return rows[0] ?? null;
}

/** The round of a list that is neither published nor ended; there is at most one. */
export async function findRunningRound(db: NodePgDatabase, listCode: string): Promise<StoredRound | null> {
  const rows = await db
    .select()
    .from(forerunnerRounds)
    .where(
      and(
        eq(forerunnerRounds.listCode, listCode),
        isNull(forerunnerRounds.publishedAt),
        isNull(forerunnerRounds.endedAt),
      ),
    );
  return rows[0] ?? null;
}

/** Rounds, newest first: of one list, one body, those with candidates of one enterprise, or all. */
export async function listRounds(
  db: NodePgDatabase,
  by: { readonly listCode?: string; readonly bodyId?: string; readonly enterpriseId?: string } = {},
): Promise<readonly StoredRound[]> {
  const { listCode, bodyId, enterpriseId } = by;
  return db
    .select()
    .from(forerunnerRounds)
    .where(
      and(
        listCode ? eq(forerunnerRounds.listCode, listCode) : undefined,
        bodyId ? eq(forerunnerRounds.bodyId, bodyId) : undefined,
        enterpriseId
          ? sql`exists (select from ${forerunnerCandidates} c where c.round_id = ${forerunnerRounds.id} and c.organisation_id = ${enterpriseId})`
          : undefined,
      ),
    )
    .orderBy(desc(forerunnerRounds.openedAt), desc(forerunnerRounds.id))
    .limit(500);
}

/** Candidates of rounds with the frozen version of their declaration, and how the declaration stands now. */
export async function listCandidates(db: NodePgDatabase, roundIds: readonly string[]) {
  if (roundIds.length === 0) return [];
  return db
    .select({
      candidate: forerunnerCandidates,
      document: declarationVersions.document,
      state: declarations.state,
      revision: declarations.revision,
      invented: organisations.invented,
    })
    .from(forerunnerCandidates)
    .innerJoin(
      declarationVersions,
      and(
        eq(declarationVersions.declarationId, forerunnerCandidates.declarationId),
        eq(declarationVersions.revision, forerunnerCandidates.revision),
      ),
    )
    .innerJoin(declarations, eq(declarations.id, forerunnerCandidates.declarationId))
    .innerJoin(organisations, eq(organisations.id, forerunnerCandidates.organisationId))
    .where(inArray(forerunnerCandidates.roundId, [...roundIds]))
    .orderBy(asc(forerunnerCandidates.roundId), asc(forerunnerCandidates.declarationId));
}

export async function listConfirmations(
  db: NodePgDatabase,
  roundIds: readonly string[],
): Promise<readonly StoredConfirmation[]> {
  if (roundIds.length === 0) return [];
  return db
    .select()
    .from(forerunnerConfirmations)
    .where(inArray(forerunnerConfirmations.roundId, [...roundIds]));
}

/** Reports of candidates, of each the one that was sent last. */
export async function listReports(db: NodePgDatabase, roundIds: readonly string[]): Promise<readonly StoredReport[]> {
  if (roundIds.length === 0) return [];
  return db
    .selectDistinctOn([forerunnerReports.roundId, forerunnerReports.declarationId])
    .from(forerunnerReports)
    .where(inArray(forerunnerReports.roundId, [...roundIds]))
    .orderBy(asc(forerunnerReports.roundId), asc(forerunnerReports.declarationId), desc(forerunnerReports.n));
}

type Step = Partial<Omit<typeof forerunnerRounds.$inferInsert, 'id'>>;

/** Writes the next step of a round, once: false where it was written meanwhile, or the database does not let it. */
export async function takeRoundStep(
  tx: Transaction,
  id: string,
  step: 'shortlistedAt' | 'objectionsOpenedAt' | 'publishedAt' | 'endedAt',
  given: Step,
): Promise<boolean> {
  const taken = await tx.db
    .update(forerunnerRounds)
    .set({ ...given, [step]: tx.now })
    .where(and(eq(forerunnerRounds.id, id), isNull(forerunnerRounds[step])))
    .returning({ id: forerunnerRounds.id });
  return taken.length > 0;
}
