import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { CellFault } from '../domain/imports/sheet.ts';
import type { RowVerdict } from '../domain/imports/states.ts';
import type { Transaction } from './database.ts';
import { importFaults, importRows } from './schema/imports.ts';

export type StoredFault = typeof importFaults.$inferSelect;

/** Writes what was found in a batch of rows; `n` counts the faults of one row. */
export async function insertFaults(
  tx: Transaction,
  importId: string,
  organisationId: string,
  run: number,
  faults: readonly CellFault[],
): Promise<void> {
  if (faults.length === 0) return;
  const seen = new Map<number, number>();
  const rows = faults.map((fault) => {
    const n = seen.get(fault.row) ?? 0;
    seen.set(fault.row, n + 1);
    return { n, ...fault };
  });
  await tx.client.query(
    `insert into import_faults (import_id, organisation_id, run, row, n, col, header, at, code, severity, found, expected, remedy, about)
     select $1, $2, $3, * from unnest($4::int[], $5::int[], $6::int[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::text[])`,
    [
      importId,
      organisationId,
      run,
      rows.map(({ row }) => row),
      rows.map(({ n }) => n),
      rows.map(({ column }) => column),
      rows.map(({ header }) => header),
      rows.map(({ at }) => at),
      rows.map(({ code }) => code),
      rows.map(({ severity }) => severity),
      rows.map(({ found }) => found),
      rows.map(({ expected }) => JSON.stringify(expected)),
      rows.map(({ remedy }) => JSON.stringify(remedy)),
      rows.map(({ about }) => about ?? null),
    ],
  );
}

export interface CheckedRow {
  readonly row: number;
  readonly verdict: RowVerdict;
  readonly ownNumber: string | null;
  readonly contentSha256: string;
}

export async function insertRows(
  tx: Transaction,
  importId: string,
  organisationId: string,
  rows: readonly CheckedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.client.query(
    `insert into import_rows (import_id, organisation_id, row, verdict, own_number, content_sha256)
     select $1, $2, * from unnest($3::int[], $4::text[], $5::text[], $6::text[])`,
    [
      importId,
      organisationId,
      rows.map(({ row }) => row),
      rows.map(({ verdict }) => verdict),
      rows.map(({ ownNumber }) => ownNumber),
      rows.map(({ contentSha256 }) => contentSha256),
    ],
  );
}

/** Own numbers that earlier rows of the file have: compact number to row. */
export async function findRowsByNumber(
  tx: Transaction,
  importId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.db
    .select({ row: importRows.row, number: importRows.ownNumber })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), inArray(importRows.ownNumber, [...numbers])));
  return new Map(rows.map(({ row, number }) => [number ?? '', row]));
}

/** Contents of these hashes that imports of the organisation declared before, and that stand: hash to declaration. */
export async function findImportedContents(
  tx: Transaction,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.client.query<{ hash: string; declaration: string }>(
    `select r.content_sha256 as hash, min(d.id) as declaration from import_rows r
     join declarations d on d.id = r.declaration_id and d.revision = 1 and d.state = 'current'
     where r.declaration_id is not null and r.organisation_id = app_organisation() and r.content_sha256 = any($1)
     group by r.content_sha256`,
    [hashes],
  );
  return new Map(rows.map(({ hash, declaration }) => [hash, declaration]));
}

/** Rows of a batch that wait to be declared; a warned one only when its warnings may be waived. */
export async function findWaitingRows(
  tx: Transaction,
  importId: string,
  rows: readonly number[],
  waivedCodes: readonly string[],
): Promise<ReadonlySet<number>> {
  const found = await tx.client.query<{ row: number }>(
    `select r.row from import_rows r where r.import_id = $1 and r.row = any($2) and ${WAITING('$3')}`,
    [importId, rows, waivedCodes],
  );
  return new Set(found.rows.map(({ row }) => row));
}

/** How many rows a choice would declare. */
export async function countWaitingRows(
  tx: Transaction,
  importId: string,
  waivedCodes: readonly string[],
): Promise<number> {
  const { rows } = await tx.client.query<{ count: number }>(
    `select count(*)::int as count from import_rows r where r.import_id = $1 and ${WAITING('$2')}`,
    [importId, waivedCodes],
  );
  return rows[0]?.count ?? 0;
}

