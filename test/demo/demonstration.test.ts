import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemonstration } from '../../demo/load.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { ListEntry } from '../../src/domain/rankings/entry.ts';
import type { ListHead } from '../../src/domain/rankings/list.ts';
import { createApp } from '../../src/http/app.ts';
import type { Http } from '../../src/http/fastify.ts';
import { projectRoot } from '../../src/project-root.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { foundRegister, keepOperatorToken } from '../../src/store/register.ts';
import { openQueue } from '../../workers/queue.ts';
import { startWorkers } from '../../workers/start.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const LEVELS = ['advanced', 'average', 'baseline', 'below'];

interface RankedRow {
  readonly maker: string;
  readonly serial: number;
  readonly l1: number | null;
  readonly l2: number | null;
  readonly l3: number | null;
  readonly grade: number | null;
  readonly reason: string | null;
  readonly rank: number | null;
}

describe('the demonstration', () => {
  let store: TestDatabase;
  let owner: pg.Client;
  let database: Database;
  let http: Http;
  let workers: { readonly stop: () => Promise<void> };
  let address: string;
  let problems: number;

  beforeAll(async () => {
    store = await testDatabase();
    owner = new pg.Client({ connectionString: store.url });
    await owner.connect();
    await foundRegister(owner, 'demonstration');
    const token = randomBytes(24).toString('base64url');
    await keepOperatorToken(owner, sha256Hex(token));
    const onError = () => {};
    database = openDatabase({ url: store.url, max: 10, applicationName: 'demo', statementTimeoutMs: 0, onError });
    const logger = pino({ level: 'silent' });
    http = await createApp({
      database,
      logger,
      registerKind: 'demonstration',
      publicUrl: 'http://127.0.0.1',
      cookieSecure: false,
      trustProxy: [],
      limits: { perMinute: 100, redis: null, exemptLoopback: true },
      site: { operatorName: null, icp: null, contact: null },
      isReady: async () => true,
    });
    address = await http.listen({ host: '127.0.0.1', port: 0 });
    workers = startWorkers(database, openQueue({ redisUrl: null, databaseUrl: store.url, onError }), logger, onError);
    problems = await loadDemonstration({ address, database, operatorToken: token });
    await loadRaw(owner);
  }, 240_000);

  afterAll(async () => {
    await http?.close();
    await workers?.stop();
    await database?.close();
    await owner?.end();
    await store?.close();
  });

  it('ends without a problem, and finds none when it is asked again', async () => {
    expect(problems).toBe(0);
    expect(await loadDemonstration({ address, database, operatorToken: null })).toBe(0);
  });

  it.each(['DEMO-HP', 'DEMO-TV', 'DEMO-RF', 'DEMO-LV'])(
    'board %s agrees with an independent SQL ranking, row by row',
    async (board) => {
      const list = await download(board);
      const { rows } = await owner.query<RankedRow>('select * from raw.ranked where board = $1', [board]);
      const expected = new Map(rows.map((row) => [`${row.maker}|${row.serial}`, row]));
      const all = [...list.entries, ...list.excluded];
      expect(all.length).toBe(rows.length);
      expect(expected.size).toBe(rows.length);
      for (const row of all) {
        const key = keyOf(row);
        const wanted = expected.get(key);
        expect({ key, rank: row.rank, grade: row.grade, reason: row.excluded?.reason ?? null }).toEqual({
          key,
          rank: wanted?.rank === null ? null : Number(wanted?.rank),
          grade: wanted?.grade,
          reason: wanted?.reason,
        });
        row.indicators.forEach(({ outcome }, i) =>
          expect(outcome, `${key} ${i}`).toBe(outcomeOf([wanted?.l1, wanted?.l2, wanted?.l3][i])),
        );
      }
    },
  );

  it.each(['DEMO-HP', 'DEMO-TV', 'DEMO-RF', 'DEMO-LV'])(
    'board %s stands in its neutral order, with ties sharing a rank',
    async (board) => {
      const list = await download(board);
      for (const section of [list.entries, list.excluded]) {
        const places = section.map((row) => [row.grade ?? 9, row.enterprise.code, row.number.replaceAll(' ', '')]);
        const { rows } = await owner.query<{ n: number }>(
          `select n from unnest($1::int[], $2::text[], $3::text[]) with ordinality as t(grade, code, number, n)
         order by grade, code collate "C", number collate "C"`,
          [0, 1, 2].map((column) => places.map((place) => place[column])),
        );
        expect(rows.map((row) => Number(row.n))).toEqual(places.map((_, i) => i + 1));
      }
      const tied = list.entries.filter(
        (row, i) =>
          row.rank !== null && (list.entries[i - 1]?.rank === row.rank || list.entries[i + 1]?.rank === row.rank),
      );
      if (list.head.overall) expect(tied.length / list.entries.length).toBeGreaterThan(0.97);
    },
  );

  it('never puts 0 dB first, or anywhere on the list: it is shown as not comparable', async () => {
    const list = await download('DEMO-HP');
    const silent = [...list.entries, ...list.excluded].filter((row) => row.indicators[2]?.raw === '≤ 0 dB(A)');
    expect(silent).toHaveLength(14);
    for (const row of silent) {
      expect(row.indicators[2]).toMatchObject(
        row.indicators[2]?.outcome === 'not-applicable' ? { value: null } : { reason: 'implausible' },
      );
      expect(row.grade === 1 && row.indicators[2]?.outcome !== 'not-applicable').toBe(false);
    }
  });

  it('keeps −32 % what it is', async () => {
    const list = await download('DEMO-RF');
    const worst = [...list.entries, ...list.excluded].filter((row) => row.indicators[0]?.value === '-32');
    expect(worst.length).toBeGreaterThan(0);
    for (const row of worst) expect(row.indicators[0]).toMatchObject({ raw: '≥ -32%', outcome: 'below' });
  });

  interface WholeList {
    readonly head: ListHead;
    readonly entries: readonly ListEntry[];
    readonly excluded: readonly ListEntry[];
  }

  async function download(board: string): Promise<WholeList> {
    const read = async (section: string) => {
      const rows: ListEntry[] = [];
      for (let from: number | null = 0; from !== null; ) {
        const path = `${address}/api/v1/ranking-lists/${board}/1?section=${section}&limit=500&from=${from}`;
        const page = (await (await fetch(path)).json()) as { head: ListHead; rows: ListEntry[]; next: number | null };
        rows.push(...page.rows);
        from = page.next;
        if (from === null) return { head: page.head, rows };
      }
      throw new Error('no page');
    };
    const [entries, excluded] = [await read('entries'), await read('excluded')];
    return { head: entries.head, entries: entries.rows, excluded: excluded.rows };
  }
});

