import { and, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CatalogueStandard } from '../domain/standards/catalogue.ts';
import type { StandardLimit } from '../domain/standards/limit.ts';
import type { Scheme } from '../domain/schemes/scheme.ts';
import { catalogueStandards } from './schema/standards.ts';
import { findDocumentsInForce } from './schemes.ts';

/** What the rules of the register are made of at this moment; they changed if any part did. */
export interface RulesVersion {
  readonly standards: number;
  readonly limits: number;
  readonly schemes: number;
  /** `register_now()` of the look. */
  readonly now: Date;
}

export async function findRulesVersion(db: NodePgDatabase): Promise<RulesVersion> {
  const { rows } = await db.execute<{ standards: number; limits: number; schemes: number; now: string }>(sql`
    select coalesce(max(snapshot) filter (where kind = 'standards'), 0) as standards,
           coalesce(max(snapshot) filter (where kind = 'limits'), 0) as limits,
           (select count(*) from scheme_stages) as schemes,
           register_now() as now
    from catalogue_snapshots`);
  const [row] = rows;
  if (!row) throw new Error('the rules gave no version');
  return { ...row, now: new Date(row.now) };
}

/** Standards of the newest snapshot by the compact form of their numbers; those it lacks are left out. */
export async function findStandards(
  db: NodePgDatabase,
  compacts: readonly string[],
): Promise<ReadonlyMap<string, CatalogueStandard>> {
  if (compacts.length === 0) return new Map();
  const rows = await db
    .select({ compact: catalogueStandards.compact, document: catalogueStandards.document })
    .from(catalogueStandards)
    // One array, as a statement has at most 65,535 values.
    .where(
      and(sql`${catalogueStandards.compact} = any(${sql.param([...compacts])})`, isNull(catalogueStandards.until)),
    );
  return new Map(rows.map(({ compact, document }) => [compact, JSON.parse(document) as CatalogueStandard]));
}

/** Limits of the newest snapshot that concern a category: those of its GB/T 4754 class and its own. */
export async function findLimits(db: NodePgDatabase, category: string): Promise<readonly StandardLimit[]> {
  const { rows } = await db.execute<{ document: string }>(sql`
    select document from standard_limits
    where until is null and (category = ${category} or (strpos(category, '.') = 0 and starts_with(${category}, category)))
    order by code`);
  return rows.map(({ document }) => JSON.parse(document) as StandardLimit);
}

/** The schemes of a category that are in force on a day. */
export async function findSchemesInForce(
  db: NodePgDatabase,
  category: string,
  day: string,
): Promise<readonly Scheme[]> {
  return (await findDocumentsInForce(db, category, day)).map((document) => JSON.parse(document) as Scheme);
}
