import { and, asc, desc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { categories, declarations, declarationVersions } from './schema/declarations.ts';

const SUMMARY = {
  id: declarations.id,
  organisationId: declarations.organisationId,
  creditCode: declarations.creditCode,
  category: declarations.category,
  subject: declarations.subject,
  state: declarations.state,
  revision: declarations.revision,
  publishedAt: declarations.publishedAt,
  document: declarationVersions.document,
  documentSha256: declarationVersions.documentSha256,
  signer: declarationVersions.signer,
};
const CURRENT_VERSION = and(
  eq(declarationVersions.declarationId, declarations.id),
  eq(declarationVersions.revision, declarations.revision),
);

export interface StoredDeclaration {
  readonly id: string;
  readonly organisationId: string;
  readonly creditCode: string;
  readonly category: string;
  readonly subject: string;
  readonly state: string;
  readonly revision: number;
  readonly publishedAt: Date;
  readonly document: string;
  readonly documentSha256: string;
  readonly signer: string | null;
}

export async function findDeclaration(db: NodePgDatabase, id: string): Promise<StoredDeclaration | null> {
  const rows = await db
    .select(SUMMARY)
    .from(declarations)
    .innerJoin(declarationVersions, CURRENT_VERSION)
    .where(eq(declarations.id, id));
  return rows[0] ?? null;
}

export async function findVersion(db: NodePgDatabase, id: string, revision: number) {
  const rows = await db
    .select()
    .from(declarationVersions)
    .where(and(eq(declarationVersions.declarationId, id), eq(declarationVersions.revision, revision)));
  return rows[0] ?? null;
}

/** Which of these own numbers an organisation has declared and not withdrawn: compact number to declaration. */
export async function findOwnNumbers(
  db: NodePgDatabase,
  organisationId: string,
  compacts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (compacts.length === 0) return new Map();
  const rows = await db
    .select({ id: declarations.id, number: declarations.numberCompact })
    .from(declarations)
    .where(
      and(
        eq(declarations.organisationId, organisationId),
        inArray(declarations.numberCompact, [...compacts]),
        eq(declarations.level, 'enterprise'),
        eq(declarations.state, 'current'),
      ),
    );
  return new Map(rows.map(({ id, number }) => [number, id]));
}

/** Which of these category codes the register has. */
export async function findCategories(db: NodePgDatabase, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ code: categories.code })
    .from(categories)
    .where(inArray(categories.code, [...codes]));
  return new Set(rows.map(({ code }) => code));
}

/** Many declarations by id, each with its newest version; in order of id. */
export async function findDeclarations(
  db: NodePgDatabase,
  ids: readonly string[],
): Promise<readonly StoredDeclaration[]> {
  return db
    .select(SUMMARY)
    .from(declarations)
    .innerJoin(declarationVersions, CURRENT_VERSION)
    .where(inArray(declarations.id, [...ids]))
    .orderBy(asc(declarations.id));
}

/** Every version of a declaration, oldest first. */
export async function listVersions(db: NodePgDatabase, id: string) {
  return db
    .select()
    .from(declarationVersions)
    .where(eq(declarationVersions.declarationId, id))
    .orderBy(asc(declarationVersions.revision));
}

/** Current declarations that carry a barcode (fourteen digits), in order of id. */
export async function findByBarcode(db: NodePgDatabase, gtin: string): Promise<readonly StoredDeclaration[]> {
  return db
    .select(SUMMARY)
    .from(declarations)
    .innerJoin(declarationVersions, CURRENT_VERSION)
    .where(sql`${declarations.barcodes} @> array[${gtin}]::text[]`)
    .orderBy(asc(declarations.id))
    .limit(50);
}

export interface DeclarationFilter {
  readonly category?: string;
  readonly organisationId?: string;
  readonly after?: string;
  readonly limit: number;
}

/** Declarations in order of id, a page at a time by key: the cost of a page does not grow with its depth. */
export async function listDeclarations(
  db: NodePgDatabase,
  filter: DeclarationFilter,
): Promise<readonly StoredDeclaration[]> {
  const conditions: SQL[] = [];
  if (filter.category) conditions.push(eq(declarations.category, filter.category));
  if (filter.organisationId) conditions.push(eq(declarations.organisationId, filter.organisationId));
  if (filter.after) conditions.push(gt(declarations.id, filter.after));
  return db
    .select(SUMMARY)
    .from(declarations)
    .innerJoin(declarationVersions, CURRENT_VERSION)
    .where(and(...conditions))
    .orderBy(asc(declarations.id))
    .limit(filter.limit);
}

/**
 * Declarations whose number, name, product, model, enterprise or code contains `folded`: two-character windows through the
 * index, then the whole text. One character alone is looked for at the start of numbers.
 */
export async function searchDeclarations(
  db: NodePgDatabase,
  folded: string,
  limit: number,
): Promise<readonly StoredDeclaration[]> {
  const windows = [...Array(Math.max(0, folded.length - 1)).keys()].map((i) => folded.slice(i, i + 2));
  const like = `%${folded.replace(/[\\%_]/gu, '\\$&')}%`;
  const byWindows =
    windows.length > 0
      ? sql`${declarations.searchBigrams} @> array[${sql.join(
          windows.map((window) => sql`${window}`),
          sql`, `,
        )}]::text[]
            and ${declarations.searchText} like ${like}`
      : sql`${declarations.numberCompact} like ${`${folded.toUpperCase()}%`}`;
  const exactFirst = sql`${declarations.numberCompact} = ${folded.toUpperCase().replaceAll(' ', '')}`;
  return db
    .select(SUMMARY)
    .from(declarations)
    .innerJoin(declarationVersions, CURRENT_VERSION)
    .where(byWindows)
    .orderBy(desc(exactFirst), asc(declarations.id))
    .limit(limit);
}

export async function listCategories(db: NodePgDatabase, query?: string) {
  const like = `%${(query ?? '').replace(/[\\%_]/gu, '\\$&')}%`;
  const chosen =
    query === undefined
      ? sql`strpos(${categories.code}, '.') > 0`
      : sql`${categories.nameZh} ilike ${like} or ${categories.nameEn} ilike ${like} or ${categories.code} ilike ${like}`;
  return db.select().from(categories).where(chosen).orderBy(asc(categories.code)).limit(100);
}

export async function hasCategory(db: NodePgDatabase, code: string): Promise<boolean> {
  const rows = await db.select({ code: categories.code }).from(categories).where(eq(categories.code, code));
  return rows.length > 0;
}

export interface PublicCounts {
  readonly declarations: number;
  readonly enterprises: number;
  readonly lists: number;
  /** `register_now()` of the count. */
  readonly at: Date;
}

export async function countPublic(db: NodePgDatabase): Promise<PublicCounts> {
  const { rows } = await db.execute<{ declarations: number; enterprises: number; lists: number; at: string }>(sql`
    select (select count(*) from declarations where state = 'current') as declarations,
           (select count(*) from organisations where kind = 'enterprise' and state = 'active') as enterprises,
           (select count(*) from ranking_list_editions where state = 'published') as lists,
           register_now() as at`);
  const [row] = rows;
  if (!row) throw new Error('counting gave no row');
  return { ...row, at: new Date(row.at) };
}
