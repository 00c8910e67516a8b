import { describe, expect, it } from 'vitest';
import { describeWithRedis, testRedisUrl } from '../support/redis.ts';
import { askForRun, dropPacked, expectOneResult, finished, runOf, until } from '../support/runs.ts';
import { jobOf } from '../workers/suite.ts';
import { workerProcesses } from './processes.ts';

describe('worker processes', () => {
  const { register, start } = workerProcesses(12_000);

  /** Kills the worker in the middle of a comparison, and lets another end it. */
  async function killInTheMiddle(redisUrl: string | null): Promise<void> {
    await dropPacked(register());
    const victim = start(redisUrl);
    const ids = [await askForRun(register()), await askForRun(register())];
    const half = await until(
      'a comparison under way',
      () => Promise.all(ids.map((id) => runOf(register(), id))),
      (runs) => runs.some(({ done, total }) => done > 0 && done < total),
    );
    victim.kill('SIGKILL');
    expect((await victim.exit).signal).toBe('SIGKILL');
    expect(half.some(({ state }) => state === 'finished')).toBe(false);
    start(redisUrl);
    for (const id of ids) await finished(register(), id, 40);
    await expectOneResult(register(), ids);
    const jobs = await Promise.all(ids.map((id) => jobOf(register(), `run-comparison.${id}`)));
    // Tries are counted when they start: the killed ones are among them, and none has failed.
    expect(jobs.some(({ tries }) => tries >= 2)).toBe(true);
    expect(jobs.flatMap(({ failures }) => failures)).toEqual([]);
  }

  it('killed in the middle leave each run to the next worker, with one result, over PostgreSQL', async () => {
    await killInTheMiddle(null);
  }, 60_000);

  it('stopped in the middle end in good order, and take no try from the run', async () => {
    await dropPacked(register());
    const worker = start(null);
    const id = await askForRun(register());
    await until(
      'a comparison under way',
      () => runOf(register(), id),
      ({ done, total }) => done > 0 && done < total,
    );
    worker.kill('SIGTERM');
    expect(await worker.exit).toEqual({ status: 0, signal: null });
    expect(await jobOf(register(), `run-comparison.${id}`)).toMatchObject({ state: 'open', tries: 0, failures: [] });
    start(null);
    await finished(register(), id, 20);
    await expectOneResult(register(), [id]);
  }, 60_000);

  describeWithRedis('over Redis', () => {
    it('killed in the middle leave each run to the next worker, with one result', async () => {
      await killInTheMiddle(`${testRedisUrl()}/8`);
    }, 60_000);
  });
});
