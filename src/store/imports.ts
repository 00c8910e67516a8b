import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Fault } from '../domain/fault.ts';
import { type Acting, type Database, type Transaction, transaction } from './database.ts';
import { importFileParts, imports } from './schema/imports.ts';

export type StoredImport = typeof imports.$inferSelect;

export async function insertImport(
  tx: Transaction,
  given: Pick<
    StoredImport,
    | 'id'
    | 'organisationId'
    | 'format'
    | 'fileName'
    | 'category'
    | 'signer'
    | 'capacity'
    | 'sentBy'
    | 'sentKey'
    | 'sentMandate'
    | 'sentRole'
  >,
): Promise<void> {
  await tx.client.query(
    `insert into imports (id, organisation_id, format, file_name, category, signer, capacity, state, sent_by, sent_key, sent_mandate, sent_role, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'receiving', $8, $9, $10, $11, $12)`,
    [
      given.id,
      given.organisationId,
      given.format,
      given.fileName,
      given.category,
      given.signer,
      given.capacity,
      given.sentBy,
      given.sentKey,
      given.sentMandate,
      given.sentRole,
      tx.now,
    ],
  );
}

/** How many files of an organisation are being received, and how many wait for their end. */
export async function countOpenImports(
  tx: Transaction,
): Promise<{ readonly receiving: number; readonly open: number }> {
  const { rows } = await tx.client.query<{ receiving: number; open: number }>(
    `select count(*) filter (where state = 'receiving' and sent_at > $1::timestamptz - interval '15 minutes')::int as receiving,
            count(*) filter (where state in ('checking', 'checked', 'importing'))::int as open
     from imports`,
    [tx.now],
  );
  return rows[0] ?? { receiving: 0, open: 0 };
}

export async function insertFilePart(
  tx: Transaction,
  importId: string,
  organisationId: string,
  part: number,
  content: Uint8Array,
): Promise<void> {
  await tx.client.query(
    'insert into import_file_parts (import_id, organisation_id, part, content) values ($1, $2, $3, $4)',
    [importId, organisationId, part, content],
  );
}

/** Ends the receiving of a file; from here on it is checked. */
export async function completeImport(
  tx: Transaction,
  id: string,
  file: Pick<StoredImport, 'bytes' | 'lines' | 'encoding'> & { readonly sha256: string; readonly identity: string },
): Promise<void> {
  await tx.db
    .update(imports)
    .set({ ...file, state: 'checking' })
    .where(eq(imports.id, id));
}

export async function deleteImport(tx: Transaction, id: string): Promise<void> {
  await tx.db.delete(imports).where(and(eq(imports.id, id), eq(imports.state, 'receiving')));
}

/** The import that the same file, with the same things given for all rows, began before. */
export async function findSameImport(tx: Transaction, identity: string): Promise<StoredImport | null> {
  const states = ['checking', 'checked', 'importing', 'imported'] as const;
  const rows = await tx.db
    .select()
    .from(imports)
    .where(and(eq(imports.identity, identity), inArray(imports.state, states)));
  return rows[0] ?? null;
}

export async function findImport(tx: Transaction, id: string): Promise<StoredImport | null> {
  const rows = await tx.db.select().from(imports).where(eq(imports.id, id));
  return rows[0] ?? null;
}

/** The same, held against every other change until the end of the transaction. */
export async function lockImport(tx: Transaction, id: string): Promise<StoredImport | null> {
  const rows = await tx.db.select().from(imports).where(eq(imports.id, id)).for('update');
  return rows[0] ?? null;
}

export async function listImports(tx: Transaction): Promise<readonly StoredImport[]> {
  return tx.db
    .select()
    .from(imports)
    .where(sql`${imports.state} <> 'receiving'`)
    .orderBy(desc(imports.sentAt))
    .limit(100);
}

/** The bytes of a file, a part at a time; a slow reader holds no connection between two of them. */
export async function* readFile(database: Database, acting: Acting, importId: string): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part++) {
    const found = await transaction(database, acting, (tx) =>
      tx.db
        .select({ content: importFileParts.content })
        .from(importFileParts)
        .where(and(eq(importFileParts.importId, importId), eq(importFileParts.part, part))),
    );
    if (!found[0]) return;
    yield found[0].content;
  }
}

/** Whether the bytes of a file are still kept. */
export async function hasFile(tx: Transaction, importId: string): Promise<boolean> {
  const rows = await tx.db
    .select({ part: importFileParts.part })
    .from(importFileParts)
    .where(and(eq(importFileParts.importId, importId), eq(importFileParts.part, 0)));
  return rows.length > 0;
}

export async function deleteFile(tx: Transaction, importId: string): Promise<void> {
  await tx.db.delete(importFileParts).where(eq(importFileParts.importId, importId));
}

type Counts = Pick<StoredImport, 'good' | 'warned' | 'bad' | 'already' | 'faults'>;

/**
 * Moves the check of a file on over one batch. False when it does not stand where the caller left it: another worker went
 * on with it, or it was cancelled.
 */
export async function advanceCheck(
  tx: Transaction,
  id: string,
  from: number,
  to: number,
  added: Counts,
): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `update imports set checked_through = $3, good = good + $4, warned = warned + $5, bad = bad + $6, already = already + $7, faults = faults + $8
     where id = $1 and state = 'checking' and checked_through = $2`,
    [id, from, to, added.good, added.warned, added.bad, added.already, added.faults],
  );
  return rowCount === 1;
}

/** The same for the writing of its rows. */
export async function advanceImport(
  tx: Transaction,
  id: string,
  decision: number,
  from: number,
  to: number,
  added: Pick<StoredImport, 'imported' | 'late'>,
): Promise<boolean> {
  const { rowCount } = await tx.client.query(
    `update imports set imported_through = $4, imported = imported + $5, late = late + $6
     where id = $1 and state = 'importing' and decision = $2 and imported_through = $3`,
    [id, decision, from, to, added.imported, added.late],
  );
  return rowCount === 1;
}

/** Ends what a worker does with an import; false when it was not in the state that the work began from. */
export async function endImportStep(
  tx: Transaction,
  id: string,
  from: 'checking' | 'importing',
  to: 'checked' | 'imported' | 'refused' | 'failed',
  refusal: readonly Fault[] | null = null,
): Promise<boolean> {
  const finishedAt = to === 'checked' ? null : tx.now;
  const ended = await tx.db
    .update(imports)
    .set({
      state: to,
      finishedAt,
      ...(from === 'checking' ? { checkedAt: tx.now } : {}),
      ...(refusal ? { refusal } : {}),
    })
    .where(and(eq(imports.id, id), eq(imports.state, from)))
    .returning({ id: imports.id });
  return ended.length > 0;
}

export async function startImporting(
  tx: Transaction,
  id: string,
  decision: Pick<
    StoredImport,
    | 'decision'
    | 'decidedBy'
    | 'decidedKey'
    | 'decidedMandate'
    | 'decidedRole'
    | 'waivedCodes'
    | 'waivedReason'
    | 'waivedBy'
    | 'toImport'
  >,
): Promise<void> {
  await tx.db
    .update(imports)
    .set({ ...decision, state: 'importing', decidedAt: tx.now, importedThrough: 0, finishedAt: null })
    .where(eq(imports.id, id));
}

export async function cancelImport(tx: Transaction, id: string): Promise<void> {
  await tx.db.update(imports).set({ state: 'cancelled', finishedAt: tx.now }).where(eq(imports.id, id));
}
