import { and, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type Database, type Transaction, transaction } from './database.ts';
import { standardTextParts, standardTexts } from './schema/texts.ts';

export type StandardText = typeof standardTexts.$inferSelect;

const PART_BYTES = 256 * 1024;

/** Writes a text of an organisation with its bytes in parts; what is there already stays. */
export async function insertText(tx: Transaction, text: StandardText, bytes: Uint8Array): Promise<void> {
  await tx.db.insert(standardTexts).values(text).onConflictDoNothing();
  for (let n = 0; n * PART_BYTES < bytes.length; n++) {
    const content = bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES);
    await tx.db.insert(standardTextParts).values({ sha256: text.sha256, n, content }).onConflictDoNothing();
  }
}

/** A text that the acting organisation may see: its own, or one that a published declaration names. */
export async function findText(db: NodePgDatabase, sha256: string): Promise<StandardText | null> {
  const rows = await db.select().from(standardTexts).where(eq(standardTexts.sha256, sha256)).limit(1);
  return rows[0] ?? null;
}

/** One part of a text's bytes; null behind the last, and of a text that is withheld. */
export async function findTextPart(db: NodePgDatabase, sha256: string, n: number): Promise<Uint8Array | null> {
  const rows = await db
    .select({ content: standardTextParts.content })
    .from(standardTextParts)
    .where(and(eq(standardTextParts.sha256, sha256), eq(standardTextParts.n, n)));
  return rows[0]?.content ?? null;
}

/** Which of these texts an organisation uploaded, or names in a declaration that it holds: hash to number of bytes. */
export async function findOwnTexts(
  database: Database,
  organisationId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (hashes.length === 0) return new Map();
  const asked = sql.param([...new Set(hashes)]);
  const rows = await transaction(database, { organisationId, owner: '' }, async (tx) => {
    const found = await tx.db.execute<{ sha256: string; bytes: number }>(sql`
      select distinct t.sha256, t.bytes from standard_texts t
      where t.sha256 = any(${asked}) and (t.organisation_id = ${organisationId} or exists (
        select from declaration_texts n join declarations d on d.id = n.declaration_id
        where n.sha256 = t.sha256 and d.organisation_id = ${organisationId}))`);
    return found.rows;
  });
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
}

/** The versions that name a text, with whose declarations they are. */
export async function findNaming(db: NodePgDatabase, sha256: string) {
  const { rows } = await db.execute<{ id: string; revision: number; creditCode: string }>(sql`
    select distinct on (n.declaration_id) n.declaration_id as id, n.revision, d.credit_code as "creditCode"
    from declaration_texts n join declarations d on d.id = n.declaration_id
    where n.sha256 = ${sha256} order by n.declaration_id, n.revision desc`);
  return rows;
}
