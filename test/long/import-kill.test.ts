import { describe, it } from 'vitest';
import { importProcesses } from '../fault/import-processes.ts';
import { decideGood, expectWhole, importOf, seededFile, sendSeeded } from '../support/imports.ts';
import type { RunningProgram } from '../support/program.ts';
import { until } from '../support/runs.ts';

const ROWS = 100_000;
const KILLS = 10;
const DONE = ROWS * 3;
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 100_000);

describe('an import of 100,000 rows, 3 % of them bad', () => {
  const { register, enterprise, start } = importProcesses();

  it(`whose workers are killed ${KILLS} times at random moments ends with every good row once and every bad cell told once (KILL_SEED=${SEED})`, async () => {
    const random = randomFrom(SEED);
    const file = seededFile(ROWS, 'LONG');
    const id = await sendSeeded(register(), enterprise(), file);
    // Moments of the work itself: rows checked and rows written, of which there are twice as many as the file has.
    const moments = Array.from({ length: KILLS }, () => Math.floor(random() * ROWS * 2)).sort((a, b) => a - b);
    let worker = start();
    for (const moment of moments) {
      await until(
        `${moment} rows`,
        () => workOn(id, worker),
        (rows) => rows >= moment,
        300,
      );
      worker.kill('SIGKILL');
      await worker.exit;
      worker = start();
    }
    await until(
      'the end',
      () => workOn(id, worker),
      (rows) => rows === DONE,
      300,
    );
    await expectWhole(register(), enterprise(), id, file);
  }, 1_200_000);

  /** Rows checked and written so far; chooses the good rows when the check is through. */
  async function workOn(id: string, worker: RunningProgram): Promise<number> {
    if (worker.child.exitCode !== null) throw new Error(`a worker ended by itself:\n${worker.output()}`);
    const { state, checkedThrough, importedThrough } = await importOf(register(), enterprise(), id);
    if (state === 'checked') await decideGood(register(), enterprise(), id, 1);
    return state === 'imported' ? DONE : checkedThrough + importedThrough;
  }
});

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