const WAITING = (codes: string): string => `r.declaration_id is null and (r.verdict = 'good' or (r.verdict = 'warned'
  and not exists (select from import_faults f where f.import_id = r.import_id and f.run = 0 and f.row = r.row
    and f.severity = 'warn' and not f.code = any(${codes}::text[]))))`;

export async function setDeclarations(
  tx: Transaction,
  importId: string,
  written: readonly { readonly row: number; readonly declaration: string }[],
): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map(({ row }) => row);
  // The range keeps the plan to the batch: without it, and without statistics yet, each batch read the whole file's rows.
  await tx.client.query(
    `update import_rows r set declaration_id = g.declaration from unnest($2::int[], $3::text[]) as g(row, declaration)
     where r.import_id = $1 and r.row = g.row and r.row between $4 and $5`,
    [importId, rows, written.map(({ declaration }) => declaration), Math.min(...rows), Math.max(...rows)],
  );
}

export interface ImportedReceipt {
  readonly row: number;
  readonly number: string;
  readonly declaration: string;
  readonly sha256: string;
}

/** What rows of an import became, in order of the file, behind row `after`. */
export async function listReceipts(
  tx: Transaction,
  importId: string,
  after: number,
  limit: number,
): Promise<readonly ImportedReceipt[]> {
  const { rows } = await tx.client.query<ImportedReceipt>(
    `select r.row, v.number_compact as number, r.declaration_id as declaration, v.document_sha256 as sha256
     from import_rows r join declaration_versions v on v.declaration_id = r.declaration_id and v.revision = 1
     where r.import_id = $1 and r.row > $2 order by r.row limit $3`,
    [importId, after, limit],
  );
  return rows;
}

export interface FaultGroup {
  readonly code: string;
  readonly severity: StoredFault['severity'];
  readonly header: string | null;
  readonly count: number;
  /** The first of them. */
  readonly example: StoredFault;
}

/** Faults of one kind in one column, most grave and most frequent first. */
export async function groupFaults(tx: Transaction, importId: string): Promise<readonly FaultGroup[]> {
  const { rows } = await tx.client.query<{
    code: string;
    severity: StoredFault['severity'];
    header: string | null;
    count: number;
    run: number;
    row: number;
    n: number;
  }>(
    `select code, severity, header, count(*)::int as count, (min(array[run, row, n]))[1] as run, (min(array[run, row, n]))[2] as row, (min(array[run, row, n]))[3] as n
     from import_faults where import_id = $1 group by code, severity, header
     order by array_position(array['refuse', 'state', 'warn', 'note'], severity), count(*) desc, code limit 100`,
    [importId],
  );
  if (rows.length === 0) return [];
  const places = rows.map(({ run, row, n }) =>
    and(eq(importFaults.run, run), eq(importFaults.row, row), eq(importFaults.n, n)),
  );
  const examples = await tx.db
    .select()
    .from(importFaults)
    .where(and(eq(importFaults.importId, importId), or(...places)));
  return rows.flatMap(({ run, row, n, ...group }) => {
    const example = examples.find((one) => one.run === run && one.row === row && one.n === n);
    return example ? [{ ...group, example }] : [];
  });
}

export interface FaultPlace {
  readonly run: number;
  readonly row: number;
  readonly n: number;
}

/** Faults in order of the file, a page at a time by key. */
export async function listFaults(
  tx: Transaction,
  importId: string,
  after: FaultPlace | null,
  limit: number,
): Promise<readonly StoredFault[]> {
  const place = sql`(${importFaults.run}, ${importFaults.row}, ${importFaults.n})`;
  const behind = after ? sql`${place} > (${after.run}, ${after.row}, ${after.n})` : undefined;
  return tx.db
    .select()
    .from(importFaults)
    .where(and(eq(importFaults.importId, importId), behind))
    .orderBy(asc(importFaults.run), asc(importFaults.row), asc(importFaults.n))
    .limit(limit);
}
