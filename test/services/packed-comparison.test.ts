import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareAtCutOff } from '../../src/services/comparisons/compare-at-cut-off.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { writeChunks } from '../../src/services/rankings/chunks.ts';
import type { ReadingWay } from '../../src/services/comparisons/read-category.ts';
import { joinOrganisation } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { insertMany } from '../support/many.ts';
import {
  askForRun,
  dropPacked,
  type ComparableRegister,
  expectOneResult,
  openComparableRegister,
  runOf,
} from '../support/runs.ts';

let register: ComparableRegister;
beforeAll(async () => {
  register = await openComparableRegister(900);
});
afterAll(() => register?.close());

/** Everything that a run stores, as texts. */
async function storedBy(run: string, way: ReadingWay) {
  const { list, citations, ...rest } = await compareAtCutOff(
    register.database,
    await runOf(register, run),
    undefined,
    way,
  );
  const { chunks } = writeChunks(list);
  const sorted = citations.toSorted((a, b) => (a.numberCompact < b.numberCompact ? -1 : 1));
  return JSON.stringify([chunks, sorted, rest]);
}

describe('a packed category', () => {
  it('comes to the same bytes as its documents, and so it does after more was logged', async () => {
    const run = await askForRun(register);
    const before = await storedBy(run, 'documents');
    expect(await storedBy(run, 'packed')).toBe(before);
    const another = await joinOrganisation(register, { kind: 'enterprise', name: '另一企业' });
    await insertMany(register, another, 300);
    const later = await askForRun(register);
    const documents = await storedBy(later, 'documents');
    expect(await storedBy(later, 'packed')).toBe(documents);
    expect(documents).not.toBe(before);
    // An earlier cut-off is still that, though more is packed by now.
    expect(await storedBy(run, 'packed')).toBe(before);
    expect(await packedLog()).toEqual(
      expect.arrayContaining([expect.objectContaining({ n: 0 }), expect.objectContaining({ n: 1 })]),
    );
  });

  it('may be dropped at any time: the next run packs it again', async () => {
    const run = await askForRun(register);
    const before = await storedBy(run, 'packed');
    await dropPacked(register);
    expect(await storedBy(run, 'packed')).toBe(before);
  });

  it('is packed once by many workers at a time', async () => {
    await dropPacked(register);
    const runs = await Promise.all([1, 2, 3].map(() => askForRun(register)));
    await Promise.all(runs.map((run) => runComparison(register.database, run)));
    await expectOneResult(register, runs);
    const packed = await packedLog();
    expect(packed).toHaveLength(1);
  });

  it('stops while it is packed, and leaves nothing behind', async () => {
    await dropPacked(register);
    const run = await runOf(register, await askForRun(register));
    const stop = new AbortController();
    stop.abort();
    await expect(compareAtCutOff(register.database, run, stop.signal, 'packed')).rejects.toThrow();
    expect(await packedLog()).toEqual([]);
  });
});

async function packedLog() {
  return withTestClient(register.ownerUrl, async (client) => {
    const { rows } = await client.query<{ n: number; count: number }>(
      'select n, count from packed_versions order by n',
    );
    return rows;
  });
}
