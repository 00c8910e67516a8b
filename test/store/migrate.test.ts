import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrationDirectory } from '../../src/project-root.ts';
import { appliedMigrations, migrate, readMigrations } from '../../src/store/migrate.ts';
import type { MigrationStep } from '../../src/store/migrate.ts';
import { emptyTestDatabase, testDatabase, withTestClient } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

describe('migrate', () => {
  let directory: string;
  let database: TestDatabase;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lingpao-migrations-'));
    database = await emptyTestDatabase();
    await write('0001_first.sql', 'create table a (id int primary key);\ninsert into a values (1);\n');
    await write('0002_second.sql', 'alter table a add column name text;\n');
  });

  afterEach(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });

  const write = (file: string, sql: string) => writeFile(join(directory, file), sql);
  const run = (options = {}) => migrate(database.url, { directory, ...options });
  const versions = () =>
    withTestClient(database.url, async (client) => (await appliedMigrations(client)).map(({ version }) => version));

  it('applies each file once, in order', async () => {
    expect((await run()).map(({ name }) => name)).toEqual(['first', 'second']);
    expect(await run()).toEqual([]);
    await write('0003_third.sql', 'insert into a values (2)');
    expect((await run()).map(({ name }) => name)).toEqual(['third']);
    expect(await versions()).toEqual([1, 2, 3]);
  });

  it('lets several nodes start at once: one migrates, none fails', async () => {
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.map((applied) => applied.length).sort()).toEqual([0, 0, 0, 2]);
  });

  it('leaves nothing of a migration that fails in its middle, and names file and line', async () => {
    await write('0003_broken.sql', 'create table b (id int);\ninsert into nowhere values (1);\n');
    await expect(run()).rejects.toThrow('migrations/0003_broken.sql:2: relation "nowhere" does not exist');
    const found = await withTestClient(database.url, (client) => client.query(`select to_regclass('b') as b`));
    expect(found.rows).toEqual([{ b: null }]);
    expect(await versions()).toEqual([1, 2]);
  });

  it.each([
    ['changed', '0001_first.sql', 'create table a (id bigint)', 'applied migration 0001_first was changed'],
    ['given a smaller number than an applied one', '0000_late.sql', 'select 1', 'migration 0 is older than 0001_first'],
    ['named otherwise', '0003-third.sql', 'select 1', 'expected NNNN_what.sql'],
    ['numbered twice', '0002_other.sql', 'select 1', 'two migration files have the number 2'],
  ])('refuses a file that was %s', async (_case, file, sql, message) => {
    await run();
    await write(file, sql);
    await expect(run()).rejects.toThrow(message);
    expect(await versions()).toEqual([1, 2]);
  });

  it('refuses when the file of an applied migration is missing', async () => {
    await run();
    await rm(join(directory, '0001_first.sql'));
    await expect(run()).rejects.toThrow('applied migration 0001_first has no file');
  });

  it('refuses a database that a newer release migrated, unless told that both run side by side', async () => {
    await run();
    await rm(join(directory, '0002_second.sql'));
    await expect(run()).rejects.toThrow('the database is newer than this program');
    const steps: MigrationStep[] = [];
    expect(await run({ acceptNewer: true, onStep: (step: MigrationStep) => steps.push(step) })).toEqual([]);
    expect(steps).toEqual([{ kind: 'newer', version: 2, name: 'second' }]);
  });

  it('takes line ends of another system for the same file', async () => {
    await run();
    await write('0001_first.sql', 'create table a (id int primary key);\r\ninsert into a values (1);\r\n');
    expect(await run()).toEqual([]);
  });

  it('gives up a lock after 1 s, so that readers do not queue behind it, and tries again', async () => {
    await run();
    await write('0003_third.sql', 'alter table a add column note text');
    const steps: MigrationStep[] = [];
    await withTestClient(database.url, async (reader) => {
      await reader.query('begin');
      await reader.query('select * from a');
      const migrated = run({
        onStep: (step: MigrationStep) => {
          steps.push(step);
          if (step.kind === 'waiting') void reader.query('commit');
        },
      });
      await migrated;
    });
    expect(steps.map(({ kind }) => kind)).toEqual(['waiting', 'applied']);
  });
});

it('the template holds every migration of the project', async () => {
  const database = await testDatabase();
  const applied = await withTestClient(database.url, appliedMigrations);
  const files = await readMigrations(migrationDirectory);
  expect(applied).toEqual(files.map(({ version, name, sha256 }) => ({ version, name, sha256 })));
  await database.close();
});
