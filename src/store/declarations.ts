import { and, asc, desc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type DeclarationEvent, ENDING_EVENTS } from '../domain/declarations/content.ts';
import type { Transaction } from './database.ts';
import { categories, declarations, declarationVersions } from './schema/declarations.ts';

/** The rows of one version, as `services/declarations/version.ts` makes them. */
export interface DeclarationVersion {
  readonly id: string;
  readonly revision: number;
  readonly event: DeclarationEvent;
  readonly organisationId: string;
  readonly creditCode: string;
  readonly numberCompact: string;
  readonly level: string;
  readonly category: string;
  readonly subject: string;
  readonly barcodes: readonly string[];
  readonly searchText: string;
  readonly document: string;
  readonly documentSha256: string;
  readonly author: string;
  readonly signer: string | null;
  readonly at: Date;
  readonly leaf: string;
  readonly actor: string;
  readonly requestId: string | null;
  /** Whose act it is: the holder's, or an authority's. */
  readonly actingOrganisationId: string;
}

const COLUMNS = [
  ['id', 'text'],
  ['revision', 'integer'],
  ['event', 'text'],
  ['organisation_id', 'uuid'],
  ['credit_code', 'text'],
  ['number_compact', 'text'],
  ['level', 'text'],
  ['category', 'text'],
  ['subject', 'text'],
  ['barcodes', 'text'],
  ['search_text', 'text'],
  ['document', 'text'],
  ['document_sha256', 'text'],
  ['author', 'uuid'],
  ['signer', 'text'],
  ['at', 'timestamptz'],
  ['leaf', 'text'],
  ['actor', 'text'],
  ['request_id', 'text'],
  ['acting', 'uuid'],
] as const;

function valuesOf(given: DeclarationVersion): readonly unknown[] {
  return [
    given.id,
    given.revision,
    given.event,
    given.organisationId,
    given.creditCode,
    given.numberCompact,
    given.level,
    given.category,
    given.subject,
    given.barcodes.join(','),
    given.searchText,
    given.document,
    given.documentSha256,
    given.author,
    given.signer,
    given.at,
    given.leaf,
    given.actor,
    given.requestId,
    given.actingOrganisationId,
  ];
}

function columnsOf(given: readonly DeclarationVersion[]): readonly (readonly unknown[])[] {
  const rows = given.map(valuesOf);
  return COLUMNS.map((_, i) => rows.map((row) => row[i]));
}

// One statement for all rows of a version: measured 2.1 times the rate of four round trips (see bench/).
const write = (given: string, declared: string): string =>
  `
with given as (${given}),
declared as (${declared} returning id),
version as (
  insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)
  select id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at
  from given join declared using (id)),
logged as (
  insert into log_pending (entry_type, subject, revision, leaf)
  select 'declaration.' || event, id, revision, leaf from given join declared using (id)),
audited as (
  insert into audit_events (at, organisation_id, actor, action, subject, detail, request_id)
  select at, acting, actor, 'declaration.' || VERB, id, jsonb_build_object('revision', revision, 'document', document_sha256), request_id
  from given join declared using (id))
select id from declared`.replace(
    'VERB',
    `case event when 'published' then 'publish' when 'revised' then 'revise' when 'corrected' then 'correct' when 'withdrawn' then 'withdraw' when 'abolished' then 'abolish' when 'handed-over' then 'hand-over'
    else 'revoke-number' end`,
  );

const DECLARE = `
  insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, barcodes, search_text)
  select id, organisation_id, credit_code, number_compact, level, category, subject, 'current', 1, at,
         coalesce(string_to_array(nullif(barcodes, ''), ','), '{}'), search_text from given`;

const ONE = `select ${COLUMNS.map(([name, type], i) => `$${i + 1}::${type} as ${name}`).join(', ')}`;
const MANY = `select * from unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) as g(${COLUMNS.map(([name]) => name).join(', ')})`;
const INSERT_ONE = write(ONE, DECLARE);
const INSERT_MANY = write(MANY, `${DECLARE} on conflict do nothing`);
const ENDED = ENDING_EVENTS.map((event) => `'${event}'`).join(', ');
const advance = (given: string) =>
  write(
    given,
    `update declarations d set revision = g.revision, organisation_id = g.organisation_id, credit_code = g.credit_code, number_compact = g.number_compact, category = g.category,
     subject = g.subject, barcodes = coalesce(string_to_array(nullif(g.barcodes, ''), ','), '{}'), search_text = g.search_text,
     state = case when g.event in (${ENDED}) then g.event else 'current' end
   from given g where d.id = g.id and d.revision = g.revision - 1 and d.state = 'current'`,
  ).replace('returning id)', 'returning d.id)');
const ADVANCE = advance(ONE);
const ADVANCE_MANY = advance(MANY);

/** Writes a declaration with its first version, log entry and audit event. */
export async function insertDeclaration(tx: Transaction, given: DeclarationVersion): Promise<void> {
  await tx.prepared('publish-declaration', INSERT_ONE, valuesOf(given));
}

/** The same for many of one enterprise in one statement; answers the ids written, without those whose number was taken. */
export async function insertDeclarations(
  tx: Transaction,
  given: readonly DeclarationVersion[],
): Promise<ReadonlySet<string>> {
  const written = await tx.prepared<{ id: string }>('publish-declarations', INSERT_MANY, columnsOf(given));
  return new Set(written.map(({ id }) => id));
}

/** Writes the next version of a declaration; false when it is not the next one any more, or the declaration is withdrawn. */
export async function advanceDeclaration(tx: Transaction, given: DeclarationVersion): Promise<boolean> {
  const written = await tx.prepared('advance-declaration', ADVANCE, valuesOf(given));
  return written.length > 0;
}

/** The same for many in one statement; answers the ids that were advanced. */
export async function advanceDeclarations(
  tx: Transaction,
  given: readonly DeclarationVersion[],
): Promise<ReadonlySet<string>> {
  const written = await tx.prepared<{ id: string }>('advance-declarations', ADVANCE_MANY, columnsOf(given));
  return new Set(written.map(({ id }) => id));
}

/** Numbers for new declarations, each given once. */
export async function takeDeclarationNumbers(tx: Transaction, count: number): Promise<readonly number[]> {
  const rows = await tx.prepared<{ n: number }>(
    'take-declaration-numbers',
    `select nextval('declaration_numbers') as n from generate_series(1, $1)`,
    [count],
  );
  return rows.map(({ n }) => n);
}

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
