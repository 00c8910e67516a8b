import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/domain/canonical.ts';
import { comparison } from '../../../src/domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../../../src/domain/declarations/document.ts';
import { countValues, distributionsOf } from '../../../src/domain/rankings/distribution.ts';
import { compared, type ListSource, rank, rankOf, tierRankOf } from '../../../src/domain/rankings/list.ts';
import { readList, writeList } from '../../../src/domain/rankings/list-text.ts';
import type { Scheme } from '../../../src/domain/schemes/scheme.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

const none = '0'.repeat(64);
const source: ListSource = {
  body: null,
  logSize: 1,
  edition: null,
  previous: null,
  correction: null,
  inputs: { count: 0, sha256: none },
  premises: { sha256: none, mappings: none, decisions: [] },
  schemeSha256: none,
};

function listOf(by: Scheme, documents: readonly DeclarationDocument[]) {
  const compare = comparison(by);
  return rank(
    by,
    documents.map((one) => compared(one, one.id, compare(one))),
    source,
  );
}

function figuresOf(by: Scheme, documents: readonly DeclarationDocument[]) {
  const compare = comparison(by);
  return distributionsOf(
    by,
    countValues(
      by,
      documents.map((one) => compare(one).indicators),
    ),
  );
}

const bytes = (list: ReturnType<typeof listOf>) => [...writeList(list)].map(([, line]) => line).join('');
const three = scheme([indicator('a'), indicator('b'), indicator('c')]);
const of = (id: string, code: string, number: string, values: readonly string[]) =>
  document(
    values.map((value, i) => declared('abc'.charAt(i), '≥', value)),
    { id, code, number },
  );

describe('a ranking list', () => {
  const documentsOfList = [
    of('d4', 'B', 'Q/B 1-2026', ['70', '99', '99']),
    of('d1', 'B', 'Q/B 2-2026', ['95', '95', '95']),
    of('d3', 'C', 'Q/C 1-2026', ['50', '50', '50']),
    of('d2', 'A', 'Q/A 1-2026', ['90', '90', '90']),
    of('d5', 'D', 'Q/D 1-2026', ['40', '99', '99']),
    of('d6', 'E', 'Q/E 1-2026', ['99', '99']),
  ];
  const list = listOf(three, documentsOfList);
  it('ranks by grade alone: ties share a rank and the next skips (1, 1, 3)', () => {
    expect(list.entries.map(({ grade, declaration }) => [rankOf(list.head, grade), grade, declaration])).toEqual([
      [1, 1, 'd2'],
      [1, 1, 'd1'],
      [3, 2, 'd4'],
      [4, 3, 'd3'],
    ]);
  });
  it('shows everything that it leaves out, with the reason', () => {
    expect(
      list.excluded.map(({ declaration, excluded, grade }) => [declaration, excluded?.reason, excluded?.about, grade]),
    ).toEqual([
      ['d5', 'core-below-baseline', ['a'], null],
      ['d6', 'core-not-comparable', ['c'], null],
    ]);
  });
  it('counts tiers of each indicator, and places every row among them', () => {
    expect(list.head.indicators[0]).toMatchObject({
      code: 'a',
      tiers: [3, 1, 1],
      below: 1,
      ranked: true,
    });
    const summary = list.head.indicators[0];
    expect(list.entries.map(({ outcomes }) => summary && tierRankOf(summary, Number(outcomes[0])))).toEqual([
      1, 1, 4, 5,
    ]);
  });
  it('publishes no ranking of an indicator whose values are all equal', () => {
    const same = listOf(three, [
      of('d1', 'A', 'Q/A 1-2026', ['90', '90', '90']),
      of('d2', 'B', 'Q/B 1-2026', ['90', '80', '90']),
    ]);
    expect(same.head.indicators.map(({ ranked }) => ranked)).toEqual([false, true, false]);
    expect(same.head.indicators.map((summary) => tierRankOf(summary, 1))).toEqual([null, 1, null]);
  });
  it('is one JSON document of one row a line', () => {
    const written = bytes(list);
    expect(JSON.parse(written)).toMatchObject({
      head: { entries: 4, excluded: 2, overall: true },
      entries: [{}, {}, {}, {}],
      excluded: [{}, {}],
    });
    expect(written.split('\n').filter((line) => line.startsWith('["d'))).toHaveLength(6);
    expect(JSON.parse(bytes(listOf(three, [])))).toMatchObject({ entries: [], excluded: [], changes: [], left: [] });
  });
  it('is read back as it was written', () => expect(readList([bytes(list)])).toEqual(list));
  it('writes each row as its RFC 8785 text', () => {
    const rows = bytes(list)
      .split('\n')
      .filter((line) => line.startsWith('["d'))
      .map((line) => line.replace(/,$/u, ''));
    for (const row of rows) expect(row).toBe(canonicalJson(JSON.parse(row)));
  });
  it('has a histogram that counts each comparable value once', () => {
    const counted = figuresOf(three, [...documentsOfList]).map(({ bins }) =>
      bins.reduce((sum, bin) => sum + bin.count, 0),
    );
    expect(counted).toEqual([6, 6, 5]);
  });
  it('has bins that reach the advanced level wholly or not at all', () => {
    const by = scheme([
      indicator('a', { levels: [{ advanced: '87.5' }] }),
      indicator('b', { direction: 'lower', levels: [{ advanced: '87.5' }] }),
    ]);
    const values = ['60', '87.4', '87.5', '87.6', '99'];
    const documents = values.map((value, i) =>
      document([declared('a', '≥', value), declared('b', '≤', value)], { id: `d${i}`, number: `Q/A ${i}-2026` }),
    );
    const reaching = figuresOf(by, documents).map(({ bins }, i) =>
      bins.filter((bin) => (i === 0 ? bin.from >= 87.5 : bin.to <= 87.5)).reduce((sum, bin) => sum + bin.count, 0),
    );
    expect(reaching).toEqual([3, 3]);
  });
});

