import { and, asc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { objectionFileParts, objectionFiles, objectionParties, objectionTexts } from './schema/objections.ts';

export type ObjectionFile = typeof objectionFiles.$inferSelect;

const PART_BYTES = 256 * 1024;

export async function insertParty(tx: Transaction, party: typeof objectionParties.$inferInsert): Promise<void> {
  await tx.db.insert(objectionParties).values(party);
}

export async function insertText(
  tx: Transaction,
  text: Omit<typeof objectionTexts.$inferInsert, 'writtenAt'>,
): Promise<void> {
  await tx.db.insert(objectionTexts).values(text);
}

/** One file of evidence, with its bytes in parts. */
export async function insertFile(
  tx: Transaction,
  file: Omit<typeof objectionFiles.$inferInsert, 'addedAt' | 'bytes'>,
  bytes: Uint8Array,
): Promise<void> {
  await tx.db.insert(objectionFiles).values({ ...file, bytes: bytes.length });
  for (let part = 0; part * PART_BYTES < bytes.length; part++) {
    const content = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
    await tx.db.insert(objectionFileParts).values({ number: file.number, n: file.n, part, content });
  }
}

/** Who objects; null for whoever may not know. */
export async function findParty(db: NodePgDatabase, number: string) {
  const rows = await db.select().from(objectionParties).where(eq(objectionParties.number, number));
  return rows[0] ?? null;
}

/** What was said, as far as the acting organisation may read it. */
export async function listTexts(db: NodePgDatabase, number: string) {
  return db
    .select()
    .from(objectionTexts)
    .where(eq(objectionTexts.number, number))
    .orderBy(asc(objectionTexts.writtenAt));
}

export async function listFiles(db: NodePgDatabase, number: string): Promise<readonly ObjectionFile[]> {
  return db.select().from(objectionFiles).where(eq(objectionFiles.number, number)).orderBy(asc(objectionFiles.n));
}

/** The bytes of a file; null where there is none, or it is not for the acting organisation. */
export async function readFile(db: NodePgDatabase, number: string, n: number): Promise<Uint8Array | null> {
  const parts = await db
    .select({ content: objectionFileParts.content })
    .from(objectionFileParts)
    .where(and(eq(objectionFileParts.number, number), eq(objectionFileParts.n, n)))
    .orderBy(asc(objectionFileParts.part));
  return parts.length === 0 ? null : Buffer.concat(parts.map(({ content }) => content));
}
