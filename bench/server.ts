import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { formatApiKey } from '../src/domain/access/api-key.ts';
import { sha256Hex } from '../src/domain/bytes.ts';
import { projectRoot } from '../src/project-root.ts';
import { organisationId } from './bed.ts';

/** The built API in a process of its own. */
export interface BenchServer {
  readonly address: string;
  /** Milliseconds from the start of the process until it listens. */
  readonly startedMs: number;
  /** Resident memory now, in MB. */
  memory(): number;
  stop(): Promise<void>;
}

export async function startServer(url: string): Promise<BenchServer> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist', 'main.js'), '--role', 'api'], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      PORT: '0',
      LOG_LEVEL: 'info',
      DATABASE_POOL: '32',
      LINGPAO_DATA: mkdtempSync(join(tmpdir(), 'lingpao-bench-data-')),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      if (output.length > 100_000) return;
      output += data.toString();
      const found = /"address":"([^"]+)"/u.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
  return {
    address,
    startedMs: performance.now() - begun,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** One live key for each of the first `count` organisations. */
export async function addKeys(owner: pg.Client, count: number): Promise<readonly string[]> {
  const keys = Array.from({ length: count }, (_, i) => formatApiKey('ent', String(i + 1).padStart(32, '0')));
  for (const [i, key] of keys.entries()) {
    await owner.query(
      `insert into api_keys (id, organisation_id, name, key_sha256, last_four, role, created_by, expires_at)
       values (gen_random_uuid(), ${organisationId(String(i + 1))}, 'bench', $1, $2, 'publisher', ${organisationId(String(i + 1))}, now() + interval '1 day')`,
      [sha256Hex(key), key.slice(-4)],
    );
  }
  return keys;
}
