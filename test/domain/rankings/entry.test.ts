import { describe, expect, it } from 'vitest';
import { comparer } from '../../../src/domain/comparisons/compare.ts';
import { readEntry } from '../../../src/domain/rankings/entry.ts';
import { declared, document, indicator, scheme } from '../comparisons/fixtures.ts';
import { listOf } from '../../support/random-lists.ts';

const by = scheme([indicator('a'), indicator('b'), indicator('c')]);
const one = document(
  ['a', 'b', 'c'].map((name) => declared(name, '≥', '75')),
  { id: 'd1' },
);
const { list } = listOf(by, JSON.stringify(by), [one]);
const { compare } = comparer(by);

describe('a row read together with its document', () => {
  const [row] = list.entries;
  if (!row) throw new Error('nothing is listed');
  it('shows what the document says, and its place', () =>
    expect(readEntry(list.head, row, one, compare)).toMatchObject({
      rank: 1,
      grade: 2,
      number: 'Q/A 1-2026',
      model: 'M1',
      indicators: [{ raw: '≥ 75 %', value: '75', outcome: 'average', tier: 2 }, {}, {}],
    }));
  it.each([
    ['another outcome', { ...row, outcomes: '122' }],
    ['another grade', { ...row, grade: 1 as const }],
  ])('is refused where the list says %s than the document gives: nothing is shown that was not declared', (_, wrong) =>
    expect(() => readEntry(list.head, wrong, one, compare)).toThrow(/compares to 222/u),
  );
});
