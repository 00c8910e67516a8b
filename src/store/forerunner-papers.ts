import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import {
  forerunnerCandidates,
  forerunnerChecks,
  forerunnerConfirmations,
  forerunnerReportParts,
  forerunnerReports,
  forerunnerSignatures,
} from './schema/forerunners.ts';

export type StoredCheck = typeof forerunnerChecks.$inferSelect;

const PART_BYTES = 256 * 1024;

/** What an enterprise confirms in public, and who signed for it, which is for the parties. */
export async function insertConfirmation(
  tx: Transaction,
  confirmation: Omit<typeof forerunnerConfirmations.$inferInsert, 'confirmedAt'>,
  signature: Pick<typeof forerunnerSignatures.$inferInsert, 'signer' | 'capacity' | 'confirmedBy'>,
): Promise<void> {
  const { roundId, declarationId, organisationId } = confirmation;
  await tx.db.insert(forerunnerConfirmations).values(confirmation);
  await tx.db.insert(forerunnerSignatures).values({ roundId, declarationId, organisationId, ...signature });
}

/** One report with its bytes in parts. */
export async function insertReport(
  tx: Transaction,
  report: Omit<typeof forerunnerReports.$inferInsert, 'sentAt' | 'bytes'>,
  bytes: Uint8Array,
): Promise<void> {
  await tx.db.insert(forerunnerReports).values({ ...report, bytes: bytes.length });
  const { roundId, declarationId, n, organisationId } = report;
  for (let part = 0; part * PART_BYTES < bytes.length; part++) {
    const content = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    await tx.db.insert(forerunnerReportParts).values({ roundId, declarationId, n, part, organisationId, content });
  }
}

/** The bytes of a report; null where there is none, or it is not for the acting organisation. */
export async function readReport(
  db: NodePgDatabase,
  roundId: string,
  declarationId: string,
  n: number,
): Promise<Uint8Array | null> {
  const parts = await db
    .select({ content: forerunnerReportParts.content })
    .from(forerunnerReportParts)
    .where(
      and(
        eq(forerunnerReportParts.roundId, roundId),
        eq(forerunnerReportParts.declarationId, declarationId),
        eq(forerunnerReportParts.n, n),
      ),
    )
    .orderBy(asc(forerunnerReportParts.part));
  return parts.length === 0 ? null : Buffer.concat(parts.map(({ content }) => content));
}

/** Signatures of rounds, as far as the acting organisation may read them. */
export async function listSignatures(db: NodePgDatabase, roundIds: readonly string[]) {
  if (roundIds.length === 0) return [];
  return db
    .select()
    .from(forerunnerSignatures)
    .where(inArray(forerunnerSignatures.roundId, [...roundIds]));
}

/** Of each candidate of the rounds the checks that were entered last, as far as the acting organisation may read them. */
export async function listChecks(db: NodePgDatabase, roundIds: readonly string[]): Promise<readonly StoredCheck[]> {
  if (roundIds.length === 0) return [];
  return db
    .selectDistinctOn([forerunnerChecks.roundId, forerunnerChecks.declarationId])
    .from(forerunnerChecks)
    .where(inArray(forerunnerChecks.roundId, [...roundIds]))
    .orderBy(asc(forerunnerChecks.roundId), asc(forerunnerChecks.declarationId), desc(forerunnerChecks.n));
}

export async function insertChecks(
  tx: Transaction,
  checks: Omit<typeof forerunnerChecks.$inferInsert, 'enteredAt' | 'confirmedBy' | 'confirmedAt'>,
): Promise<void> {
  await tx.db.insert(forerunnerChecks).values(checks);
}

/** A second person confirms the newest checks of candidates; from then on they stand. */
export async function confirmChecks(
  tx: Transaction,
  checks: readonly Pick<StoredCheck, 'roundId' | 'declarationId' | 'n'>[],
  confirmedBy: string,
): Promise<void> {
  for (const { roundId, declarationId, n } of checks) {
    await tx.db
      .update(forerunnerChecks)
      .set({ confirmedBy, confirmedAt: tx.now })
      .where(
        and(
          eq(forerunnerChecks.roundId, roundId),
          eq(forerunnerChecks.declarationId, declarationId),
          eq(forerunnerChecks.n, n),
          isNull(forerunnerChecks.confirmedAt),
        ),
      );
    await tx.db
      .update(forerunnerCandidates)
      .set({ checkedAt: tx.now })
      .where(
        and(
          eq(forerunnerCandidates.roundId, roundId),
          eq(forerunnerCandidates.declarationId, declarationId),
          isNull(forerunnerCandidates.checkedAt),
        ),
      );
  }
}
