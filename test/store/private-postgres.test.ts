import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { startPrivatePostgres } from '../../src/store/private-postgres.ts';
import { reachableDirectory } from '../../src/store/private-postgres-binaries.ts';
import { isAlive } from '../../src/store/private-postgres-cluster.ts';
import { withTestClient } from '../support/database.ts';

const isRoot = process.getuid?.() === 0;

describe('the private PostgreSQL', { timeout: 60_000 }, () => {
  let home: string;
  let directory: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lingpao-private-'));
    chmodSync(home, 0o755);
    directory = join(home, 'pg');
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    if (existsSync(join(directory, 'cluster', 'postmaster.pid'))) await (await start()).stop();
    rmSync(home, { recursive: true, force: true });
  });

  const start = () => startPrivatePostgres({ directory });
  const ask = (url: string, sql: string) => withTestClient(url, async (client) => (await client.query(sql)).rows);

  /** Another process that starts the database on the same directory, says so, and stays. */
  async function startElsewhere(): Promise<ChildProcess> {
    const program = `
      import { startPrivatePostgres } from ${JSON.stringify(join(projectRoot, 'src/store/private-postgres.ts'))};
      const server = await startPrivatePostgres({ directory: ${JSON.stringify(directory)} });
      console.log('started');
      process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  it('keeps its data, its port and its password over a restart', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    await ask(first.url, `create table kept as select '灵跑' as word`);
    await first.stop();
    const second = await start();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await ask(second.url, 'select * from kept')).toEqual([{ word: '灵跑' }]);
    await second.stop();
  });

  it('is PostgreSQL 18 in UTF-8 that sorts by code point, on 127.0.0.1 only, with a password in a 0600 file', async () => {
    const server = await start();
    expect(
      await ask(
        server.url,
        `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
           current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
           current_setting('fsync') as fsync, 'b' < '标' and 'B' < 'a' as sorted`,
      ),
    ).toEqual([{ major: 18, encoding: 'UTF8', listens: '127.0.0.1', sockets: '', fsync: 'on', sorted: true }]);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(directory, 'connection.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).filter((name) => name.startsWith('password'))).toEqual([]);
    await server.stop();
  });

  it('adopts the cluster that a killed launcher left running, and then is the one to stop it', async () => {
    const launcher = await startElsewhere();
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
    const pid = Number(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(isAlive(pid)).toBe(true);
    const adopted = await start();
    expect(adopted.adopted).toBe(true);
    expect(await ask(adopted.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('starts once for two processes, and the last one out stops it', async () => {
    const [other, ours] = await Promise.all([startElsewhere(), start()]);
    await ours.stop();
    const again = await start();
    expect(again.adopted).toBe(true);
    other.kill('SIGTERM');
    await once(other, 'exit');
    expect(await ask(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await again.stop();
    await expect(ask(again.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('recovers the data of a server that was itself killed', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 1 as one');
    process.kill(Number(readFileSync(join(directory, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    const second = await start();
    expect(await ask(second.url, 'select * from kept')).toEqual([{ one: 1 }]);
    await first.stop();
    await second.stop();
  });

  it('moves to another port when its own is taken', async () => {
    const first = await start();
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    squatter.close();
    expect(second.url).not.toBe(first.url);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });

  it('throws away a half-made cluster and a pid file whose number went to another process', async () => {
    mkdirSync(join(directory, 'cluster.new', 'base'), { recursive: true });
    const first = await start();
    await first.stop();
    writeFileSync(join(directory, 'cluster', 'postmaster.pid'), `${process.pid}\n${directory}\n0\n5432\n\n\n\nready\n`);
    const second = await start();
    expect(second.adopted).toBe(false);
    await second.stop();
  });

  it('says to set DATABASE_URL where the platform package is not installed', async () => {
    cpSync(join(projectRoot, 'src/store'), join(home, 'store'), { recursive: true });
    writeFileSync(join(home, 'package.json'), '{"type":"module"}');
    const program = `
      import { startPrivatePostgres } from './store/private-postgres.ts';
      await startPrivatePostgres({ directory: 'pg' }).catch((error) => console.log(error.message));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: home });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    await once(child, 'close');
    expect(Buffer.concat(said).toString()).toMatch(/is not installed\. .*set DATABASE_URL/);
  });

  it.runIf(isRoot)('goes to /var/lib/lingpao when root keeps the project in a folder closed to others', async () => {
    chmodSync(home, 0o700);
    const elsewhere = reachableDirectory(directory);
    const server = await start();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(elsewhere, 'pg', 'cluster', 'PG_VERSION'))).toBe(true);
    await server.stop();
    rmSync(elsewhere, { recursive: true });
  });

  it('leaves nothing of a temporary one, neither after stop nor when its process exits without it', async () => {
    for (const end of ['await server.stop()', `throw new Error('forgot to stop')`, 'process.exit(0)']) {
      const program = `
        import { startTemporaryPostgres } from ${JSON.stringify(join(projectRoot, 'src/store/private-postgres.ts'))};
        const server = await startTemporaryPostgres();
        ${end};`;
      const env = { ...process.env, TMPDIR: home };
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env, stdio: 'ignore' });
      await once(child, 'exit');
      expect(readdirSync(home)).toEqual([]);
    }
  });

  it('removes the temporary one of a run that was killed', async () => {
    const program = `
      import { startTemporaryPostgres } from ${JSON.stringify(join(projectRoot, 'src/store/private-postgres.ts'))};
      await startTemporaryPostgres();
      console.log('started');
      setInterval(() => {}, 1000);`;
    const env = { ...process.env, TMPDIR: home };
    const killed = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(killed);
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const [left] = readdirSync(home);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(join(home, left ?? ''), longAgo, longAgo);
    const next = spawn(
      process.execPath,
      ['--input-type=module', '-e', program.replace('setInterval(() => {}, 1000)', 'process.exit()')],
      { env },
    );
    await once(next, 'exit');
    expect(readdirSync(home)).toEqual([]);
  });
});
