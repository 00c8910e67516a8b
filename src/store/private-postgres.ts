import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, PrivatePostgresError, serverAccount } from './private-postgres-binaries.ts';
import { choosePlace, createCluster, isAlive, readPostmaster } from './private-postgres-cluster.ts';
import { startServer, stopServer, stopServerNow } from './private-postgres-cluster.ts';
import type { Place } from './private-postgres-cluster.ts';

export interface PrivatePostgres {
  readonly url: string;
  /** True when the server was already running: left by a killed launcher, or in use by another process of ours. */
  readonly adopted: boolean;
  /** Ends the server unless another living process uses it; the last one out turns it off. */
  stop(): Promise<void>;
}

const TEMPORARY_PREFIX = 'lingpao-pg-';

/** A database for tests: the data may be lost, and 200 connections serve many test files at once. */
const TEMPORARY_SETTINGS = [
  'fsync = off',
  'synchronous_commit = off',
  'full_page_writes = off',
  'max_connections = 200',
  'shared_buffers = 64MB',
];

/** The private PostgreSQL 18 of this installation, kept in `directory` (usually `.data/pg`). */
export async function startPrivatePostgres(options: {
  directory: string;
  log?: (line: string) => void;
}): Promise<PrivatePostgres> {
  const account = serverAccount();
  const place = choosePlace(resolve(options.directory), account, findBinaries(account));
  return withLock(join(place.directory, 'launcher.lock'), async () => {
    if (!existsSync(place.cluster)) options.log?.(`建立数据库 / creating the database in ${place.directory}`);
    await createCluster(place, []);
    if (readPostmaster(place.cluster) === null) rmSync(usersDirectory(place), { recursive: true, force: true });
    const server = await startServer(place);
    options.log?.(
      server.adopted ? '接管运行中的数据库 / adopted the running database' : '数据库已启动 / database started',
    );
    const user = registerUser(place);
    return { ...server, stop: once(() => leave(place, user)) };
  });
}

/** A throw-away cluster, gone after `stop`, after an error here, and when the process exits without either. */
export async function startTemporaryPostgres(): Promise<PrivatePostgres> {
  const account = serverAccount();
  const binaries = findBinaries(account);
  await sweepTemporary();
  const directory = mkdtempSync(join(tmpdir(), TEMPORARY_PREFIX));
  const place = choosePlace(directory, account, binaries);
  const removeNow = () => {
    if (existsSync(join(place.cluster, 'postmaster.pid'))) stopServerNow(place);
    removePlace(place, directory);
  };
  process.on('exit', removeNow);
  const stop = once(async () => {
    try {
      if (existsSync(join(place.cluster, 'postmaster.pid'))) await stopServer(place, 'immediate');
    } finally {
      removePlace(place, directory);
      process.off('exit', removeNow);
    }
  });
  try {
    registerUser(place);
    await createCluster(place, TEMPORARY_SETTINGS);
    return { ...(await startServer(place)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function removePlace(place: Place, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  if (place.directory !== directory) rmSync(dirname(place.directory), { recursive: true, force: true });
}

/** Removes what a run that was killed with -9 could not. */
async function sweepTemporary(): Promise<void> {
  const account = serverAccount();
  const ours = readdirSync(tmpdir()).filter((name) => name.startsWith(TEMPORARY_PREFIX));
  for (const directory of ours.map((name) => join(tmpdir(), name))) {
    const status = statSync(directory, { throwIfNoEntry: false });
    if (status?.uid !== process.getuid?.() || Date.now() - (status?.mtimeMs ?? 0) < 10_000) continue;
    const place = choosePlace(directory, account, findBinaries(account));
    if (livingUsers(place).length > 0) continue;
    if (readPostmaster(place.cluster)) await stopServer(place, 'immediate').catch(() => {});
    removePlace(place, directory);
  }
}

async function leave(place: Place, user: string): Promise<void> {
  await withLock(join(place.directory, 'launcher.lock'), async () => {
    rmSync(user, { force: true });
    if (livingUsers(place).length > 0 || readPostmaster(place.cluster) === null) return;
    await stopServer(place, 'fast');
  });
}

function usersDirectory({ directory }: Place): string {
  return join(directory, 'users');
}

let registered = 0;

function registerUser(place: Place): string {
  mkdirSync(usersDirectory(place), { recursive: true });
  const file = join(usersDirectory(place), `${process.pid}-${++registered}`);
  writeFileSync(file, '');
  return file;
}

function livingUsers(place: Place): string[] {
  if (!existsSync(usersDirectory(place))) return [];
  return readdirSync(usersDirectory(place)).filter((name) => isAlive(Number(name.split('-')[0])));
}

const heldLocks = new Set<string>();

/** One process at a time; the lock of a process that died is broken. */
async function withLock<Value>(file: string, act: () => Promise<Value>): Promise<Value> {
  for (let waited = 0; !tryLock(file); waited += 100) {
    if (waited > 660_000) throw new PrivatePostgresError(`另一进程占用 / another process holds ${file}`);
    await sleep(100);
  }
  heldLocks.add(file);
  try {
    return await act();
  } finally {
    heldLocks.delete(file);
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

/** Our own number on a lock that we do not hold comes from an earlier life, as in a restarted container. */
function isAbandoned(file: string): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status || Date.now() - status.mtimeMs < 1000) return false; // perhaps made just now, the number not yet written
  const pid = Number(readFileSync(file, 'utf8'));
  return pid === process.pid ? !heldLocks.has(file) : !isAlive(pid);
}

function once(act: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => (result ??= act());
}
