import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** TEST_REDIS_URL, else a server of our own from PATH; null, said aloud, when there is none. */
export async function startRedis(): Promise<RedisServer | null> {
  const given = process.env['TEST_REDIS_URL'];
  if (given) return { url: given, stop: async () => {} };
  const own = await startOwnRedis();
  if (own) return own;
  if (process.env['REQUIRE_REDIS'] === '1')
    throw new Error('REQUIRE_REDIS=1：未找到 redis-server / no redis-server in PATH');
  console.log('跳过 Redis 测试：未找到 redis-server / Redis suites skipped: no redis-server in PATH');
  return null;
}

/** A server that this process may kill, and start again on the same port; null when there is no program. */
export async function startOwnRedis(port?: number): Promise<RedisServer | null> {
  const program = findInPath('redis-server') ?? findInPath('valkey-server');
  return program ? startOwn(program, port ?? (await freePort())) : null;
}

async function startOwn(program: string, port: number): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'lingpao-redis-'));
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  // Its own process group: Ctrl-C must not end it before the workers that use it.
  const server = spawn(program, args, { stdio: 'ignore', detached: true });
  const exited = new Promise<void>((resolve) => server.on('exit', () => resolve()).on('error', () => resolve()));
  const removeNow = () => {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  process.on('exit', removeNow);
  const stop = async () => {
    server.kill('SIGKILL');
    await exited;
    removeNow();
    process.off('exit', removeNow);
  };
  if (await accepts(port)) return { url: `redis://127.0.0.1:${port}`, stop };
  await stop();
  throw new Error(`${program} 未能启动 / did not start on port ${port}`);
}

function findInPath(name: string): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, name));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function accepts(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await connects(port)) return true;
    await sleep(50);
  }
  return false;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket.destroy() !== undefined)).on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
