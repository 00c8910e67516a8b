import pg from 'pg';
import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { migrationDirectory } from '../../src/project-root.ts';
import { migrate } from '../../src/store/migrate.ts';
import { prepareQueue } from '../../workers/queue.ts';
import { startTemporaryPostgres } from '../../src/store/private-postgres.ts';
import { startRedis } from './redis-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A connection that may create databases; every database of this run is named `${databasePrefix}_…`. */
    readonly adminUrl: string;
    readonly databasePrefix: string;
    readonly templateDatabase: string;
    /** Null: there is no Redis on this machine. */
    readonly redisUrl: string | null;
  }
}

/** Opens PostgreSQL and Redis for the whole run; whatever is opened is closed again, also when set-up fails. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const closers: (() => Promise<void>)[] = [];
  const teardown = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  exitOnSignals();
  try {
    const adminUrl = await openPostgres(closers);
    const databasePrefix = `lingpao_test_${randomBytes(4).toString('hex')}`;
    closers.push(() => dropDatabases(adminUrl, databasePrefix));
    const templateDatabase = `${databasePrefix}_template`;
    await makeTemplate(adminUrl, templateDatabase);
    const redis = await startRedis();
    if (redis) closers.push(redis.stop);
    project.provide('adminUrl', adminUrl);
    project.provide('databasePrefix', databasePrefix);
    project.provide('templateDatabase', templateDatabase);
    project.provide('redisUrl', redis?.url ?? null);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** Makes `exit` handlers run, which take the temporary cluster away, when a signal ends the run. */
function exitOnSignals(): void {
  for (const [signal, status] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(status));
  }
}

async function openPostgres(closers: (() => Promise<void>)[]): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const server = await startTemporaryPostgres();
  closers.push(server.stop);
  return server.url;
}

async function makeTemplate(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (admin) => admin.query(`create database ${name}`));
  const url = databaseUrl(adminUrl, name);
  await migrate(url, { directory: migrationDirectory });
  await prepareQueue(url);
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  await withClient(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`);
  });
}

async function withClient(url: string, act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}
