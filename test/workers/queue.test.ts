import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redraw } from '../../src/domain/spot-checks/redraw.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { retryJob } from '../../src/services/jobs/jobs.ts';
import { planDraw } from '../../src/services/spot-checks/plan-draw.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { seedDraw } from '../../src/services/spot-checks/seed-draw.ts';
import { publicRead } from '../../src/store/database.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { readDrawFiles } from '../../src/store/spot-checks.ts';
import { contextAs, sequence } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { drawRequest } from '../support/filled-register.ts';
import { describeWithRedis, testRedisUrl } from '../support/redis.ts';
import {
  askForRun,
  type ComparableRegister,
  expectOneResult,
  finished,
  openComparableRegister,
  runOf,
  until,
} from '../support/runs.ts';
import { type Backend, deliver, jobOf, openBackend, passTime } from './suite.ts';

const DECLARATIONS = 60;

describe('jobs over PostgreSQL', () => workTheJobs(() => null));
describeWithRedis('jobs over Redis', () => workTheJobs(() => `${testRedisUrl()}/7`));

function workTheJobs(redisUrl: () => string | null): void {
  let register: ComparableRegister;
  let backend: Backend;
  let workers: { readonly stop: () => Promise<void> } | null = null;

  beforeAll(async () => {
    register = await openComparableRegister(DECLARATIONS);
  });
  beforeEach(async () => {
    await workers?.stop();
    workers = null;
    backend = await openBackend(register, redisUrl());
    await backend.lose();
  });
  afterAll(async () => {
    await workers?.stop();
    await register?.close();
  });

  const ownerDoes = (statement: string) => withTestClient(register.ownerUrl, (owner) => owner.query(statement));

  it('finish a requested run, and say how far it is', async () => {
    workers = backend.startWorkers();
    const id = await askForRun(register);
    const run = await finished(register, id);
    expect(run).toMatchObject({ done: DECLARATIONS, total: DECLARATIONS, failure: null });
    expect(run.startedAt).toBeInstanceOf(Date);
    await expectOneResult(register, [id]);
    expect(await jobOf(register, `run-comparison.${id}`)).toMatchObject({ tries: 1, sends: 1, failures: [] });
  });

  it('leave one edition of a run that is sent three times, and delivered three times at once', async () => {
    const id = await askForRun(register);
    const jobKey = `run-comparison.${id}`;
    const job = { jobKey, name: 'run-comparison', data: { run: id } };
    const queue = backend.queue();
    await queue.add([job, job]);
    await queue.add([job]);
    workers = backend.startWorkers();
    await Promise.all([1, 2, 3].map(() => deliver(register, jobKey, job.name, job.data)));
    await finished(register, id);
    await queue.add([job]);
    await deliver(register, jobKey, job.name, job.data);
    await queue.close();
    await expectOneResult(register, [id]);
  });

  it('are tried eight times, given up with every failure kept, and done when the operator tries again', async () => {
    await ownerDoes('revoke select on declaration_versions from lingpao_app');
    workers = backend.startWorkers();
    const id = await askForRun(register);
    const jobKey = `run-comparison.${id}`;
    const job = await until(
      'the job is given up',
      async () => {
        await passTime(register);
        return jobOf(register, jobKey);
      },
      ({ state }) => state === 'dead',
    );
    expect(job.failures).toHaveLength(8);
    expect(job.failures[0]).toMatch(/declaration_versions/u);
    const run = await until(
      'the run has failed',
      () => runOf(register, id),
      ({ state }) => state === 'failed',
    );
    expect(run.failure).toMatch(/eight tries/u);
    await ownerDoes('grant select on declaration_versions to lingpao_app');
    await passTime(register);
    await retryJob(contextAs(register, register.operator.admin), jobKey);
    await passTime(register);
    expect((await finished(register, id)).failure).toBeNull();
    await expectOneResult(register, [id]);
  });

  it('draw a seeded sample once, as anyone can draw it again from its files', async () => {
    const id = redisUrl() === null ? 'CQ-PG' : 'CQ-REDIS';
    const context = contextAs(register, register.regulator.admin);
    await planDraw(context, drawRequest(id, '测试抽查'));
    await sequence(register);
    await shiftRegister(register.database, 32 * 60);
    await seedDraw(context, id, { entropy: 'dice 27182818284590452353', note: '', secrets: {} });
    workers = backend.startWorkers();
    await Promise.all([1, 2].map(() => deliver(register, `draw-sample.${id}`, 'draw-sample', { draw: id })));
    await until(
      'the draw',
      () => readDraw(register.database, context.actor, id),
      ({ draw }) => draw.state === 'drawn',
    );
    const files = await publicRead(register.database, (db) => readDrawFiles(db, id));
    const again = redraw(
      new Map(files.filter(({ name }) => name !== 'result.tsv').map((file) => [file.name, file.content])),
    );
    const result = files.find(({ name }) => name === 'result.tsv');
    expect(again.ok && again.value.result).toBe(new TextDecoder().decode(result?.content));
    expect(await jobOf(register, `draw-sample.${id}`)).toMatchObject({ state: 'done', failures: [] });
    const { rows } = await withTestClient(register.ownerUrl, (owner) =>
      owner.query('select count(*)::int as told from audit_events where action = $1 and subject = $2', [
        'draw.sample',
        id,
      ]),
    );
    expect(rows).toEqual([{ told: 1 }]);
  });

  it('that the queue lost are sent again and done, each once', async () => {
    const context = contextAs(register, register.body.admin);
    const ids = [];
    for (let i = 0; i < 12; i++) ids.push((await requestRun(context, { scheme: 'M-KQJHQ', version: 1 })).id);
    const relay = await backend.startRelay();
    for (const id of ids)
      await until(
        'sent',
        () => jobOf(register, `run-comparison.${id}`),
        ({ sent }) => sent,
      );
    await relay.stop();
    await backend.lose();
    workers = backend.startWorkers();
    for (const id of ids) await finished(register, id);
    await expectOneResult(register, ids);
    for (const id of ids) expect((await jobOf(register, `run-comparison.${id}`)).sends).toBe(2);
  });

  it('get their try back when a stopping process breaks them off', async () => {
    const id = await askForRun(register);
    const jobKey = `run-comparison.${id}`;
    const stopping = AbortSignal.abort(new Error('stopping'));
    await expect(deliver(register, jobKey, 'run-comparison', { run: id }, stopping)).rejects.toThrow('stopping');
    expect(await jobOf(register, jobKey)).toMatchObject({ state: 'open', tries: 0, failures: [] });
    workers = backend.startWorkers();
    await finished(register, id);
    await expectOneResult(register, [id]);
  });
}
