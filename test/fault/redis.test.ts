import { expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { describeWithRedis, testRedisUrl } from '../support/redis.ts';
import { startOwnRedis } from '../support/redis-server.ts';
import { askForRun, expectOneResult, finished, runOf, until } from '../support/runs.ts';
import { jobOf } from '../workers/suite.ts';
import { workerProcesses } from './processes.ts';

describeWithRedis('a worker process whose Redis', () => {
  const { register, start } = workerProcesses(6000);

  it('loses everything does every waiting job once all the same', async () => {
    const redisUrl = `${testRedisUrl()}/9`;
    start(redisUrl);
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await askForRun(register()));
    const jobs = () => Promise.all(ids.map((id) => jobOf(register(), `run-comparison.${id}`)));
    await until('all are sent', jobs, (all) => all.every(({ sent }) => sent));
    const redis = new Redis(redisUrl);
    await redis.flushdb();
    await redis.quit();
    expect((await jobs()).some(({ state }) => state === 'open')).toBe(true);
    for (const id of ids) await finished(register(), id, 40);
    await expectOneResult(register(), ids);
  }, 90_000);

  it('is killed and away for 25 seconds works again when it is back, empty', async (context) => {
    const first = await startOwnRedis();
    if (!first) return context.skip('only a Redis of our own may be killed, and there is no redis-server in PATH');
    const worker = start(first.url);
    const before = await askForRun(register());
    await finished(register(), before);
    await first.stop();
    const meanwhile = await askForRun(register());
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    expect((await runOf(register(), meanwhile)).state).toBe('requested');
    const second = await startOwnRedis(Number(new URL(first.url).port));
    try {
      const after = await askForRun(register());
      for (const id of [meanwhile, after]) await finished(register(), id, 40);
      await expectOneResult(register(), [before, meanwhile, after]);
      expect(worker.child.exitCode).toBeNull();
    } finally {
      worker.kill('SIGKILL');
      await second?.stop();
    }
  }, 120_000);
});