const value = fc.constantFrom('0', '49.99', '50', '69.9', '70', '70.0', '89.999', '90', '95', '100', null);
const declaration = fc.record({
  values: fc.tuple(value, value, value),
  code: fc.constantFrom('A', 'B', 'C'),
  serial: fc.nat(50),
});

describe('whatever is declared', () => {
  it('the order of the input never matters', () => {
    const rows = fc.array(declaration, { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(rows, fc.integer(), (given, seed) => {
        const documents = given.map((row, i) => build(row, `d${i}`));
        const shuffled = [...documents].sort((x, y) => hash(x.id, seed) - hash(y.id, seed));
        expect(bytes(listOf(three, shuffled))).toBe(bytes(listOf(three, documents)));
      }),
      { numRuns: 300 },
    );
  });
  it('better on one indicator never lowers the grade', () => {
    fc.assert(
      fc.property(declaration, fc.nat(2), fc.constantFrom('70', '90', '100'), (row, at, better) => {
        const before = row.values[at];
        fc.pre(before === null || before === undefined || Number(better) >= Number(before));
        const values = row.values.map((old, i) => (i === at ? better : old)) as typeof row.values;
        const [grade, improved] = [row, { ...row, values }].map((one) => comparison(three)(build(one, 'd')).grade ?? 9);
        expect(improved).toBeLessThanOrEqual(grade ?? 9);
      }),
      { numRuns: 2000 },
    );
  });
  it('nothing missing counts as zero: a gap never has a level', () => {
    fc.assert(
      fc.property(declaration, (row) => {
        comparison(three)(build(row, 'd')).indicators.forEach((result, i) => {
          if (row.values[i] === null) expect(result).toMatchObject({ outcome: 'not-comparable', value: null });
        });
      }),
    );
  });
  it('every declaration is listed or left out, once', () => {
    fc.assert(
      fc.property(fc.array(declaration, { maxLength: 20 }), (given) => {
        const list = listOf(
          three,
          given.map((row, i) => build(row, `d${i}`)),
        );
        const seen = [...list.entries, ...list.excluded].map((row) => row.declaration).sort();
        expect(seen).toEqual(given.map((_, i) => `d${i}`).sort());
      }),
    );
  });
});

function build(
  row: { values: readonly (string | null)[]; code: string; serial: number },
  id: string,
): DeclarationDocument {
  const indicators = row.values.flatMap((one, i) => (one === null ? [] : [declared('abc'.charAt(i), '≥', one)]));
  return document(indicators, { id, code: row.code, number: `Q/${row.code} ${row.serial}-2026` });
}

function hash(text: string, seed: number): number {
  return [...text].reduce((sum, character) => Math.imul(sum, 31) + character.charCodeAt(0), seed) | 0;
}
