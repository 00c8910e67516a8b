import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type pg from 'pg';
import { formatApiKey } from '../src/domain/access/api-key.ts';
import { sha256Hex } from '../src/domain/bytes.ts';
import { projectRoot } from '../src/project-root.ts';
import { addOrganisations, organisationId, withBed } from './bed.ts';
import { benchContent } from './content.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';

const CONNECTIONS = 32;
const ROUNDS = 3;

/** G1: one declaration a request, 32 connections of 32 enterprises, fsync on, against pgbench writing the same rows. */
export async function ingest({ seconds }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    await addOrganisations(owner, CONNECTIONS, 'enterprise');
    const keys = await addKeys(owner);
    const server = await startServer(url);
    try {
      const rounds: { readonly ours: number; readonly theirs: number; readonly p99: number }[] = [];
      let serial = 0;
      const next = () => `Q/BENCH ${++serial}-2026`;
      await declare(server.address, keys, 2, next); // warm
      for (let round = 0; round < ROUNDS; round++) {
        const { rate, p99 } = await declare(server.address, keys, seconds, next);
        rounds.push({ ours: rate, p99, theirs: runPgbench(url, seconds) });
      }
      const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
      const spread = rounds.map(({ ours, theirs }) => (ours / theirs).toFixed(2)).join(', ');
      return [
        {
          goal: 'G1',
          ratio,
          atLeast: 0.6,
          yardstick: 'pgbench, the same rows in one statement, 32 clients',
          detail: `${Math.round(median(rounds.map(({ ours }) => ours)))}/s against ${Math.round(median(rounds.map(({ theirs }) => theirs)))}/s, ratios ${spread}; p99 ${median(rounds.map(({ p99 }) => p99))} ms (goal ≤ 50)`,
        },
      ];
    } finally {
      await server.stop();
    }
  });
}

async function addKeys(owner: pg.Client): Promise<readonly string[]> {
  const keys = Array.from({ length: CONNECTIONS }, (_, i) => formatApiKey('ent', String(i + 1).padStart(32, '0')));
  for (const [i, key] of keys.entries()) {
    await owner.query(
      `insert into api_keys (id, organisation_id, name, key_sha256, last_four, role, created_by, expires_at)
       values (gen_random_uuid(), ${organisationId(String(i + 1))}, 'bench', $1, $2, 'publisher', ${organisationId(String(i + 1))}, now() + interval '1 day')`,
      [sha256Hex(key), key.slice(-4)],
    );
  }
  return keys;
}

async function startServer(url: string): Promise<{ readonly address: string; stop(): Promise<void> }> {
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
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function declare(
  address: string,
  keys: readonly string[],
  seconds: number,
  next: () => string,
): Promise<{ rate: number; p99: number }> {
  let client = 0;
  const result = await autocannon({
    url: `${address}/api/v1/declarations`,
    connections: CONNECTIONS,
    duration: seconds,
    method: 'POST',
    setupClient: (connection) => {
      const key = keys[client++ % keys.length] ?? '';
      const prepare = () =>
        connection.setHeadersAndBody(
          { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          JSON.stringify(benchContent(next())),
        );
      prepare();
      connection.on('response', prepare);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} errors: ${JSON.stringify(result.statusCodeStats)}`);
  return { rate: result['2xx'] / result.duration, p99: result.latency.p99 };
}

/** The rows that one declaration writes, in one prepared statement, without HTTP, checks, roles or row security. */
function runPgbench(url: string, seconds: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-pgbench-'));
  const script = join(folder, 'ingest.sql');
  writeFileSync(script, yardstick());
  try {
    const output = execFileSync(
      'pgbench',
      ['-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '2', '-T', String(seconds), '-f', script, url],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const rate = /tps = ([\d.]+)/u.exec(output)?.[1];
    if (!rate) throw new Error(`pgbench said: ${output}`);
    return Number(rate);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error('pgbench is not in PATH; it comes with PostgreSQL’s server packages', { cause: error });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function yardstick(): string {
  const organisation = organisationId(':n');
  const id = `'9199' || lpad((:n)::text, 14, '0') || '.P' || i.n`;
  // A colon begins a variable of pgbench, so the constant document has none; its length is what counts.
  const document = JSON.stringify(benchContent('Q/BENCH 1-2026')).replaceAll(':', ';').replaceAll("'", '');
  return `\\set n random(1, ${CONNECTIONS})
with i as (select nextval('declaration_numbers') as n),
declared as (
  insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
  select ${id}, ${organisation}, '9199', 'Q/PGB' || i.n, 'enterprise', 'C3464.heat-pump', 'product', 'current', 1, now(),
         'q/pgb ' || i.n || ' q/pgb' || i.n || ' 供暖用热泵 bench 1 91990000000000000001 供暖用热泵  hp-8-r290' from i),
version as (
  insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)
  select ${id}, 1, ${organisation}, 'published', 'C3464.heat-pump', '9199', 'Q/PGB' || i.n, '${document}', repeat('0', 64), ${organisation}, 'bench', now() from i),
logged as (
  insert into log_pending (entry_type, subject, revision, leaf) select 'declaration.published', ${id}, 1, repeat('x', 260) from i),
kept as (
  insert into idempotency_keys (owner, key, fingerprint, status, answer) select 'pgbench', 'k' || i.n, repeat('0', 64), 200, repeat('x', 300) from i)
insert into audit_events (at, organisation_id, actor, action, subject, detail)
select now(), ${organisation}, 'key', 'declaration.publish', ${id}, '{}' from i;
`;
}
