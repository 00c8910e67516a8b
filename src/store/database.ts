import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { isConnectionLoss } from './errors.ts';

// bigint columns (log sizes, counts) stay far below 2^53; dates and numerics stay text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

export interface Database {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Who a transaction acts for; row-level security reads both. */
export interface Acting {
  readonly organisationId: string | null;
  readonly owner: string;
}

export const NOBODY: Acting = { organisationId: null, owner: '' };

/** One open transaction: typed queries through drizzle, prepared ones by name for the hot paths. */
export interface Transaction {
  readonly db: NodePgDatabase;
  readonly client: pg.PoolClient;
  /** `register_now()` of this transaction. */
  readonly now: Date;
  /** Runs a prepared statement; the name stands for the text on the connection. */
  prepared<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly max: number;
  readonly applicationName: string;
  /** Milliseconds after which PostgreSQL ends a statement: 8 s for requests, none for workers. */
  readonly statementTimeoutMs: number;
  readonly onError: (error: Error) => void;
}

/**
 * Opens the pool of the application. Every connection starts as the role `lingpao_app`, which owns nothing and which
 * row-level security binds; a user who may not become it cannot connect at all.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 3000,
    options: `-c role=lingpao_app -c statement_timeout=${options.statementTimeoutMs} -c idle_in_transaction_session_timeout=15000 -c timezone=UTC -c enable_memoize=off`,
  });
  // Both are needed: without the second, a client lost inside a transaction ends the process (node-postgres #2439).
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return { pool, close: () => pool.end() };
}

/** Whether a connection can be had at once, without waiting for another's end. */
export function hasFreeConnection({ pool }: Database): boolean {
  return pool.idleCount > 0 || pool.totalCount < pool.options.max;
}

/** What the first message of a transaction asks beside its context. */
export interface Opening {
  readonly isolation?: 'repeatable read';
  /** A sequence to take one number from, in the same round trip. */
  readonly sequence?: string;
  /** A further select with its literals already quoted; its one row is handed to the work. */
  readonly select?: string;
}

export interface Opened extends Transaction {
  readonly number: number;
  readonly selected: Readonly<Record<string, unknown>>;
}

/**
 * Runs `work` in one transaction that acts for `acting`. Begin, context and clock are one round trip; `closing` (statements
 * with quoted literals) and the commit are another. Rolls back on any throw.
 */
export async function transaction<Answer>(
  database: Database,
  acting: Acting,
  work: (tx: Opened) => Promise<Answer>,
  opening: Opening = {},
  closing?: (answer: Answer) => string,
): Promise<Answer> {
  const client = await database.pool.connect();
  try {
    const opened = await open(client, acting, opening);
    const answer = await work(opened);
    await client.query(closing ? `${closing(answer)};commit` : 'commit');
    client.release();
    return answer;
  } catch (error) {
    const lost = isConnectionLoss(error);
    if (!lost) await client.query('rollback').catch(() => undefined);
    client.release(lost);
    throw error;
  }
}

async function open(client: pg.PoolClient, acting: Acting, opening: Opening): Promise<Opened> {
  const context = [
    `set_config('app.organisation', ${pg.escapeLiteral(acting.organisationId ?? '')}, true)`,
    `set_config('app.owner', ${pg.escapeLiteral(acting.owner)}, true)`,
    'register_now() as now',
    opening.sequence ? `nextval(${pg.escapeLiteral(opening.sequence)}) as number` : '0 as number',
  ].join(', ');
  const begin = opening.isolation ? `begin isolation level ${opening.isolation}` : 'begin';
  const statements = [begin, `select ${context}`, ...(opening.select ? [opening.select] : [])];
  const results = (await client.query(statements.join(';'))) as unknown as pg.QueryResult[];
  const first = results[1]?.rows[0] as { now: Date; number: number };
  return {
    db: drizzle(client),
    client,
    now: first.now,
    number: Number(first.number),
    selected: (results[2]?.rows[0] ?? {}) as Record<string, unknown>,
    async prepared<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]) {
      const result = await client.query<Row>({ name, text, values: [...values] });
      return result.rows;
    },
  };
}

/** Orders transactions that decide by what others have not committed yet; held until the end of this one. */
export async function lockName(tx: Transaction, name: string): Promise<void> {
  await tx.client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

/** Reads without acting for anyone: what the public may see. */
export function publicRead<Answer>(database: Database, work: (db: NodePgDatabase) => Promise<Answer>): Promise<Answer> {
  return work(drizzle(database.pool));
}
