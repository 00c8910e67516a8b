import { describe, expect, it } from 'vitest';
import { workerProcesses } from '../fault/processes.ts';
import { describeWithRedis, testRedisUrl } from '../support/redis.ts';
import { askForRun, dropPacked, expectOneResult, finished } from '../support/runs.ts';
import { jobOf } from '../workers/suite.ts';

const KILLS = 20;
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 100_000);

describe('workers killed over PostgreSQL', () => killAgainAndAgain(() => null));
describeWithRedis('workers killed over Redis', () => killAgainAndAgain(() => `${testRedisUrl()}/10`));

/** Two workers; one of them is killed at a random moment, from its start to the end of its work, and replaced. */
function killAgainAndAgain(redisUrl: () => string | null): void {
  const { register, start } = workerProcesses(12_000);

  it(`${KILLS} times at random moments leave one result of each run (KILL_SEED=${SEED})`, async () => {
    const random = randomFrom(SEED);
    const workers = [start(redisUrl()), start(redisUrl())];
    const ids: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      // Packed runs end too soon to be killed at work: each packs anew.
      await dropPacked(register());
      ids.push(await askForRun(register()));
      await new Promise((resolve) => setTimeout(resolve, random() * 3000));
      const victim = Math.floor(random() * workers.length);
      workers[victim]?.kill('SIGKILL');
      await workers[victim]?.exit;
      workers[victim] = start(redisUrl());
      // A job that keeps killing its workers is given up after eight tries: let what has begun end now and then.
      if (kill % 5 === 4) for (const id of ids) await finished(register(), id, 120);
    }
    for (const id of ids) await finished(register(), id, 120);
    await expectOneResult(register(), ids);
    const failures = await Promise.all(
      ids.map(async (id) => (await jobOf(register(), `run-comparison.${id}`)).failures),
    );
    expect(failures.flat()).toEqual([]);
  }, 900_000);
}

/** mulberry32: the same kills for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
