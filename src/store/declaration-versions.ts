import { type DeclarationEvent, ENDING_EVENTS } from '../domain/declarations/content.ts';
import type { Acting, Database, Transaction } from './database.ts';

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
const AT = COLUMNS.findIndex(([name]) => name === 'at') + 1;

function valuesOf(given: Omit<DeclarationVersion, 'at'> & { readonly at: Date | null }): readonly unknown[] {
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

/** Writes many declarations of one enterprise in one statement, each with its first version, log entry and audit event; answers the ids written, without those whose number was taken. */
export async function insertDeclarations(
  tx: Transaction,
  given: readonly DeclarationVersion[],
): Promise<ReadonlySet<string>> {
  const written = await tx.prepared<{ id: string }>('publish-declarations', INSERT_MANY, columnsOf(given));
  return new Set(written.map(({ id }) => id));
}

/** Writes the next version of a declaration with its log entry and audit event; false when it is not the next one any more, or the declaration is withdrawn. */
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

/** Stands in a log entry and in an answer for the time, which the database writes in when it stores them. */
export const TIME_TO_COME = '0000-00-00T00:00:00Z';

/** An answer to be kept under an idempotency key, with `TIME_TO_COME` where the time belongs. */
export interface KeptAnswer {
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: string;
}

const n = COLUMNS.length;
// Context, key, rows and answer in one statement, which is its own transaction: one round trip instead of three. The first
// part is volatile and read by all others, so it runs before any of them writes and before row security is asked.
const DECLARE_ONCE = write(
  `select ${COLUMNS.map(([name, type], i) => {
    if (name === 'at') return 'opened.now as at';
    const given = `$${i + 1}::${type}`;
    return name === 'leaf' ? `replace(${given}, '${TIME_TO_COME}', opened.shown) as leaf` : `${given} as ${name}`;
  }).join(', ')}, opened.shown from opened where opened.locked and $${AT}::timestamptz is null`,
  DECLARE,
)
  .replace(
    'with given',
    `with opened as materialized (
  select set_config('app.organisation', $${n + 1}, true) as organisation, set_config('app.owner', $${n + 2}, true) as owner,
    $${n + 3}::text is null or pg_try_advisory_xact_lock(hashtextextended($${n + 2} || chr(10) || $${n + 3}, 0)) as locked,
    register_now() as now, to_char(register_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as shown),
given`,
  )
  .replace(
    'select id from declared',
    `, kept as (
  insert into idempotency_keys (owner, key, fingerprint, status, answer)
  select $${n + 2}, $${n + 3}, $${n + 4}, 200, replace($${n + 5}, '${TIME_TO_COME}', shown) from given where $${n + 3}::text is not null)
select shown from given`,
  );

/**
 * Writes a declaration with everything that belongs to it, and the answer under its key, in one statement. Answers the time
 * that was written, or null while another request with the same key is under way. A key used before meets its primary key.
 */
export async function declareOnce(
  database: Database,
  acting: Acting,
  given: Omit<DeclarationVersion, 'at'>,
  kept: KeptAnswer | null,
): Promise<string | null> {
  const { rows } = await database.pool.query<{ shown: string }>({
    name: 'declare-once',
    text: DECLARE_ONCE,
    values: [
      ...valuesOf({ ...given, at: null }),
      acting.organisationId ?? '',
      acting.owner,
      kept?.key ?? null,
      kept?.fingerprint ?? null,
      kept?.answer ?? null,
    ],
  });
  return rows[0]?.shown ?? null;
}

const BLOCK = 100;
const blocks = new WeakMap<Database, Promise<number[]>>();

/** A number for a new declaration, given once. A process takes a block at a time; what it does not use stays a gap. */
export async function nextDeclarationNumber(database: Database): Promise<number> {
  const block = blocks.get(database) ?? takeBlock(database);
  const number = (await block).shift();
  if (number !== undefined) return number;
  if (blocks.get(database) === block) blocks.delete(database);
  return nextDeclarationNumber(database);
}

function takeBlock(database: Database): Promise<number[]> {
  const taking = database.pool
    .query<{ n: number }>(`select nextval('declaration_numbers') as n from generate_series(1, $1)`, [BLOCK])
    .then(({ rows }) => rows.map(({ n: number }) => number));
  blocks.set(database, taking);
  taking.catch(() => blocks.delete(database));
  return taking;
}
