import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { run as backup } from '../../src/cli/backup.ts';
import { run as restore } from '../../src/cli/restore.ts';
import { copyOutStatement, readSequences, readTables } from '../../src/store/catalogue.ts';
import { copyOut } from '../../src/store/copy.ts';
import { ownerTransaction } from '../../src/store/owner.ts';
import { AWKWARD_ROWS, AWKWARD_TABLES } from '../support/awkward-rows.ts';
import { emptyTestDatabase, type TestDatabase, testDatabase, withTestClient } from '../support/database.ts';

describe('backup and restore', { timeout: 60_000 }, () => {
  let home: string;
  let file: string;
  let source: TestDatabase;
  const opened: TestDatabase[] = [];

  beforeAll(async () => {
    source = await databaseWithRows();
  });

  afterAll(() => source.close());

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lingpao-backup-'));
    file = join(home, 'register.backup');
    vi.stubEnv('LOG_LEVEL', 'silent');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const database of opened.splice(0)) await database.close();
    rmSync(home, { recursive: true });
  });

  /** The awkward tables stand in for a migration that the project does not have: restored databases need them too. */
  async function databaseWithRows(): Promise<TestDatabase> {
    const database = await testDatabase();
    await withTestClient(database.url, (client) => client.query(AWKWARD_TABLES + AWKWARD_ROWS));
    return database;
  }

  async function emptyTarget(): Promise<TestDatabase> {
    const database = await testDatabase();
    opened.push(database);
    await withTestClient(database.url, (client) => client.query(AWKWARD_TABLES));
    return database;
  }

  async function call(command: typeof backup, url: string, args: string[]) {
    vi.stubEnv('DATABASE_URL', url);
    const said: string[] = [];
    const io = { stdout: (text: string) => void said.push(text), stderr: (text: string) => void said.push(text) };
    return { status: await command(args, io), said: said.join('') };
  }

  /** Everything that a database holds, as text. */
  function contents(url: string): Promise<Record<string, string>> {
    return ownerTransaction(url, 'read', async (client) => {
      const all: Record<string, string> = { sequences: JSON.stringify(await readSequences(client)) };
      for (const table of await readTables(client)) {
        const chunks = await copyOut(client, copyOutStatement(table)).toArray();
        all[table.name] = Buffer.concat(chunks as Buffer[]).toString();
      }
      return all;
    });
  }

  it('brings every row, byte and sequence into an empty database, past triggers and policies', async () => {
    const target = await emptyTarget();
    const written = await call(backup, source.url, [file]);
    expect(written).toMatchObject({
      status: 0,
      said: expect.stringMatching(/backed up \d+ tables, 6\d{3} rows/) as string,
    });
    expect(await call(restore, target.url, [file])).toMatchObject({ status: 0 });
    const restored = await contents(target.url);
    expect(restored).toEqual(await contents(source.url));
    expect(restored['awkward']?.split('\n').length).toBe(5006);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['register.backup']);
  });

  it('leaves triggers, policies and foreign keys as they were', async () => {
    const target = await emptyTarget();
    await call(backup, source.url, [file]);
    await call(restore, target.url, [file]);
    const guards = (url: string) =>
      withTestClient(url, async (client) => {
        const { rows } =
          await client.query(`select tgrelid::regclass::text as on, tgname, tgenabled::text as state from pg_trigger
          where not tgisinternal union all select relname, 'force', relforcerowsecurity::text from pg_class
          where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1, 2`);
        return rows as unknown[];
      });
    expect(await guards(target.url)).toEqual(await guards(source.url));
    await withTestClient(target.url, async (client) => {
      await expect(client.query('delete from append_only')).rejects.toThrow('append-only');
      const { rows } = await client.query(`insert into awkward (words) values ('next') returning id::int`);
      expect(rows).toEqual([{ id: 5007 }]);
      await expect(client.query('insert into awkward (parent) values (-1)')).rejects.toThrow('foreign key');
    });
  });

  it('migrates a database without any table itself, then restores into it', async () => {
    const plain = await testDatabase();
    const target = await emptyTestDatabase();
    opened.push(plain, target);
    await call(backup, plain.url, [file]);
    expect((await call(restore, target.url, [file])).status).toBe(0);
    expect(await contents(target.url)).toEqual(await contents(plain.url));
  });

  it('backs up one moment, whatever is written meanwhile', async () => {
    const target = await emptyTarget();
    const busy = await databaseWithRows();
    opened.push(busy);
    let writing = true;
    const writer = withTestClient(busy.url, async (client) => {
      for (let n = 0; writing; n++) {
        await client.query(
          `with a as (insert into awkward (words) values ('pair ${n}') returning 1) insert into keyless values ('pair ${n}')`,
        );
      }
    });
    expect((await call(backup, busy.url, [file])).status).toBe(0);
    writing = false;
    await writer;
    expect((await call(restore, target.url, [file])).status).toBe(0);
    const { awkward, keyless } = await contents(target.url);
    const pairs = (text = '') => text.match(/pair \d+/g)?.sort();
    expect(pairs(awkward)).toEqual(pairs(keyless));
  });

  it('refuses a database that holds anything but what migrations put there', async () => {
    const target = await emptyTarget();
    await call(backup, source.url, [file]);
    await withTestClient(target.url, (client) => client.query(`insert into keyless values ('mine')`));
    const refused = await call(restore, target.url, [file]);
    expect(refused.status).toBe(1);
    expect(refused.said).toContain('the database is not empty: keyless holds rows');
    expect((await contents(target.url))['keyless']).toBe('mine\n');
  });

  it('refuses a database at another migration', async () => {
    const target = await emptyTarget();
    await call(backup, source.url, [file]);
    const changed = gunzipSync(readFileSync(file))
      .toString('latin1')
      .replace('"migrations":[{"version":1,', '"migrations":[{"version":7,');
    writeFileSync(file, gzipSync(Buffer.from(changed, 'latin1')));
    const refused = await call(restore, target.url, [file]);
    expect(refused).toMatchObject({
      status: 1,
      said: expect.stringContaining('restore it with the release that made it') as string,
    });
  });

  it.each([
    [
      'cut off in its rows',
      (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, 400_000)),
      'the file was cut off',
    ],
    ['without its last line', (bytes: Buffer) => gzipSync(withoutLastLine(gunzipSync(bytes))), 'the file was cut off'],
    [
      'cut off while compressed',
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 100),
      'cannot be read or uncompressed',
    ],
    ['not compressed', () => Buffer.from('plain words'), 'cannot be read or uncompressed'],
    ['of something else', () => gzipSync('{"format":"other"}\n'), 'not a backup of this program'],
    [
      'with one letter changed',
      (bytes: Buffer) => changeText(bytes, 'row 77\t', 'row 78\t'),
      'differs from what the backup says',
    ],
    ['with a row removed', (bytes: Buffer) => changeText(bytes, 'a\na\n', 'a\n'), 'differs from what the backup says'],
    [
      'with a row that the database refuses',
      (bytes: Buffer) => changeText(bytes, '2026-11-21', '2026-99-21'),
      'date/time field value out of range',
    ],
    [
      'with more behind its end',
      (bytes: Buffer) => gzipSync(Buffer.concat([gunzipSync(bytes), Buffer.from('more\n')])),
      'something follows the end',
    ],
  ])('leaves nothing of a file that is %s', async (_what, spoil, words) => {
    const target = await emptyTarget();
    const before = await contents(target.url);
    await call(backup, source.url, [file]);
    writeFileSync(file, spoil(readFileSync(file)));
    const outcome = await call(restore, target.url, [file]).catch((error: Error) => ({
      status: 1,
      said: error.message,
    }));
    expect(outcome.status).toBe(1);
    expect(outcome.said).toContain(words);
    expect(await contents(target.url)).toEqual(before);
  });

  it('lets an owner restore who is no superuser, and refuses to back up what a policy hides from him', async () => {
    const owner = `${inject('databasePrefix')}_owner`;
    const target = await emptyTestDatabase();
    const plain = await testDatabase();
    opened.push(target, plain);
    const url = new URL(target.url);
    url.username = owner;
    url.password = 'plain';
    await withTestClient(target.url, async (client) => {
      await client.query(`create role ${owner} login password 'plain'`);
      await client.query(`grant lingpao_app to ${owner} with admin option`);
      await client.query(`alter database ${url.pathname.slice(1)} owner to ${owner}`);
    });
    await call(backup, plain.url, [file]);
    expect(await call(restore, url.href, [file])).toMatchObject({ status: 0 });
    const refused = await call(backup, url.href, [`${file}2`]);
    expect(refused).toMatchObject({
      status: 1,
      said: expect.stringContaining('row-level security would hide rows') as string,
    });
    await target.close();
    await withTestClient(plain.url, (client) => client.query(`drop role ${owner}`));
  });

  it('does not overwrite a file, and wants exactly one', async () => {
    writeFileSync(file, 'kept');
    expect((await call(backup, source.url, [file])).status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect((await call(backup, source.url, [])).status).toBe(2);
    expect((await call(restore, source.url, [join(home, 'nowhere')])).status).toBe(2);
    expect(await call(restore, source.url, ['--help'])).toMatchObject({
      status: 0,
      said: expect.stringContaining('用法') as string,
    });
  });
});

function withoutLastLine(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\n', bytes.length - 2) + 1);
}

/** Changes rows but not the hashes behind them; the bytes pass through latin1 unharmed. */
function changeText(bytes: Buffer, from: string, to: string): Buffer {
  const text = gunzipSync(bytes).toString('latin1');
  if (!text.includes(from)) throw new Error(`not in the backup: ${from}`);
  return gzipSync(Buffer.from(text.replace(from, to), 'latin1'));
}
