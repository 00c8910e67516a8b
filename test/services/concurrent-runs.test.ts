import { afterAll, beforeAll, it } from 'vitest';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { askForRun, type ComparableRegister, expectOneResult, openComparableRegister } from '../support/runs.ts';

const CONNECTIONS = 3;

let register: ComparableRegister;
let narrow: Database;
beforeAll(async () => {
  register = await openComparableRegister(2500);
  narrow = openDatabase({
    url: register.ownerUrl,
    max: CONNECTIONS,
    applicationName: 'narrow',
    statementTimeoutMs: 0,
    onError: () => {},
  });
});
afterAll(async () => {
  await narrow?.close();
  await register?.close();
});

it('as many runs at once as there are connections do not wait for each other', async () => {
  const runs = await Promise.all(Array.from({ length: CONNECTIONS }, () => askForRun(register)));
  await Promise.all(runs.map((run) => runComparison(narrow, run)));
  await expectOneResult(register, runs);
});

it('one run given to as many workers as there are connections leaves one result', async () => {
  const run = await askForRun(register);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => runComparison(narrow, run)));
  await expectOneResult(register, [run]);
});
