import { describe, expect, it } from 'vitest';
import { comparer, comparison } from '../../../src/domain/comparisons/compare.ts';
import { NO_PREMISES } from '../../../src/domain/comparisons/premises.ts';
import type { DeclaredIndicator } from '../../../src/domain/declarations/content.ts';
import { compared, DISPLAY_ORDER, rank, rankOf, tierRankOf } from '../../../src/domain/rankings/list.ts';
import { checkScheme } from '../../../src/domain/schemes/check-scheme.ts';
import { hasOverallGrade, type Scheme } from '../../../src/domain/schemes/scheme.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

// The confirmed rules of the evaluation method (DOMAIN 4.1) and what a naive design gets wrong (DOMAIN 7.1), by number.

const cores = [indicator('a'), indicator('b'), indicator('c')];
const three = scheme(cores);
const all = (value: string, names = ['a', 'b', 'c']) => names.map((name) => declared(name, '≥', value));
const none = '0'.repeat(64);
const listOf = (
  by: Scheme,
  rows: readonly (readonly [id: string, code: string, declared: readonly DeclaredIndicator[]])[],
) => {
  const { compare } = comparer(by);
  return rank(
    by,
    rows.map(([id, code, indicators]) => {
      const one = document(indicators, { id, code, number: `Q/${code} 1-2026` });
      return compared(one, none, compare(one));
    }),
    {
      body: null,
      logSize: 1,
      edition: null,
      previous: null,
      correction: null,
      inputs: { count: rows.length, sha256: none },
      premises: { sha256: none, mappings: none, decisions: [] },
      schemeSha256: none,
    },
  );
};

describe('DOMAIN 4.1 (1): different varieties have different indicators, so the variety is fixed first', () => {
  const hob = scheme([
    indicator('table', {
      name: { zh: '热效率', en: 'x' },
      appliesWhen: [{ parameter: '型式', operator: 'in', values: ['台式'] }],
      levels: [{ advanced: '66' }],
    }),
    indicator('built-in', {
      name: { zh: '热效率', en: 'y' },
      appliesWhen: [{ parameter: '型式', operator: 'in', values: ['嵌入式'] }],
      levels: [{ advanced: '63' }],
    }),
  ]);
  const outcomes = (value?: string) =>
    comparison(hob)(
      document([declared('热效率', '≥', '64')], value ? { parameters: [{ name: '型式', value }] } : {}),
    ).indicators.map(({ outcome }) => outcome);
  it('one declared name means the indicator of the variety', () => {
    expect(checkScheme(hob)).toEqual([]);
    expect([outcomes('台式'), outcomes('嵌入式')]).toEqual([
      ['below', 'not-applicable'],
      ['not-applicable', 'advanced'],
    ]);
  });
  it('an undeclared variety is not guessed', () => expect(outcomes()).toEqual(['not-comparable', 'not-comparable']));
});

describe('DOMAIN 4.1 (2): an overall list needs at least three core indicators, and only they grade', () => {
  it.each([
    [2, 3, false],
    [3, 0, true],
  ])('%s core and %s innovation indicators: overall %s', (core, innovation, overall) => {
    const given = [
      ...cores.slice(0, core),
      ...['x', 'y', 'z'].slice(0, innovation).map((code) => indicator(code, { kind: 'innovation' })),
    ];
    expect(hasOverallGrade(scheme(given))).toBe(overall);
  });
  it('a method with points cannot be chosen with fewer', () =>
    expect(checkScheme(scheme(cores.slice(0, 2), { method: 'stars' }))).toMatchObject([{ at: '/method' }]));
  it('a basic indicator is met or not, and grades nothing', () => {
    const by = comparison(scheme([...cores, indicator('x', { kind: 'basic', levels: [{ advanced: '10' }] })]));
    const grade = (x: string) => by(document([...all('95'), declared('x', '≥', x)]));
    expect([grade('10').grade, grade('99').grade, grade('9').excluded?.reason]).toEqual([1, 1, 'basic-not-met']);
  });
});

