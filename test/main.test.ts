import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { foundRegister } from '../src/store/register.ts';
import { testCreditCode } from './support/builders.ts';
import { type TestDatabase, testDatabase, withTestClient } from './support/database.ts';
import { buildTestProgram, type RunningProgram, type TestProgram } from './support/program.ts';

const ADDRESS = /"address":"(?<address>http:[^"]+)"/u;

describe('the process', () => {
  let program: TestProgram;
  let database: TestDatabase;
  const running: RunningProgram[] = [];
  beforeAll(async () => {
    [program, database] = await Promise.all([buildTestProgram(), testDatabase()]);
  });
  afterEach(async () => {
    for (const one of running) one.kill('SIGKILL');
    await Promise.all(running.splice(0).map(({ exit }) => exit));
  });
  afterAll(async () => {
    program?.remove();
    await database?.close();
  });

  function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningProgram {
    const started = program.start(args, { DATABASE_URL: database.url, ...environment });
    running.push(started);
    return started;
  }
  async function serve(args: readonly string[] = []) {
    const process = start(args);
    const address = (await process.line(ADDRESS)).groups?.['address'] ?? '';
    return { process, address };
  }
  const status = async (url: string) => (await fetch(url)).status;

  it.each([
    ['a port', { PORT: 'eighty' }, /PORT/u],
    ['an address of the database', { DATABASE_URL: 'mysql://root:hunter2@localhost/x' }, /DATABASE_URL/u],
    ['a misspelt variable', { LINGPAO_DATE: '/tmp' }, /LINGPAO_DATE/u],
    ['two at once', { PORT: '-1', LOG_LEVEL: 'loud' }, /PORT[^]*LOG_LEVEL/u],
  ] as const)('names %s that is wrong, shows no password, and exits with 2', async (_, environment, named) => {
    const process = start([], environment);
    expect(await process.exit).toEqual({ status: 2, signal: null });
    expect(process.output()).toMatch(named);
    expect(process.output()).not.toContain('hunter2');
  });

  it.each(['--role nobody', '--exit', '--demo --role api', '--colour'])('refuses %s with 2', async (line) => {
    expect(await start(line.split(' ')).exit).toEqual({ status: 2, signal: null });
  });

  it('serves, says that it is alive and ready, and keeps the token for the first operator out of its log', async () => {
    const { process, address } = await serve();
    expect([await status(`${address}/health/live`), await status(`${address}/health/ready`)]).toEqual([200, 200]);
    const told = await process.line(/"file":"(?<file>[^"]+operator-token)"/u);
    const file = told.groups?.['file'] ?? '';
    expect(file).toBe(join(program.data, 'operator-token'));
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    const token = readFileSync(file, 'utf8').trim();
    expect(token.length).toBeGreaterThanOrEqual(32);
    expect(process.output()).not.toContain(token);
    const found = (n: number) =>
      fetch(`${address}/api/v1/operator`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({
          token,
          creditCode: testCreditCode(n, '1101'),
          name: '示例运营中心',
          admin: { loginName: `operator.${n}`, displayName: '管理员', password: 'four unrelated test words' },
        }),
      });
    expect((await found(1)).status).toBe(201);
    expect((await found(2)).status).toBe(409);
    expect(process.output()).not.toMatch(/DeprecationWarning|FSTDEP|unrelated/u);
    process.kill('SIGTERM');
    expect(await process.exit).toEqual({ status: 0, signal: null });
    const again = await serve();
    again.process.kill('SIGINT');
    expect(await again.process.exit).toEqual({ status: 0, signal: null });
    expect(again.process.output()).not.toContain('operator-token');
  });

  it('refuses the demonstration on a real register, and writes nothing', async () => {
    const process = start(['--demo', '--exit']);
    expect(await process.exit).toEqual({ status: 2, signal: null });
    expect(process.output()).toMatch(/real/u);
    const { rows } = await withTestClient(database.url, (client) => client.query('select kind from register'));
    expect(rows).toEqual([{ kind: 'real' }]);
  });

  it('finishes the request under way when it is told to stop, takes no other, and exits with 0', async () => {
    const { process, address } = await serve(['--role', 'api']);
    await withTestClient(database.url, async (owner) => {
      await owner.query('begin; lock table categories in access exclusive mode');
      const answer = fetch(`${address}/api/v1/categories`);
      await waitingFor(owner, 'categories');
      process.kill('SIGTERM');
      // The same Ctrl-C once more, as a parent passes it on.
      process.kill('SIGINT');
      await refusesConnections(address);
      expect(process.child.exitCode).toBeNull();
      await owner.query('commit');
      expect((await answer).status).toBe(200);
    });
    const began = performance.now();
    expect(await process.exit).toEqual({ status: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('ends at once on a second signal a second later', async () => {
    const { process, address } = await serve(['--role', 'api']);
    await withTestClient(database.url, async (owner) => {
      await owner.query('begin; lock table categories in access exclusive mode');
      const answer = fetch(`${address}/api/v1/categories`).catch(() => 'cut off');
      await waitingFor(owner, 'categories');
      process.kill('SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 1200));
      process.kill('SIGTERM');
      expect(await process.exit).toEqual({ status: 1, signal: null });
      expect(await answer).toBe('cut off');
    });
  });

  it('works as a worker alone without listening, on the register that is there', async () => {
    const other = await testDatabase();
    await withTestClient(other.url, (owner) => foundRegister(owner, 'test'));
    const process = start(['--role', 'worker'], { DATABASE_URL: other.url });
    await withTestClient(other.url, async (owner) => {
      await owner.query(`insert into log_pending (entry_type, subject, revision, leaf) values ('test', 'a', 1, '{}')`);
      for (let logged = 0; logged === 0; ) {
        const { rows } = await owner.query<{ logged: number }>('select count(*)::int as logged from log_entries');
        logged = rows[0]?.logged ?? 0;
      }
    });
    process.kill('SIGTERM');
    expect(await process.exit).toEqual({ status: 0, signal: null });
    expect(process.output()).not.toMatch(ADDRESS);
    await other.close();
  });

  /** Until a statement of the program waits for the lock that this connection holds. */
  async function waitingFor(
    owner: { query(text: string): Promise<{ rows: unknown[] }> },
    table: string,
  ): Promise<void> {
    for (;;) {
      const { rows } = await owner.query(
        `select from pg_locks where not granted and relation = '${table}'::regclass and database = (select oid from pg_database where datname = current_database())`,
      );
      if (rows.length > 0) return;
    }
  }

  async function refusesConnections(address: string): Promise<void> {
    const refused = async () =>
      fetch(`${address}/health/live`).then(
        ({ status: code }) => code === 503,
        () => true,
      );
    while (!(await refused()));
  }
});
