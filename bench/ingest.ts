import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import type pg from 'pg';
import { addOrganisations, withBed } from './bed.ts';
import { benchContent } from './content.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';
import { runPgbench } from './pgbench.ts';
import { addKeys, type BenchServer, startServer } from './server.ts';
import { loadSynthetic } from './synthetic.ts';

const ENTERPRISES = 32;
const MANY_CONNECTIONS = 128;
const BATCH = 100;
const ROUNDS = 3;

let serial = 0;
const nextNumber = () => `Q/BENCH ${++serial}-2026`;

/**
 * G1: one declaration a request, 32 connections of 32 enterprises, fsync on, against pgbench writing the same rows. G2: the
 * same at 128 connections. G3: the batch endpoint, 100 a request. `--size` puts so many synthetic declarations there first.
 */
export async function ingest({ seconds, size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    await addOrganisations(owner, ENTERPRISES, 'enterprise');
    const held = await loadSynthetic(owner, size, ENTERPRISES);
    const keys = await addKeys(owner, ENTERPRISES);
    const server = await startServer(url);
    try {
      await declare(server, keys, { seconds: 2, connections: ENTERPRISES }); // warm
      return await measure(server, keys, { url, seconds, held, owner });
    } finally {
      await server.stop();
    }
  });
}

async function measure(
  server: BenchServer,
  keys: readonly string[],
  {
    url,
    seconds,
    held,
    owner,
  }: { readonly url: string; readonly seconds: number; readonly held: number; readonly owner: pg.Client },
): Promise<readonly Goal[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const one = await declare(server, keys, { seconds, connections: ENTERPRISES });
    const pgbench = runPgbench(url, { seconds, clients: ENTERPRISES, enterprises: ENTERPRISES, rows: 1 });
    const many = await declare(server, keys, { seconds, connections: MANY_CONNECTIONS });
    const batch = await declare(server, keys, { seconds, connections: 2, batch: BATCH });
    const pgbenchBatch = runPgbench(url, { seconds, clients: 2, enterprises: ENTERPRISES, rows: BATCH });
    await owner.query('truncate log_pending');
    rounds.push({ one, pgbench, many, batch, pgbenchBatch });
  }
  const spread = (ratios: readonly number[]) => ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  const rate = (rates: readonly number[]) => `${Math.round(median(rates))}/s`;
  const [g1, g2, g3] = [
    rounds.map(({ one, pgbench }) => one.rate / pgbench),
    rounds.map(({ one, many }) => many.rate / one.rate),
    rounds.map(({ batch, pgbenchBatch }) => batch.rate / pgbenchBatch),
  ];
  const amid = held > 0 ? ` amid ${held} synthetic declarations` : '';
  return [
    {
      goal: 'G1',
      ratio: median(g1),
      atLeast: 0.6,
      yardstick: 'pgbench, the same rows in one statement, 32 clients',
      detail: `${rate(rounds.map(({ one }) => one.rate))} against ${rate(rounds.map(({ pgbench }) => pgbench))}${amid}, ratios ${spread(g1)}; p99 ${median(rounds.map(({ one }) => one.p99))} ms (goal ≤ 50)`,
    },
    {
      goal: 'G2',
      ratio: median(g2),
      atLeast: 0.9,
      yardstick: 'the rate at 32 connections',
      detail: `${rate(rounds.map(({ many }) => many.rate))} at ${MANY_CONNECTIONS} connections${amid}, ratios ${spread(g2)}; p99 ${median(rounds.map(({ many }) => many.p99))} ms`,
    },
    {
      goal: 'G3',
      ratio: median(g3),
      atLeast: 0.6,
      yardstick: `pgbench, ${BATCH} declarations in one statement, 2 clients`,
      detail: `${rate(rounds.map(({ batch }) => batch.rate))} against ${rate(rounds.map(({ pgbenchBatch }) => pgbenchBatch))}${amid}, ratios ${spread(g3)}`,
    },
  ];
}

/** Declarations a second, and the 99th percentile of a request. */
export async function declare(
  { address }: BenchServer,
  keys: readonly string[],
  {
    seconds,
    connections,
    batch = 1,
  }: { readonly seconds: number; readonly connections: number; readonly batch?: number },
): Promise<{ readonly rate: number; readonly p99: number }> {
  let client = 0;
  const result = await autocannon({
    url: `${address}/api/v1/${batch === 1 ? 'declarations' : 'declaration-batches'}`,
    connections,
    duration: seconds,
    timeout: 30,
    method: 'POST',
    setupClient: (connection) => {
      const key = keys[client++ % keys.length] ?? '';
      const prepare = () =>
        connection.setHeadersAndBody(
          { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          JSON.stringify(
            batch === 1
              ? benchContent(nextNumber())
              : { declarations: Array.from({ length: batch }, () => benchContent(nextNumber())) },
          ),
        );
      prepare();
      connection.on('response', prepare);
    },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} errors: ${JSON.stringify(result.statusCodeStats)}`);
  return { rate: (result['2xx'] * batch) / result.duration, p99: result.latency.p99 };
}
