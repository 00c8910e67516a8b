import { spawn } from 'node:child_process';
import { get, type IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { projectRoot } from '../src/project-root.ts';
import { openDatabase } from '../src/store/database.ts';
import { withBed } from './bed.ts';
import { type BenchCategory, compareCategory, loadCategories, publishCategory } from './category.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';
import { startNginx } from './nginx.ts';
import { type BenchServer, startServer } from './server.ts';
import { load } from './wrk.ts';

const ROUNDS = 3;
const BROTLI = { 'Accept-Encoding': 'br' };
const GOAL_P99_MS = 5;

/** G10: a list's page and its rows from memory, against nginx with the same bytes. G11: a page of rows that nobody asked for. */
export async function lists({ seconds, size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    const [category] = (await loadCategories(owner, [size])) as [BenchCategory];
    const database = openDatabase({ url, max: 4, applicationName: 'bench', statementTimeoutMs: 0, onError: () => {} });
    await publishCategory(owner, await compareCategory(owner, database, category));
    await database.close();
    const server = await startServer(url);
    try {
      const hot = await hotLists(server, category, seconds);
      return [...hot, await uncachedPages(server, { url, owner, category, seconds })];
    } finally {
      await server.stop();
    }
  });
}

async function hotLists(server: BenchServer, { scheme }: BenchCategory, seconds: number): Promise<readonly Goal[]> {
  const pages = {
    board: { url: `${server.address}/boards/${scheme}/1`, headers: BROTLI },
    rows: { url: `${server.address}/api/v1/ranking-lists/${scheme}/1`, headers: {} },
  };
  const [board, rows] = await Promise.all([pages.board, pages.rows].map(bytesOf));
  if (!board || !rows) throw new Error('no pages');
  const nginx = await startNginx({ board: board.bytes, rows: rows.bytes });
  try {
    const goals: Goal[] = [];
    for (const [name, page] of Object.entries(pages)) {
      const { etag, bytes } = name === 'board' ? board : rows;
      const rounds: { ours: number; fresh: number; theirs: number; p99: number }[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ours = await load({ ...page, seconds });
        const theirs = await load({ url: `${nginx.address}/${name}`, seconds });
        const fresh = await load({ ...page, seconds, headers: { ...page.headers, 'If-None-Match': etag } });
        rounds.push({ ours: ours.rate, theirs: theirs.rate, fresh: fresh.rate, p99: ours.p99 });
      }
      const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
      const p99 = middle((round) => round.p99);
      const what = `${name === 'board' ? 'the board’s page' : '100 rows as JSON'}, ${bytes.length} bytes`;
      goals.push(
        {
          goal: 'G10',
          ratio: middle(({ ours, theirs }) => ours / theirs),
          atLeast: 0.45,
          yardstick: `nginx static, ${what}`,
          detail: `${Math.round(middle(({ ours }) => ours))}/s against ${Math.round(middle(({ theirs }) => theirs))}/s`,
        },
        {
          goal: 'G10',
          ratio: middle(({ fresh, theirs }) => fresh / theirs),
          atLeast: 0.6,
          yardstick: `nginx static with all of it; ours 304`,
          detail: `${Math.round(middle(({ fresh }) => fresh))}/s`,
        },
        {
          goal: 'G10',
          ratio: p99 / GOAL_P99_MS,
          atMost: 1,
          yardstick: `${GOAL_P99_MS} ms, the 99th percentile`,
          detail: `${p99.toFixed(2)} ms`,
        },
      );
    }
    return goals;
  } finally {
    await nginx.stop();
  }
}

/** The bytes as they travel: `fetch` would decompress them. */
async function bytesOf({ url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> }) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).once('error', reject);
  });
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`);
  return { bytes: Buffer.concat(await answer.toArray()), etag: answer.headers.etag ?? '' };
}

interface Uncached {
  readonly url: string;
  readonly owner: pg.Client;
  readonly category: BenchCategory;
  readonly seconds: number;
}

async function uncachedPages(server: BenchServer, { url, owner, category, seconds }: Uncached): Promise<Goal> {
  await fillPlainTables(owner, category);
  const plain = await startPlain(url);
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-wrk-'));
  const script = (name: string, path: string) => {
    const file = join(folder, name);
    writeFileSync(
      file,
      `math.randomseed(os.time())
request = function() return wrk.format('GET', '${path}?from=' .. math.random(0, ${category.size - 500})) end`,
    );
    return file;
  };
  try {
    // Every request is another page, so that next to none has been kept.
    const ours = script('ours.lua', `/api/v1/ranking-lists/${category.scheme}/1`);
    const theirs = script('theirs.lua', '/rows');
    const rounds: { ours: number; theirs: number; p99: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const own = await load({ url: server.address, seconds, script: ours });
      const other = await load({ url: plain.address, seconds, script: theirs });
      rounds.push({ ours: own.rate, theirs: other.rate, p99: own.p99 });
    }
    const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
    return {
      goal: 'G11',
      ratio: middle((round) => round.ours / round.theirs),
      atLeast: 1,
      yardstick: 'a minimal fastify and pg that joins the same 100 rows',
      detail: `${Math.round(middle((round) => round.ours))}/s against ${Math.round(middle((round) => round.theirs))}/s; p99 ${middle((round) => round.p99).toFixed(0)} ms`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await plain.stop();
  }
}

async function fillPlainTables(owner: pg.Client, { category }: BenchCategory): Promise<void> {
  await owner.query(`
    create table plain_enterprise (code text primary key, name text not null);
    create table plain_declaration (id text primary key, code text not null, number text not null, product text not null, model text not null);
    create table plain_indicator (declaration_id text, n int, code text not null, raw text not null, value text not null, outcome text not null, primary key (declaration_id, n));
    create table plain_place (place int primary key, declaration_id text not null, grade int not null)`);
  await owner.query(
    `with v as materialized (select declaration_id as id, credit_code as code, document::jsonb as d from declaration_versions where category = $1),
     e as (insert into plain_enterprise select distinct on (code) code, d #>> '{enterprise,name}' from v order by code),
     p as (insert into plain_place select row_number() over (order by code, id) - 1, id, 1 from v),
     i as (insert into plain_indicator select v.id, x.n, 'i' || x.n, x.one ->> 'raw', x.one ->> 'value', 'advanced'
           from v cross join lateral jsonb_array_elements(d #> '{content,indicators}') with ordinality as x (one, n))
     insert into plain_declaration select id, code, d #>> '{number,canonical}', d #>> '{content,products,0,name}', d #>> '{content,products,0,models,0}' from v`,
    [category],
  );
  await owner.query('vacuum analyze');
}

async function startPlain(url: string): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(projectRoot, 'bench', 'plain-pages.ts')], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', () => reject(new Error('the plain server ended')));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
