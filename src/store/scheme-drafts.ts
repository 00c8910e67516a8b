import { and, desc, eq } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { schemeDrafts } from './schema/schemes.ts';

export interface SchemeDraft {
  readonly id: string;
  readonly revision: number;
  readonly content: unknown;
  readonly savedAt: Date;
}

const DRAFT = {
  id: schemeDrafts.id,
  revision: schemeDrafts.revision,
  content: schemeDrafts.content,
  savedAt: schemeDrafts.savedAt,
};

export async function insertSchemeDraft(
  tx: Transaction,
  draft: { readonly id: string; readonly bodyId: string; readonly content: unknown; readonly savedBy: string },
): Promise<void> {
  await tx.db.insert(schemeDrafts).values({ ...draft, revision: 1, savedAt: tx.now });
}

/** Saves over a known revision; false when it moved on or is not the acting body's. */
export async function updateSchemeDraft(
  tx: Transaction,
  draft: { readonly id: string; readonly revision: number; readonly content: unknown; readonly savedBy: string },
): Promise<boolean> {
  const saved = await tx.db
    .update(schemeDrafts)
    .set({ content: draft.content, savedBy: draft.savedBy, savedAt: tx.now, revision: draft.revision + 1 })
    .where(and(eq(schemeDrafts.id, draft.id), eq(schemeDrafts.revision, draft.revision)))
    .returning({ id: schemeDrafts.id });
  return saved.length > 0;
}

export async function findSchemeDraft(tx: Transaction, id: string): Promise<SchemeDraft | null> {
  const rows = await tx.db.select(DRAFT).from(schemeDrafts).where(eq(schemeDrafts.id, id));
  return rows[0] ?? null;
}

export async function listSchemeDrafts(tx: Transaction): Promise<readonly SchemeDraft[]> {
  return tx.db.select(DRAFT).from(schemeDrafts).orderBy(desc(schemeDrafts.savedAt)).limit(200);
}

export async function deleteSchemeDraft(tx: Transaction, id: string, revision: number): Promise<boolean> {
  const deleted = await tx.db
    .delete(schemeDrafts)
    .where(and(eq(schemeDrafts.id, id), eq(schemeDrafts.revision, revision)))
    .returning({ id: schemeDrafts.id });
  return deleted.length > 0;
}