describe('DOMAIN 4.1 (3): a standard that is not regular, or cites what is not in force, stands in no tier and on no list', () => {
  const premises = { ...NO_PREMISES, standards: [{ number: 'GB/T1-2020', on: '2026-05-01', by: ['GB/T1-2026'] }] };
  it('is left out whole, with the standard that it cites', () => {
    const result = comparison(three, premises)(document(all('95')));
    expect(result).toMatchObject({ grade: null, excluded: { reason: 'standard-not-in-force', about: ['GB/T1-2020'] } });
  });
  it('counts in no tier of any indicator', () => {
    const { compare } = comparer(three, premises);
    const one = document(all('95'));
    const row = compared(one, none, compare(one));
    const list = rank(three, [row], {
      body: null,
      logSize: 1,
      edition: null,
      previous: null,
      correction: null,
      inputs: { count: 1, sha256: none },
      premises: { sha256: none, mappings: none, decisions: [] },
      schemeSha256: none,
    });
    expect(list.excluded[0]?.outcomes).toBe('!!!');
    expect(list.head.indicators.map(({ tiers }) => tiers)).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
  it('while the edition that it cites is in force, it is compared', () =>
    expect(comparison(three)(document(all('95'))).grade).toBe(1));
});

describe('DOMAIN 4.1 (4): the values of one indicator stand in tiers', () => {
  it('none of which is below what the national or sector standard asks for', () => {
    const floor = { threshold: '60', standard: 'GB 21455-2019' };
    const at = (baseline: string) =>
      checkScheme(scheme([indicator('a', { levels: [{ advanced: '90', average: '70', baseline, floor }] })])).map(
        ({ at: where }) => where,
      );
    expect([at('60'), at('59.9')]).toEqual([[], ['/indicators/0/levels/0/baseline']]);
  });
  it('also tiers under the baseline: five grades of one standard', () => {
    const five = scheme([
      indicator('a', {
        levels: [
          {
            advanced: '5',
            average: '4.5',
            baseline: '4',
            lower: [
              { name: '4级', threshold: '3.5' },
              { name: '5级', threshold: '3.3' },
            ],
          },
        ],
      }),
    ]);
    const tier = (value: string) => comparison(five)(document([declared('a', '≥', value)])).indicators[0];
    expect(['5', '4.99', '4', '3.5', '3.3', '3.29'].map((value) => tier(value)?.tier)).toEqual([
      1,
      2,
      3,
      4,
      5,
      undefined,
    ]);
    expect(tier('3.4')).toMatchObject({ outcome: 'lower-tier', tier: 5 });
  });
  it('inside a tier the order carries no meaning: all share one place', () => {
    const list = listOf(three, [
      ['x', 'B', all('99')],
      ['y', 'A', all('90')],
      ['z', 'C', all('75')],
    ]);
    const [summary] = list.head.indicators;
    expect(summary && [1, 1, 2].map((tier) => tierRankOf(summary, tier))).toEqual([1, 1, 3]);
    expect(list.entries.map(({ declaration }) => declaration)).toEqual(['y', 'x', 'z']);
  });
  it('and no ranking of an indicator is published when all values are equal, however they are written', () => {
    const list = listOf(three, [
      ['x', 'A', all('90')],
      ['y', 'B', all('90.0')],
    ]);
    expect(list.head.indicators.map(({ ranked }) => ranked)).toEqual([false, false, false]);
    const other = listOf(three, [
      ['x', 'A', all('90')],
      ['y', 'B', all('90.1')],
    ]);
    expect(other.head.indicators.map(({ ranked }) => ranked)).toEqual([true, true, true]);
  });
});

describe('DOMAIN 4.1 (5): the overall result by stars or by weighted score', () => {
  const stars = comparison(
    scheme(cores, {
      method: 'stars',
      scoring: { points: { advanced: 5, average: 4, baseline: 3 }, grades: { 1: '5', 2: '4', 3: '3' } },
    }),
  );
  const values = (...given: readonly string[]) =>
    document(given.map((value, i) => declared('abc'.charAt(i), '≥', value)));
  it.each([
    [['95', '95', '95'], 1, '5.00'],
    [['95', '75', '55'], 2, '4.00'],
    // 4.666…: shown rounded down, compared without rounding.
    [['95', '95', '75'], 2, '4.66'],
    [['55', '55', '75'], 3, '3.33'],
  ])('stars of %s: grade %s with %s', (given, grade, score) =>
    expect(stars(values(...given))).toMatchObject({ grade, score }),
  );
  it('a missing or too low core indicator leaves no grade, however good the others', () => {
    expect(stars(values('99', '99'))).toMatchObject({
      grade: null,
      score: null,
      excluded: { reason: 'core-not-comparable' },
    });
    expect(stars(values('99', '99', '1'))).toMatchObject({ grade: null, excluded: { reason: 'core-below-baseline' } });
  });
  const weighted = (bonus?: number) =>
    comparison(
      scheme(
        [
          ...cores.map((one, i) => ({ ...one, weight: [50, 30, 20][i] ?? 1 })),
          indicator('x', { kind: 'innovation', ...(bonus ? { bonus } : {}) }),
        ],
        {
          method: 'weighted-score',
          scoring: { points: { advanced: 100, average: 80, baseline: 60 }, grades: { 1: '90', 2: '75', 3: '60' } },
        },
      ),
    );
  it.each([
    [['95', '75', '95'], 1, '94.00'],
    [['75', '95', '95'], 1, '90.00'],
    [['75', '75', '95'], 2, '84.00'],
    [['55', '55', '55'], 3, '60.00'],
  ])('weighted score of %s: grade %s with %s', (given, grade, score) =>
    expect(weighted()(values(...given))).toMatchObject({ grade, score }),
  );
  it('an innovation indicator adds its points, and lifts no missing core indicator', () => {
    const with6 = weighted(6);
    expect(with6(document([...values('75', '75', '95').content.indicators, declared('x', '≥', '95')]))).toMatchObject({
      grade: 1,
      score: '90.00',
    });
    expect(
      with6(document([declared('a', '≥', '99'), declared('b', '≥', '99'), declared('x', '≥', '99')])).grade,
    ).toBeNull();
  });
});

describe('DOMAIN 4.1 (7): lists are unordered', () => {
  it('and say so: rank by grade alone, rows in a neutral order that is named', () => {
    const list = listOf(three, [
      ['x', 'C', all('99')],
      ['y', 'A', all('90')],
      ['z', 'B', all('95')],
    ]);
    expect(list.head.order).toBe(DISPLAY_ORDER);
    expect(list.entries.map(({ declaration, grade }) => [declaration, rankOf(list.head, grade)])).toEqual([
      ['y', 1],
      ['z', 1],
      ['x', 1],
    ]);
  });
  it.each([
    ['competition', [1, 1, 3]],
    ['dense', [1, 1, 2]],
  ] as const)('ties share a rank, and the next is that of the scheme: %s', (ties, ranks) => {
    const list = listOf({ ...three, ties }, [
      ['x', 'A', all('95')],
      ['y', 'B', all('95')],
      ['z', 'C', all('75')],
    ]);
    expect(list.entries.map(({ grade }) => rankOf(list.head, grade))).toEqual(ranks);
  });
});

describe('DOMAIN 4.1 (8): results are formed by the scheme’s own rules, grade three or better is listed', () => {
  it('a scheme may list only better grades', () => {
    const strict = comparison(scheme(cores, { listed: 2 }));
    expect(strict(document(all('55')))).toMatchObject({ grade: 3, excluded: { reason: 'grade-not-listed' } });
    expect(strict(document(all('75'))).excluded).toBeNull();
  });
  it('innovation: at least n of m for a grade, else the next worse', () => {
    const by = comparison(
      scheme(
        [...cores, ...['x', 'y', 'z'].map((code) => indicator(code, { kind: 'innovation', missing: 'show-only' }))],
        {
          innovation: [{ grade: 1, atLeast: 2, level: 'average' }],
        },
      ),
    );
    const grade = (...innovations: readonly string[]) =>
      by(document([...all('95'), ...innovations.map((value, i) => declared('xyz'.charAt(i), '≥', value))])).grade;
    expect([grade(), grade('99'), grade('75', '99'), grade('55', '99')]).toEqual([2, 2, 1, 2]);
  });
  it('innovation for the last grade leaves off the list', () => {
    const by = comparison(
      scheme([...cores, indicator('x', { kind: 'innovation' })], {
        innovation: [{ grade: 3, atLeast: 1, level: 'baseline' }],
      }),
    );
    expect(by(document(all('95')))).toMatchObject({
      grade: null,
      excluded: { reason: 'innovation-too-few', about: ['x'] },
    });
  });
});

describe('DOMAIN 7.1 (6): tiers per indicator and the overall list are different outputs', () => {
  it('a declaration without a grade still stands in the tiers of what it declares', () => {
    const list = listOf(three, [
      ['x', 'A', all('95', ['a', 'b'])],
      ['y', 'B', all('75')],
    ]);
    expect(list.entries.map(({ declaration }) => declaration)).toEqual(['y']);
    expect(list.excluded[0]).toMatchObject({ declaration: 'x', grade: null, outcomes: '11n' });
    expect(list.head.indicators[0]?.tiers).toEqual([1, 1, 0]);
  });
});

describe('DOMAIN 7.1 (7): the grade is that of the weakest core indicator, never an average', () => {
  it.each([
    [['99', '99', '55'], 3],
    [['90', '90', '89.9'], 2],
    [['90', '90', '90'], 1],
  ])('%s is grade %s', (given, grade) =>
    expect(comparison(three)(document(given.map((value, i) => declared('abc'.charAt(i), '≥', value)))).grade).toBe(
      grade,
    ),
  );
});
