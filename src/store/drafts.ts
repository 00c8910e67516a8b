import { and, desc, eq } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { declarationDrafts } from './schema/declarations.ts';

export interface Draft {
  readonly id: string;
  readonly revision: number;
  readonly content: unknown;
  readonly savedAt: Date;
}

const DRAFT = {
  id: declarationDrafts.id,
  revision: declarationDrafts.revision,
  content: declarationDrafts.content,
  savedAt: declarationDrafts.savedAt,
};

export async function insertDraft(
  tx: Transaction,
  draft: { readonly id: string; readonly organisationId: string; readonly content: unknown; readonly savedBy: string },
): Promise<void> {
  await tx.db.insert(declarationDrafts).values({ ...draft, revision: 1, savedAt: tx.now });
}

/** Saves over a known revision; false when it moved on or is not the acting organisation's. */
export async function updateDraft(
  tx: Transaction,
  draft: { readonly id: string; readonly revision: number; readonly content: unknown; readonly savedBy: string },
): Promise<boolean> {
  const saved = await tx.db
    .update(declarationDrafts)
    .set({ content: draft.content, savedBy: draft.savedBy, savedAt: tx.now, revision: draft.revision + 1 })
    .where(and(eq(declarationDrafts.id, draft.id), eq(declarationDrafts.revision, draft.revision)))
    .returning({ id: declarationDrafts.id });
  return saved.length > 0;
}

export async function findDraft(tx: Transaction, id: string): Promise<Draft | null> {
  const rows = await tx.db.select(DRAFT).from(declarationDrafts).where(eq(declarationDrafts.id, id));
  return rows[0] ?? null;
}

export async function listDrafts(tx: Transaction): Promise<readonly Draft[]> {
  return tx.db.select(DRAFT).from(declarationDrafts).orderBy(desc(declarationDrafts.savedAt)).limit(200);
}

export async function deleteDraft(tx: Transaction, id: string, revision: number): Promise<boolean> {
  const deleted = await tx.db
    .delete(declarationDrafts)
    .where(and(eq(declarationDrafts.id, id), eq(declarationDrafts.revision, revision)))
    .returning({ id: declarationDrafts.id });
  return deleted.length > 0;
}
