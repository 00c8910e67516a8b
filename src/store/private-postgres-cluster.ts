import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrivatePostgresError, programOptions, reachableDirectory, runProgram } from './private-postgres-binaries.ts';
import type { Account, Binaries } from './private-postgres-binaries.ts';

/** Where a cluster lives: `cluster/` is the server's, everything beside it is ours. */
export interface Place {
  readonly directory: string;
  readonly cluster: string;
  readonly account: Account;
  readonly binaries: Binaries;
}

interface Connection {
  readonly port: number;
  readonly password: string;
}

const USER = 'lingpao';
const DATABASE = 'lingpao';

/** `directory` itself, or, when the server's user cannot enter it, the same place under /var/lib/lingpao. */
export function choosePlace(directory: string, account: Account, binaries: Binaries): Place {
  makePassable(directory);
  const reachable = account === null || canEnter(directory, account);
  const chosen = reachable ? directory : join(reachableDirectory(directory), 'pg');
  if (!reachable) makePassable(chosen);
  return { directory: chosen, cluster: join(chosen, 'cluster'), account, binaries };
}

function makePassable(directory: string): void {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o711);
}

function canEnter(directory: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], programOptions(account)).status === 0;
}

/** Makes the cluster unless it exists; a half-made one, left by a kill, is thrown away. */
export async function createCluster(place: Place, settings: readonly string[]): Promise<void> {
  if (existsSync(join(place.cluster, 'PG_VERSION'))) return requireSameMajor(place);
  const half = join(place.directory, 'cluster.new');
  const passwordFile = join(place.directory, 'password.new');
  const password = randomBytes(24).toString('base64url');
  rmSync(half, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  try {
    mkdirSync(half, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (place.account) chownSync(half, place.account.uid, place.account.gid);
    if (place.account) chownSync(passwordFile, place.account.uid, place.account.gid);
    await run(place, 'initdb', [
      ...['-D', half, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions'],
      // The same order of texts on every system; the builtin provider exists since PostgreSQL 17.
      ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(settings.includes('fsync = off') ? ['--no-sync'] : []),
    ]);
    const common = [
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = ''`,
      `timezone = 'UTC'`,
      `log_timezone = 'UTC'`,
    ];
    appendFileSync(join(half, 'postgresql.conf'), `${[...common, ...settings].join('\n')}\n`);
    await run(place, 'postgres', ['--single', '-D', half, 'postgres'], `create database ${DATABASE}\n`);
    writeConnection(place, { port: await freePort(), password });
    renameSync(half, place.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function requireSameMajor({ cluster, binaries }: Place): void {
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (binaries.version.startsWith(`${major}.`)) return;
  throw new PrivatePostgresError(
    `数据目录由 PostgreSQL ${major} 创建，请用旧程序 lingpao backup 备份后恢复 / ${cluster} was made by PostgreSQL ${major}, ` +
      `this program brings ${binaries.version}: back it up with the old program, restore with this one`,
  );
}

/** Adopts the server that already runs on the cluster (its launcher was killed), or starts one. */
export async function startServer(place: Place): Promise<{ url: string; adopted: boolean }> {
  const connection = readConnection(place);
  const runningPort = await portOfRunningServer(place);
  if (runningPort !== null) return { url: urlOf({ ...connection, port: runningPort }), adopted: true };
  const port = await startAnew(place, connection);
  return { url: urlOf({ ...connection, port }), adopted: false };
}

async function startAnew(place: Place, connection: Connection): Promise<number> {
  const log = join(place.cluster, 'server.log');
  if (existsSync(log) && statSync(log).size > 10_000_000) truncateSync(log);
  for (let attempt = 1; ; attempt++) {
    const port = (await isFree(connection.port)) ? connection.port : await freePort();
    try {
      // Ten minutes: after a power cut the server first replays its log.
      await run(place, 'pg_ctl', ['start', '-w', '-t', '600', '-D', place.cluster, '-l', log, '-o', `-p ${port}`]);
      if (port !== connection.port) writeConnection(place, { ...connection, port });
      return port;
    } catch (error) {
      // The port was taken in between, or processes of a killed server still hold its memory.
      if (attempt === 5) throw withLogTail(error, log);
      await sleep(300 * attempt);
    }
  }
}

function withLogTail(error: unknown, log: string): unknown {
  if (!(error instanceof Error) || !existsSync(log)) return error;
  return new PrivatePostgresError(
    `${error.message}\n${readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n')}`,
  );
}

export function stopServer(place: Place, mode: 'fast' | 'immediate'): Promise<void> {
  return run(place, 'pg_ctl', ['stop', '-w', '-t', '120', '-m', mode, '-D', place.cluster]);
}

/** For `process.on('exit')`, where nothing asynchronous runs any more. */
export function stopServerNow({ binaries, cluster, account }: Place): void {
  spawnSync(
    join(binaries.directory, 'pg_ctl'),
    ['stop', '-w', '-m', 'immediate', '-D', cluster],
    programOptions(account),
  );
}

async function portOfRunningServer({ cluster }: Place): Promise<number | null> {
  for (let waited = 0; ; waited += 200) {
    const found = readPostmaster(cluster);
    if (found === null) return null;
    if (found.status === 'ready' && (await speaksPostgres(found.port))) return found.port;
    if (waited >= 600_000)
      throw new PrivatePostgresError(`PostgreSQL (pid ${found.pid}) 未就绪 / does not become ready`);
    await sleep(200);
  }
}

/** What `postmaster.pid` says, if its process lives and is a server on this cluster. */
export function readPostmaster(cluster: string): { pid: number; port: number; status: string } | null {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!isAlive(pid)) return null; // PostgreSQL itself clears a file whose process is gone
  if (isServerOf(pid, cluster)) return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  rmSync(file); // the number went to another process, as it does in a restarted container; PostgreSQL would refuse
  return null;
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && !isZombie(pid);
  }
}

/** In a container without an init process a dead one keeps its number; its command line is empty. */
function isZombie(pid: number): boolean {
  return process.platform === 'linux' && commandLine(pid) === '';
}

function isServerOf(pid: number, cluster: string): boolean {
  return process.platform !== 'linux' || commandLine(pid).includes(cluster);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Sends the protocol's SSLRequest; a PostgreSQL answers with the one byte N (no TLS) or S. */
function speaksPostgres(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 3000 });
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.on('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.on('data', (data) => answer(data.toString() === 'N' || data.toString() === 'S'));
    socket.on('error', () => answer(false));
    socket.on('timeout', () => answer(false));
  });
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port).catch(() => null)) !== null;
}

function freePort(): Promise<number> {
  return listenOnce(0);
}

function listenOnce(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

function urlOf({ port, password }: Connection): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

function connectionFile({ directory }: Place): string {
  return join(directory, 'connection.json');
}

function readConnection(place: Place): Connection {
  try {
    return JSON.parse(readFileSync(connectionFile(place), 'utf8')) as Connection;
  } catch {
    throw new PrivatePostgresError(
      `缺少或损坏 / missing or broken: ${connectionFile(place)} (port and password of the database)`,
    );
  }
}

/** Written whole or not at all: a broken file would lock us out of the data. */
function writeConnection(place: Place, connection: Connection): void {
  const half = `${connectionFile(place)}.new`;
  writeFileSync(half, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  renameSync(half, connectionFile(place));
}

function run({ binaries, account }: Place, name: string, args: string[], input?: string): Promise<void> {
  return runProgram({ file: join(binaries.directory, name), args, account, ...(input === undefined ? {} : { input }) });
}
