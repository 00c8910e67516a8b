import { describe, expect, it } from 'vitest';
import { decideGood, expectWhole, inState, rowsDone, seededFile, sendSeeded } from '../support/imports.ts';
import { until } from '../support/runs.ts';
import { jobOf } from '../workers/suite.ts';
import { importProcesses } from './import-processes.ts';

const ROWS = 2000;

describe('a worker that imports', () => {
  const { register, enterprise, start } = importProcesses();

  it('killed three times on its way leaves every good row once and every bad cell told once', async () => {
    const file = seededFile(ROWS, 'KILL');
    const id = await sendSeeded(register(), enterprise(), file);
    const killAt = async (rows: number) => {
      const worker = start();
      const done = () => rowsDone(register(), enterprise(), id);
      const seen = await until(`${rows} rows`, done, (count) => count >= rows, 40);
      worker.kill('SIGKILL');
      await worker.exit;
      return seen;
    };
    const stopped = [await killAt(250), await killAt(1000)];
    expect(stopped.every((rows) => rows < ROWS)).toBe(true);
    start();
    await decideGood(register(), enterprise(), id, 40);
    await killAt(ROWS + 750);
    start();
    await inState(register(), enterprise(), id, 'imported', 40);
    await expectWhole(register(), enterprise(), id, file);
    const jobs = [await jobOf(register(), `check-import.${id}`), await jobOf(register(), `import-rows.${id}.1`)];
    expect(jobs.map(({ state, failures }) => [state, failures])).toEqual([
      ['done', []],
      ['done', []],
    ]);
  }, 180_000);
});
