import { and, asc, desc, eq, gt, sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { categories, declarations, declarationVersions } from './schema/declarations.ts';

export interface NewDeclaration {
  readonly id: string;
  readonly organisationId: string;
  readonly creditCode: string;
  readonly numberCompact: string;
  readonly level: string;
  readonly category: string;
  readonly subject: string;
  readonly searchText: string;
  readonly document: string;
  readonly documentSha256: string;
  readonly author: string;
  readonly signer: string;
  readonly at: Date;
  readonly leaf: string;
  readonly audit: { readonly actor: string; readonly requestId: string | null };
}

// One statement for all rows of a declaration: measured 2.1 times the rate of four round trips (see bench/).
const PUBLISH = `
with declared as (
  insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
  values ($1, $2, $3, $4, $5, $6, $7, 'current', 1, $13, $8)),
version as (
  insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)
  values ($1, 1, $2, 'published', $6, $3, $4, $9, $10, $11, $12, $13)),
logged as (
  insert into log_pending (entry_type, subject, revision, leaf) values ('declaration.published', $1, 1, $14))
insert into audit_events (at, organisation_id, actor, action, subject, detail, request_id)
values ($13, $2, $15, 'declaration.publish', $1, jsonb_build_object('document', $10::text), $16)`;

/** Writes a declaration with its first version, log entry and audit event. */
export async function insertDeclaration(tx: Transaction, given: NewDeclaration): Promise<void> {
  await tx.prepared('publish-declaration', PUBLISH, [
    given.id,
    given.organisationId,
    given.creditCode,
    given.numberCompact,
    given.level,
    given.category,
    given.subject,
    given.searchText,
    given.document,
    given.documentSha256,
    given.author,
    given.signer,
    given.at,
    given.leaf,
    given.audit.actor,
    given.audit.requestId,
  ]);
}

const SUMMARY = {
  id: declarations.id,
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

/** The current declaration of a number by one organisation: what a conflict names. */
export async function findByNumber(
  db: NodePgDatabase,
  organisationId: string,
  numberCompact: string,
): Promise<string | null> {
  const rows = await db
    .select({ id: declarations.id })
    .from(declarations)
    .where(
      and(
        eq(declarations.organisationId, organisationId),
        eq(declarations.numberCompact, numberCompact),
        eq(declarations.state, 'current'),
      ),
    )
    .limit(1);
  return rows[0]?.id ?? null;
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

export async function listCategories(db: NodePgDatabase) {
  return db.select().from(categories).orderBy(asc(categories.code));
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
