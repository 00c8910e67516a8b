import type { Acting, Database } from './database.ts';
import { COLUMNS, DECLARE, type DeclarationVersion, writeVersions } from './declaration-versions.ts';

/** Stands in a log entry and in an answer for the time, which the database writes in when it stores them. */
export const TIME_TO_COME = '0000-00-00T00:00:00Z';

/** An answer to be kept under an idempotency key, with `TIME_TO_COME` where the time belongs. */
export interface KeptAnswer {
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: string;
}

const SENT = COLUMNS.filter(([name]) => name !== 'at');
const [ORGANISATION, OWNER, KEY, FINGERPRINT, ANSWER] = [1, 2, 3, 4, 5].map((i) => `$${SENT.length + i}`);
const GIVEN = SENT.map(([name, type], i) => {
  const value = `$${i + 1}::${type}`;
  return `${name === 'leaf' ? `replace(${value}, '${TIME_TO_COME}', opened.shown)` : value} as ${name}`;
});

// Context, key, rows and answer in one statement, which is its own transaction: one round trip instead of three. The first
// part is volatile and read by all others, so it runs before any of them writes and before row security is asked.
const DECLARE_ONCE = writeVersions({
  before: `opened as materialized (
  select set_config('app.organisation', ${ORGANISATION}, true) as organisation, set_config('app.owner', ${OWNER}, true) as owner,
    ${KEY}::text is null or pg_try_advisory_xact_lock(hashtextextended(${OWNER} || chr(10) || ${KEY}, 0)) as locked,
    register_now() as at, to_char(register_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as shown)`,
  given: `select ${GIVEN.join(', ')}, opened.at, opened.shown from opened where opened.locked`,
  declared: `${DECLARE} returning id`,
  after: `kept as (
  insert into idempotency_keys (owner, key, fingerprint, status, answer)
  select ${OWNER}, ${KEY}, ${FINGERPRINT}, 200, replace(${ANSWER}, '${TIME_TO_COME}', shown) from given where ${KEY}::text is not null)`,
  answer: 'select shown from given',
});

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
      ...SENT.map(([, , of]) => of(given as DeclarationVersion)),
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
