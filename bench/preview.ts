import { randomUUID } from 'node:crypto';
import { withBed } from './bed.ts';
import { benchContent } from './content.ts';
import { type BenchCategory, compareCategory, loadCategories, publishCategory } from './category.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';
import { addKeys, type BenchServer, startServer } from './server.ts';
import { openDatabase } from '../src/store/database.ts';

const SMALL = 10_000;
const ROUNDS = 5;
const ASKED = 200;
const GOAL_MS = 50;

/** G8: where one declaration would stand, over HTTP, among `size` that are listed and among 10,000. */
export async function preview({ size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    const categories = await loadCategories(owner, [size, SMALL]);
    const database = openDatabase({ url, max: 4, applicationName: 'bench', statementTimeoutMs: 0, onError: () => {} });
    for (const category of categories) await publishCategory(owner, await compareCategory(owner, database, category));
    await database.close();
    const [whole, small] = categories as [BenchCategory, BenchCategory];
    const key = (await addKeys(owner, 2))[1] ?? '';
    const server = await startServer(url);
    try {
      await ask(server, key, whole);
      await ask(server, key, small);
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++)
        rounds.push({ whole: await ask(server, key, whole), small: await ask(server, key, small) });
      const among = rounds.flatMap((round) => round.whole).sort((a, b) => a - b);
      const p99 = among[Math.floor(among.length * 0.99)] ?? Number.NaN;
      const ratios = rounds.map((round) => median(round.whole) / median(round.small));
      const middle = (times: readonly number[]) => `${median(times).toFixed(1)} ms`;
      return [
        {
          goal: 'G8',
          ratio: p99 / GOAL_MS,
          atMost: 1,
          yardstick: `${GOAL_MS} ms, the 99th percentile among ${size}`,
          detail: `p99 ${p99.toFixed(1)} ms, median ${middle(among)}, of ${among.length} requests one by one`,
        },
        {
          goal: 'G8',
          ratio: median(ratios),
          atMost: 3,
          yardstick: `the same among ${SMALL}`,
          detail: `${middle(among)} against ${middle(rounds.flatMap((round) => round.small))}`,
        },
      ];
    } finally {
      await server.stop();
    }
  });
}

/** Milliseconds of each of a round's requests, one after another; each must say a rank. */
async function ask({ address }: BenchServer, key: string, { category }: BenchCategory): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < ASKED; i++) {
    const values = ['87.5', '61', '25', String(40 + (i % 50)), '55', '91.25'];
    const body = JSON.stringify({ ...benchContent(`Q/ASK ${i}-2026`, values), category });
    const from = performance.now();
    const answer = await fetch(`${address}/api/v1/declarations/standing`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body,
    });
    const text = await answer.text();
    times.push(performance.now() - from);
    const { standings = [] } = JSON.parse(text) as { standings?: { place: { rank: number } | null }[] };
    if (!standings[0]?.place) throw new Error(`${answer.status}: ${text}`);
  }
  return times;
}