function keyOf(row: ListEntry): string {
  return `${row.enterprise.name.toLowerCase()}|${Number(/ (\d+)-2026$/u.exec(row.number)?.[1])}`;
}

function outcomeOf(level: number | null | undefined): string {
  if (level === 0) return 'not-applicable';
  return level === null || level === undefined ? 'not-comparable' : (LEVELS[level - 1] ?? '');
}

/** The tables as text, exactly as committed, in a schema of their own. */
async function loadRaw(owner: pg.Client): Promise<void> {
  await owner.query('create schema raw');
  for (const [table, file] of [
    ['heat_pumps', 'heat-pumps.csv'],
    ['televisions', 'televisions.csv'],
    ['refrigerators', 'refrigerators.csv'],
    ['vehicles', 'vehicles.csv'],
  ] as const) {
    const [header = [], ...rows] = parse(readFileSync(join(projectRoot, 'demo', file))) as string[][];
    await owner.query(`create table raw.${table} (line int, ${header.map((column) => `${column} text`).join(', ')})`);
    const columns = header.map((_, i) => `$${i + 2}::text[]`).join(', ');
    await owner.query(`insert into raw.${table} select * from unnest($1::int[], ${columns})`, [
      rows.map((_, i) => i),
      ...header.map((_, i) => rows.map((row) => row[i])),
    ]);
  }
  await owner.query(readFileSync(join(projectRoot, 'test', 'independent', 'boards.sql'), 'utf8'));
}
