import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sha256Hex } from '../domain/bytes.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
}

export type MigrationStep =
  | { readonly kind: 'applied'; readonly version: number; readonly name: string; readonly milliseconds: number }
  | { readonly kind: 'waiting'; readonly version: number; readonly name: string; readonly attempt: number }
  | { readonly kind: 'newer'; readonly version: number; readonly name: string };

export interface MigrateOptions {
  readonly directory: string;
  readonly onStep?: (step: MigrationStep) => void;
  /** Run on a database that a newer release has already migrated (rolling deployment); otherwise that is refused. */
  readonly acceptNewer?: boolean;
  /** How often a migration that meets a lock is tried; each try waits at most 1 s for the lock. */
  readonly attempts?: number;
}

type AppliedMigration = Omit<Migration, 'sql'>;

/** The files and the database disagree; nothing was changed. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

// Any fixed number does; this one spells "LPmg".
const ADVISORY_LOCK = 0x4c506d67;
const OLDEST_SERVER = 150_000;
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';

/**
 * Brings the database at `url` up to the newest file, one transaction each, and returns what it applied.
 * Several nodes may call it at once: one migrates, the others wait and find nothing left to do.
 */
export async function migrate(url: string, options: MigrateOptions): Promise<AppliedMigration[]> {
  const migrations = await readMigrations(options.directory);
  const client = new pg.Client({ connectionString: url, application_name: 'lingpao-migrate' });
  client.on('error', () => {}); // a broken connection also rejects the query that was running
  await client.connect();
  try {
    return await migrateAlone(client, migrations, options);
  } finally {
    await client.end();
  }
}

/** The migration files in order of version; names are `NNNN_what.sql`. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(directory, file)));
  migrations.forEach((migration, i) => {
    if (migrations[i - 1]?.version === migration.version) {
      throw new MigrationError(`两个迁移文件编号相同 / two migration files have the number ${migration.version}`);
    }
  });
  return migrations;
}

async function readMigration(directory: string, file: string): Promise<Migration> {
  const [, version, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
  if (version === undefined || name === undefined) {
    throw new MigrationError(`迁移文件名应为 NNNN_what.sql / migration file ${file}: expected NNNN_what.sql`);
  }
  // A checkout with CRLF line ends is still the same migration.
  const sql = (await readFile(join(directory, file), 'utf8')).replaceAll('\r\n', '\n');
  return { version: Number(version), name, sha256: sha256Hex(sql), sql };
}

async function migrateAlone(client: pg.Client, migrations: Migration[], options: MigrateOptions) {
  await requireServer(client);
  await client.query('set statement_timeout = 0');
  await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
  await client.query(`create table if not exists schema_migration (
    version integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`);
  const applied = await appliedMigrations(client);
  requireSameHistory(applied, migrations, options);
  const pending = migrations.slice(applied.filter(({ version }) => isKnown(version, migrations)).length);
  for (const migration of pending) await applyWithRetries(client, migration, options);
  return pending.map(({ version, name, sha256 }) => ({ version, name, sha256 }));
}

async function requireServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  );
  if ((rows[0]?.number ?? 0) >= OLDEST_SERVER) return;
  const found = await readServerVersion(client);
  throw new MigrationError(`需要 PostgreSQL 15 或更新版本 / PostgreSQL 15 or newer is needed, found ${found}`);
}

export async function readServerVersion(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return rows[0]?.version ?? '';
}

/** What the database says was applied; empty when it was never migrated. */
export async function appliedMigrations(client: pg.ClientBase): Promise<AppliedMigration[]> {
  const { rows: found } = await client.query(`select to_regclass('schema_migration') is not null as exists`);
  if (!found[0]?.exists) return [];
  const { rows } = await client.query<AppliedMigration>(
    'select version, name, sha256 from schema_migration order by version',
  );
  return rows;
}

function isKnown(version: number, migrations: Migration[]): boolean {
  return version <= (migrations.at(-1)?.version ?? 0);
}

/** The applied ones must be, byte for byte, the first of the files. */
function requireSameHistory(applied: AppliedMigration[], migrations: Migration[], options: MigrateOptions): void {
  applied.forEach((found, i) => {
    const label = `${String(found.version).padStart(4, '0')}_${found.name}`;
    if (!isKnown(found.version, migrations)) return requireNewerAccepted(found, label, options);
    const file = migrations[i];
    if (file?.version === found.version && file.sha256 === found.sha256) return;
    if (file?.version === found.version) {
      throw new MigrationError(
        `已执行的迁移文件被改动 / applied migration ${label} was changed: write a new file instead`,
      );
    }
    if (file && file.version < found.version) {
      throw new MigrationError(
        `迁移编号须递增 / migration ${file.version} is older than ${label}, which is applied: give it the next number`,
      );
    }
    throw new MigrationError(`已执行的迁移文件缺失 / applied migration ${label} has no file`);
  });
}

function requireNewerAccepted(found: AppliedMigration, label: string, options: MigrateOptions): void {
  if (!options.acceptNewer) {
    throw new MigrationError(
      `数据库比程序新 / applied migration ${label} has no file: the database is newer than this program`,
    );
  }
  options.onStep?.({ kind: 'newer', version: found.version, name: found.name });
}

async function applyWithRetries(client: pg.Client, migration: Migration, options: MigrateOptions): Promise<void> {
  const { version, name } = migration;
  const attempts = options.attempts ?? 30;
  for (let attempt = 1; ; attempt++) {
    const started = performance.now();
    try {
      await apply(client, migration);
      options.onStep?.({ kind: 'applied', version, name, milliseconds: Math.round(performance.now() - started) });
      return;
    } catch (error) {
      if (!isLockConflict(error) || attempt >= attempts) throw withPlace(error, migration);
      options.onStep?.({ kind: 'waiting', version, name, attempt });
      await sleep(Math.min(250 * 2 ** (attempt - 1), 5000));
    }
  }
}

async function apply(client: pg.Client, { version, name, sha256, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    // Behind an ALTER that waits for one idle reader every other reader waits too (3.0 s measured): give up early, retry.
    await client.query(`set local lock_timeout = '1s'`);
    await client.query(sql);
    await client.query('insert into schema_migration (version, name, sha256) values ($1, $2, $3)', [
      version,
      name,
      sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function isLockConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === LOCK_NOT_AVAILABLE || error.code === DEADLOCK_DETECTED);
}

/** Names the file and the line, which PostgreSQL gives only as a count of characters. */
function withPlace(error: unknown, { version, name, sql }: Migration): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const line = error.position ? `:${sql.slice(0, Number(error.position)).split('\n').length}` : '';
  error.message = `migrations/${String(version).padStart(4, '0')}_${name}.sql${line}: ${error.message}`;
  return error;
}
