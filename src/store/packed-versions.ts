import pg from 'pg';
import { ENDING_EVENTS } from '../domain/declarations/content.ts';

/** A category's packed form: which one, and of which category. */
export interface Packed {
  readonly category: string;
  readonly form: number;
}

/** Versions that were logged between two log sizes, a column each; see migration 0018. */
export interface PackedBlock {
  readonly logFrom: number;
  readonly logTo: number;
  readonly count: number;
  readonly declarations: string;
  readonly creditCodes: string;
  readonly numbers: string;
  readonly hashes: string;
  readonly terms: Buffer;
}

export interface LoggedVersion {
  readonly log: number;
  readonly declaration: string;
  readonly revision: number;
  readonly ends: boolean;
  readonly creditCode: string;
  readonly numberCompact: string;
  readonly document: string;
  readonly documentSha256: string;
}

/** Whether a category has at least so many versions. */
export async function hasVersions(client: pg.PoolClient, category: string, atLeast: number): Promise<boolean> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::int as n from (select from declaration_versions where category = $1 limit $2) as found',
    [category, atLeast],
  );
  return (rows[0]?.n ?? 0) >= atLeast;
}

/** All versions of a category, ever. */
export async function countVersions(client: pg.PoolClient, category: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::int as n from declaration_versions where category = $1',
    [category],
  );
  return rows[0]?.n ?? 0;
}

/** One packs a category at a time; held until the transaction ends. */
export async function lockPacking(client: pg.PoolClient, { category, form }: Packed): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`packing ${form} ${category}`]);
}

/** How much of a category is packed. */
export async function packedUpTo(
  client: pg.PoolClient,
  { category, form }: Packed,
): Promise<{ readonly logTo: number; readonly blocks: number }> {
  const { rows } = await client.query<{ logTo: number; blocks: number }>(
    `select coalesce(max(log_to), 0) as "logTo", count(*)::int as blocks from packed_versions where category = $1 and form = $2`,
    [category, form],
  );
  return rows[0] ?? { logTo: 0, blocks: 0 };
}

/** All terms of a category, in order of their numbers. */
export async function readTerms(client: pg.PoolClient, { category, form }: Packed): Promise<string[]> {
  const { rows } = await client.query<{ content: string }>(
    'select content from packed_terms where category = $1 and form = $2 order by first',
    [category, form],
  );
  return rows.flatMap(({ content }) => content.split('\n'));
}

export async function insertTerms(
  client: pg.PoolClient,
  { category, form }: Packed,
  first: number,
  terms: readonly string[],
): Promise<void> {
  await client.query('insert into packed_terms (category, form, first, content) values ($1, $2, $3, $4)', [
    category,
    form,
    first,
    terms.join('\n'),
  ]);
}

export async function insertBlock(
  client: pg.PoolClient,
  { category, form }: Packed,
  n: number,
  block: PackedBlock,
): Promise<void> {
  await client.query(
    `insert into packed_versions (category, form, n, log_from, log_to, count, declarations, credit_codes, numbers, hashes, terms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      category,
      form,
      n,
      block.logFrom,
      block.logTo,
      block.count,
      block.declarations,
      block.creditCodes,
      block.numbers,
      block.hashes,
      block.terms,
    ],
  );
}

export async function readBlock(
  client: pg.PoolClient,
  { category, form }: Packed,
  n: number,
): Promise<PackedBlock | null> {
  const { rows } = await client.query<PackedBlock>(
    `select log_from as "logFrom", log_to as "logTo", count, declarations, credit_codes as "creditCodes", numbers, hashes, terms
     from packed_versions where category = $1 and form = $2 and n = $3`,
    [category, form, n],
  );
  return rows[0] ?? null;
}

/**
 * Streams the versions of a category that were logged in [from, to), in neutral order. The cursor is PostgreSQL's own, so
 * that its transaction can write between two batches.
 */
export async function* versionsLogged(
  client: pg.PoolClient,
  category: string,
  from: number,
  to: number,
  batch: number,
): AsyncGenerator<readonly LoggedVersion[]> {
  const [named, first, end, ending] = [
    pg.escapeLiteral(category),
    Number(from),
    Number(to),
    ENDING_EVENTS.map((event) => pg.escapeLiteral(event)).join(', '),
  ];
  // All of it is read, so the plan is to be the best for all of it.
  await client.query('set local cursor_tuple_fraction = 1');
  await client.query(`
    declare packing no scroll cursor for
    select l.idx as log, v.declaration_id as declaration, v.revision, v.event in (${ending}) as ends,
      v.credit_code as "creditCode", v.number_compact as "numberCompact", v.document,
      v.document_sha256 as "documentSha256"
    from declaration_versions v
    join log_entries l on l.subject = v.declaration_id and l.revision = v.revision and l.entry_type = 'declaration.' || v.event
    where v.category = ${named} and l.idx >= ${first} and l.idx < ${end}
    order by v.credit_code, v.number_compact, v.declaration_id, v.revision`);
  for (;;) {
    const { rows } = await client.query<LoggedVersion>(`fetch ${Number(batch)} from packing`);
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('close packing');
}
