import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PORT = 18_391;

export interface StaticServer {
  readonly address: string;
  stop(): Promise<void>;
}

/** nginx with one worker that serves the given bytes as files, by name. */
export async function startNginx(files: Readonly<Record<string, Buffer>>): Promise<StaticServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-nginx-'));
  mkdirSync(join(folder, 'www'));
  // The worker gives up root's rights and has to reach the files all the same.
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'www', name), bytes, { mode: 0o644 });
  const configuration = join(folder, 'nginx.conf');
  writeFileSync(
    configuration,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 1024; }
http { access_log off; etag on; open_file_cache max=100; keepalive_requests 1000000; default_type text/html; sendfile on; tcp_nopush on;
  server { listen 127.0.0.1:${PORT}; root ${folder}/www; } }`,
  );
  const child = spawn('nginx', ['-c', configuration], { stdio: ['ignore', 'ignore', 'inherit'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) =>
      reject(new Error('nginx is not in PATH; install it to run this yardstick', { cause })),
    );
    child.once('exit', (code) => reject(new Error(`nginx ended with ${code}`)));
  });
  failed.catch(() => {});
  const address = `http://127.0.0.1:${PORT}`;
  await Promise.race([failed, answers(`${address}/${Object.keys(files)[0]}`)]);
  return {
    address,
    async stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await fetch(url).catch(() => null);
    if (found?.ok) return;
    await sleep(50);
  }
  throw new Error(`${url} does not answer`);
}
