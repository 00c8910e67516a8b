import { describe, expect, it } from 'vitest';
import { declared, document, indicator, scheme } from '../comparisons/fixtures.ts';
import { checkRandomLists, kitOf, listOf, verdictOf } from '../../support/random-lists.ts';

describe('lists of random schemes and declarations', () => {
  // 10,000 of them in the long run.
  it('order never matters, better never lowers, kits recompute to the same bytes, schemes round-trip', () => {
    checkRandomLists(500);
  }, 120_000);
});

describe('a kit', () => {
  const by = scheme([indicator('a'), indicator('b'), indicator('c')]);
  const text = JSON.stringify(by);
  const documents = ['95', '75'].map((value, i) =>
    document(
      ['a', 'b', 'c'].map((name) => declared(name, '≥', value)),
      { id: `d${i}`, number: `Q/A ${i}-2026` },
    ),
  );
  const { bytes, inputs } = listOf(by, text, documents);
  const kit = kitOf(text, bytes, inputs);
  const failing = (lines: readonly string[]) =>
    verdictOf(lines)
      .checks.filter(({ holds }) => !holds)
      .map(({ name }) => name);

  it('of a published edition holds', () => expect(failing(kit)).toEqual([]));
  it.each([
    ['a changed grade', bytes.replace(',1,"111"', ',2,"111"'), ['list', 'recomputed']],
    ['a removed row', bytes.replace(/\["d0".*\n/u, ''), ['list', 'recomputed']],
    ['another order of rows', bytes.replace(/(\["d0".*),\n(\["d1".*)\n/u, '$2,\n$1\n'), ['list', 'recomputed']],
    ['another engine', bytes.replace('lingpao-comparison/2', 'lingpao-comparison/9'), ['engine', 'list', 'recomputed']],
  ])('is refuted by %s, with the first line that differs', (_, changed, names) => {
    const lines = kit.map((line) => (line.startsWith('{"published"') ? JSON.stringify({ published: changed }) : line));
    expect(failing(lines)).toEqual(names);
    const { difference } = verdictOf(lines);
    expect(difference?.published).not.toBe(difference?.recomputed);
    expect(changed.split('\n')[(difference?.line ?? 0) - 1] ?? null).toBe(difference?.published);
  });
  it('is refuted by a declaration that is another than the listed one', () => {
    const lines = kit.map((line) => line.replace('≥ 95', '≥ 96'));
    expect(failing(lines)).toEqual(['inputs', 'recomputed']);
  });
  it('is refuted by another scheme', () => {
    const lines = kit.map((line) => line.replace('\\"advanced\\":\\"90\\"', '\\"advanced\\":\\"96\\"'));
    expect(failing(lines)).toContain('scheme');
  });
  it('is refuted by other premises than those that the list names', () => {
    const mapping = JSON.stringify({ as: 'a', name: 'x', on: '2026-01-01', reason: '' });
    const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
    const lines = kit.map((line) => line.replace(quoted('"mappings":[]'), quoted(`"mappings":[${mapping}]`)));
    expect(lines).not.toEqual(kit);
    expect(failing(lines)).toEqual(['premises', 'recomputed']);
  });
  it.each([
    ['no JSON', ['{']],
    ['something else', ['{"list":1}']],
    ['declarations before the scheme', kit.toReversed()],
    ['nothing', []],
  ])('that is none is told so: %s', (_, lines) => expect(() => verdictOf(lines)).toThrow(/kit|line/u));
});
