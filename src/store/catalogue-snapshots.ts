import { desc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { ChangedEntry, ImportKind } from '../domain/standards/import-report.ts';
import { lockName, type Transaction } from './database.ts';
import { catalogueSnapshots } from './schema/standards.ts';

export type CatalogueSnapshot = typeof catalogueSnapshots.$inferSelect;

/** An entry as it is stored: the values of its table's columns, of which the first is its key. */
export interface StoredEntry {
  readonly key: string;
  readonly document: string;
  readonly values: readonly unknown[];
}

/** Tables are written by the same statements; arrays travel as one text, since unnest would flatten them. */
const TABLES: Readonly<Record<ImportKind, { readonly name: string; readonly columns: readonly string[] }>> = {
  standards: { name: 'catalogue_standards', columns: ['compact', 'document', 'level', 'search_text', 'replaced_by'] },
  limits: { name: 'standard_limits', columns: ['code', 'document', 'category', 'standard'] },
};

/** Rows of one statement: 2,000 take some 300 ms with their search windows, far below the time that a statement may take. */
const BATCH = 2000;

/** The number of the next snapshot; other imports wait for the end of this transaction. */
export async function nextSnapshot(tx: Transaction): Promise<number> {
  await lockName(tx, 'catalogue');
  const { rows } = await tx.client.query<{ next: number }>(
    'select coalesce(max(snapshot), 0) + 1 as next from catalogue_snapshots',
  );
  return rows[0]?.next ?? 1;
}

/** Which of the entries are new, and which differ from what stands. */
export async function compareEntries(
  tx: Transaction,
  kind: ImportKind,
  entries: readonly StoredEntry[],
): Promise<{ readonly added: readonly string[]; readonly changed: readonly ChangedEntry[] }> {
  const { name, columns } = TABLES[kind];
  const added: string[] = [];
  const changed: ChangedEntry[] = [];
  for (const batch of batches(entries)) {
    const { rows } = await tx.client.query<{ key: string; new: string; old: string | null }>(
      `select g.key, g.document as new, s.document as old
       from unnest($1::text[], $2::text[]) as g (key, document)
       left join ${name} s on s.${columns[0]} = g.key and s.until is null
       where s.document is distinct from g.document`,
      [batch.map(({ key }) => key), batch.map(({ document }) => document)],
    );
    for (const { key, new: now, old } of rows) {
      if (old === null) added.push(key);
      else changed.push({ key, old, new: now });
    }
  }
  return { added, changed };
}

/** Everything that stands now and is not among `keys`. */
export async function entriesBeside(tx: Transaction, kind: ImportKind, keys: ReadonlySet<string>) {
  const { name, columns } = TABLES[kind];
  const { rows } = await tx.client.query<{ key: string }>(
    `select ${columns[0]} as key from ${name} where until is null`,
  );
  const beside = rows.filter(({ key }) => !keys.has(key));
  const found: { key: string; old: string }[] = [];
  for (const batch of batches(beside)) {
    const documents = await tx.client.query<{ key: string; old: string }>(
      `select ${columns[0]} as key, document as old from ${name} where until is null and ${columns[0]} = any($1)`,
      [batch.map(({ key }) => key)],
    );
    found.push(...documents.rows);
  }
  return found;
}

export async function insertSnapshot(tx: Transaction, snapshot: CatalogueSnapshot): Promise<void> {
  await tx.db.insert(catalogueSnapshots).values(snapshot);
}

/** Ends what stands under these keys with this snapshot. */
export async function endEntries(
  tx: Transaction,
  kind: ImportKind,
  snapshot: number,
  keys: readonly string[],
): Promise<void> {
  const { name, columns } = TABLES[kind];
  for (const batch of batches(keys)) {
    await tx.client.query(`update ${name} set until = $1 where until is null and ${columns[0]} = any($2)`, [
      snapshot,
      batch,
    ]);
  }
}

/** Lets entries stand from this snapshot on. */
export async function beginEntries(
  tx: Transaction,
  kind: ImportKind,
  snapshot: number,
  entries: readonly StoredEntry[],
): Promise<void> {
  const { name, columns } = TABLES[kind];
  const given = columns.map((column) =>
    column === 'replaced_by' ? `string_to_array(g.${column}, ',')` : `g.${column}`,
  );
  const statement = `
    insert into ${name} (since, ${columns.join(', ')})
    select $1, ${given.join(', ')}
    from unnest(${columns.map((_, i) => `$${i + 2}::text[]`).join(', ')}) as g (${columns.join(', ')})`;
  for (const batch of batches(entries)) {
    await tx.client.query(statement, [snapshot, ...columns.map((_, i) => batch.map(({ values }) => values[i]))]);
  }
}

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let i = 0; i < items.length; i += BATCH) yield items.slice(i, i + BATCH);
}

const HEAD = {
  snapshot: catalogueSnapshots.snapshot,
  kind: catalogueSnapshots.kind,
  extent: catalogueSnapshots.extent,
  source: catalogueSnapshots.source,
  importedAt: catalogueSnapshots.importedAt,
  fileSha256: catalogueSnapshots.fileSha256,
  entries: catalogueSnapshots.entries,
  added: catalogueSnapshots.added,
  changed: catalogueSnapshots.changed,
  removed: catalogueSnapshots.removed,
  reportSha256: catalogueSnapshots.reportSha256,
};

/** Snapshots without their reports, newest first. */
export async function listSnapshots(db: NodePgDatabase) {
  return db.select(HEAD).from(catalogueSnapshots).orderBy(desc(catalogueSnapshots.snapshot)).limit(200);
}

export async function findSnapshot(db: NodePgDatabase, snapshot: number): Promise<CatalogueSnapshot | null> {
  const rows = await db.select().from(catalogueSnapshots).where(eq(catalogueSnapshots.snapshot, snapshot));
  return rows[0] ?? null;
}
