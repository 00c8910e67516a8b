import { describe, it } from 'vitest';
import { importProcesses } from '../fault/import-processes.ts';
import { decideGood, expectWhole, importOf, inState, seededFile, sendSeeded } from '../support/imports.ts';

const ROWS = 100_000;
const KILLS = 10;
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 100_000);

describe('an import of 100,000 rows, 3 % of them bad', () => {
  const { register, enterprise, start } = importProcesses();

  it(`whose workers are killed ${KILLS} times at random moments ends with every good row once and every bad cell told once (KILL_SEED=${SEED})`, async () => {
    const random = randomFrom(SEED);
    const file = seededFile(ROWS, 'LONG');
    const id = await sendSeeded(register(), enterprise(), file);
    let worker = start();
    let isDecided = false;
    let spent = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      // A killed worker's job is taken up after some 10 s; a random moment of what follows.
      await new Promise((resolve) => setTimeout(resolve, (kill === 0 ? 0 : 10_000) + random() * 8000));
      const { state, checkedThrough, importedThrough } = await importOf(register(), enterprise(), id);
      if (state === 'checked' && !isDecided) {
        isDecided = true;
        await decideGood(register(), enterprise(), id, 1);
      }
      if (state !== 'imported') spent += 1;
      process.stderr.write(`kill ${kill + 1}: ${state} ${checkedThrough} ${importedThrough}\n`);
      worker.kill('SIGKILL');
      await worker.exit;
      worker = start();
    }
    if (!isDecided) await decideGood(register(), enterprise(), id, 300);
    await inState(register(), enterprise(), id, 'imported', 600);
    await expectWhole(register(), enterprise(), id, file);
    process.stderr.write(`${spent} of ${KILLS} kills while it was under way\n`);
  }, 1_200_000);
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
