import { sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CatalogueStandard } from '../domain/standards/catalogue.ts';
import type { StandardLimit } from '../domain/standards/limit.ts';

export interface FoundStandard {
  readonly compact: string;
  readonly level: string;
  readonly since: number;
  readonly standard: CatalogueStandard;
  /** Where a page ends; 0 the number itself, 1 it begins so, 2 somewhere in number or title. */
  readonly nearness: number;
}

export interface StandardSearch {
  /** Folded as identifier or as words; absent lists all. */
  readonly query?: string;
  readonly level?: string;
  readonly after?: { readonly nearness: number; readonly compact: string };
  readonly limit: number;
}

type Row = { compact: string; level: string; since: number; document: string; nearness: number };

function opened({ document, ...row }: Row): FoundStandard {
  return { ...row, standard: JSON.parse(document) as CatalogueStandard };
}

/** Standards of the newest snapshot: those whose number is the query, then begins so, then all that contain it, by number. */
export async function searchStandards(db: NodePgDatabase, search: StandardSearch): Promise<readonly FoundStandard[]> {
  const { query, level, after, limit } = search;
  const number = (query ?? '').toUpperCase().replaceAll(' ', '');
  const nearness =
    query === undefined
      ? sql`2`
      : sql`case when compact = ${number} then 0 when starts_with(compact, ${number}) then 1 else 2 end`;
  const conditions = [
    ...(query === undefined ? [] : [contains(query, number)]),
    ...(level ? [sql`level = ${level}`] : []),
  ];
  const page = after ? sql`where (nearness, compact) > (${after.nearness}, ${after.compact} collate "C")` : sql``;
  const { rows } = await db.execute<Row>(sql`
    select * from (
      select compact, level, since, document, ${nearness} as nearness from catalogue_standards
      where until is null ${sql.join(conditions.map((condition) => sql` and ${condition}`))}
    ) as found ${page}
    order by nearness, compact limit ${limit}`);
  return rows.map(opened);
}

/** Two-character windows through the index, then the whole text; one character alone begins a number. */
function contains(query: string, number: string): SQL {
  const windows = [...Array(Math.max(0, query.length - 1)).keys()].map((i) => query.slice(i, i + 2));
  if (windows.length === 0) return sql`starts_with(compact, ${number})`;
  return sql`search_bigrams @> ${sql.param(windows)}::text[] and strpos(search_text, ${query}) > 0`;
}

export async function findStandard(db: NodePgDatabase, compact: string): Promise<FoundStandard | null> {
  const { rows } = await db.execute<Row>(sql`
    select compact, level, since, document, 0 as nearness from catalogue_standards
    where compact = ${compact} and until is null`);
  return rows[0] ? opened(rows[0]) : null;
}

/** The standards that one takes the place of, wholly or in part. */
export async function findPredecessors(db: NodePgDatabase, compact: string): Promise<readonly FoundStandard[]> {
  const { rows } = await db.execute<Row>(sql`
    select compact, level, since, document, 0 as nearness from catalogue_standards
    where replaced_by @> array[${compact}] and until is null order by compact limit 200`);
  return rows.map(opened);
}

/** Every limit that a standard sets, now or on another day. */
export async function findLimitsOf(db: NodePgDatabase, compact: string): Promise<readonly StandardLimit[]> {
  const { rows } = await db.execute<{ document: string }>(sql`
    select document from standard_limits where standard = ${compact} and until is null order by code limit 1000`);
  return rows.map(({ document }) => JSON.parse(document) as StandardLimit);
}

/** How many current declarations execute a standard. */
export async function countExecuting(db: NodePgDatabase, compact: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*) as count from declarations where number_compact = ${compact} and state = 'current'`);
  return rows[0]?.count ?? 0;
}
