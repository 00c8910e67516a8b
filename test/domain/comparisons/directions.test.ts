import { describe, expect, it } from 'vitest';
import { comparison } from '../../../src/domain/comparisons/compare.ts';
import { NO_PREMISES } from '../../../src/domain/comparisons/premises.ts';
import type { DeclaredIndicator } from '../../../src/domain/declarations/content.ts';
import { checkScheme } from '../../../src/domain/schemes/check-scheme.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

type Given = NonNullable<Parameters<typeof indicator>[1]>;
const one = (
  given: Given,
  rows: readonly DeclaredIndicator[],
  parameters: { name: string; value: string; unit?: string }[] = [],
) => {
  const by = scheme([indicator('a', given)]);
  expect(checkScheme(by)).toEqual([]);
  return comparison(by)(document(rows, { parameters })).indicators[0];
};
const range: Given = {
  direction: 'range',
  unit: 'K',
  levels: [{ advanced: '19～21', average: '15～25', baseline: '10～30' }],
};
const target: Given = { direction: 'target', unit: 'K', target: '50', levels: [{ advanced: '0.5', average: '2' }] };
const words: Given = {
  direction: 'ordered-text',
  unit: '1',
  order: ['A+++', 'A++', 'A+', 'A'],
  levels: [{ advanced: 'A+++', average: 'A++', baseline: 'A' }],
};

describe('range: the whole declared interval lies in the level’s', () => {
  it.each([
    ['=', '20', null, 'advanced', '20'],
    ['~', '19', '21', 'advanced', '19～21'],
    ['~', '19', '21.01', 'average', '19～21.01'],
    ['±', '20', '5', 'average', '15～25'],
    ['=', '31', null, 'below', '31'],
  ] as const)('%s %s %s is %s', (comparator, value, second, outcome, shown) =>
    expect(one(range, [declared('a', comparator, value, { second, unit: 'K' })])).toMatchObject({
      outcome,
      value: shown,
    }),
  );
  it.each(['≥', '≤'] as const)('%s leaves the other end open and is not comparable', (comparator) =>
    expect(one(range, [declared('a', comparator, '20', { unit: 'K' })])).toMatchObject({ reason: 'bound-opposite' }),
  );
});

describe('target: as far from it as is still allowed', () => {
  it.each([
    ['=', '50.5', null, 'advanced'],
    ['=', '49.5', null, 'advanced'],
    ['=', '50.51', null, 'average'],
    ['±', '50', '0.5', 'advanced'],
    ['±', '50.4', '0.2', 'average'],
    ['~', '47', '50', 'below'],
  ] as const)('%s %s %s is %s', (comparator, value, second, outcome) =>
    expect(one(target, [declared('a', comparator, value, { second, unit: 'K' })])).toMatchObject({ outcome }),
  );
});

describe('ordered text: a word of the list, exactly', () => {
  it.each([
    ['A+++', 'advanced'],
    ['a++', 'average'],
    ['A', 'baseline'],
    ['A+', 'baseline'],
  ])('%s is %s', (value, outcome) =>
    expect(one(words, [declared('a', 'text', value, { unit: '' })])).toMatchObject({ outcome }),
  );
  it('a word that is not in it is not guessed', () =>
    expect(one(words, [declared('a', 'text', 'A 级以上', { unit: '' })])).toMatchObject({ reason: 'word-unknown' }));
});

describe('how ranges and tolerances are read is the scheme’s rule', () => {
  const lower: Given = { direction: 'lower', unit: '%', levels: [{ advanced: '0.32' }] };
  const tolerance = declared('a', '±', '0.3', { second: '0.02' });
  it.each([
    [undefined, '0.32', 'advanced'],
    ['worst', '0.32', 'advanced'],
    ['nominal', '0.3', 'advanced'],
  ] as const)('0.3±0.02 read as %s is %s', (rule, value, outcome) =>
    expect(one({ ...lower, ...(rule ? { tolerance: rule } : {}) }, [tolerance])).toMatchObject({ value, outcome }),
  );
  it('may be refused', () => {
    expect(one({ ...lower, tolerance: 'refuse' }, [tolerance])).toMatchObject({ reason: 'tolerance-refused' });
    expect(one({ ...lower, range: 'refuse' }, [declared('a', '~', '0.1', { second: '0.2' })])).toMatchObject({
      reason: 'range-refused',
    });
  });
});

describe('a pair rule takes the greater or the smaller of two (GB 20665: η1 and η2)', () => {
  const rows = (first: string, second?: string) => [
    declared('额定热负荷热效率', '≥', first),
    ...(second ? [declared('部分热负荷热效率', '≥', second)] : []),
  ];
  const of = [['额定热负荷热效率'], ['部分热负荷热效率']];
  const eta = (take: 'greater' | 'smaller', given: readonly DeclaredIndicator[]) =>
    one({ pair: { take, of }, levels: [{ advanced: '98', average: '89', baseline: '86' }] }, given);
  it.each([
    ['greater', '98', '94', '98', 'advanced'],
    ['greater', '94', '98', '98', 'advanced'],
    ['smaller', '98', '88', '88', 'baseline'],
    ['smaller', '88', '98', '88', 'baseline'],
  ] as const)('%s of %s and %s is %s, %s', (take, first, second, value, outcome) =>
    expect(eta(take, rows(first, second))).toMatchObject({ value, outcome }),
  );
  it('across units, exactly', () =>
    expect(
      eta('smaller', [
        declared('额定热负荷热效率', '≥', '98'),
        declared('部分热负荷热效率', '≥', '0.89', { unit: '1' }),
      ]),
    ).toMatchObject({
      value: '89',
      outcome: 'average',
    }));
  it('one of the two alone is not comparable', () =>
    expect(eta('greater', rows('99'))).toMatchObject({ reason: 'pair-incomplete' }));
  it('declared under its own name it needs no pair', () =>
    expect(eta('greater', [declared('a', '≥', '98')])).toMatchObject({ outcome: 'advanced' }));
});

describe('rows of one name', () => {
  const rows = [declared('a', '≥', '95'), declared('a', '≥', '60')];
  it('are not comparable, rather than one of them being taken', () =>
    expect(one({}, rows)).toMatchObject({ reason: 'declared-twice' }));
  it('count as the worst where the scheme says so: the lowest burner decides (GB 30720)', () => {
    expect(one({ repeated: 'worst' }, rows)).toMatchObject({ value: '60', outcome: 'baseline' });
    expect(one({ repeated: 'worst' }, rows.toReversed())).toMatchObject({ value: '60', outcome: 'baseline' });
    expect(
      one(
        { repeated: 'worst', direction: 'lower', levels: [{ advanced: '60', average: '95' }] },
        rows.map((row) => ({ ...row, comparator: '≤' as const })),
      ),
    ).toMatchObject({ value: '95', outcome: 'average' });
  });
  it('one of which cannot be compared cannot be compared', () =>
    expect(one({ repeated: 'worst' }, [...rows, declared('a', '≤', '50')])).toMatchObject({
      reason: 'bound-opposite',
    }));
});

describe('the test method and its conditions', () => {
  const strict = {
    testMethods: ['GB/T 7725'],
    testConditions: [{ parameter: '水温', operator: 'lte', value: '20', unit: '℃' }],
  } as const;
  const by = (testMethod: string, parameters = [{ name: '水温', value: '20', unit: '℃' }]) =>
    one(
      { ...strict, testMethods: [...strict.testMethods], testConditions: [...strict.testConditions] },
      [declared('a', '≥', '95', { testMethod })],
      parameters,
    );
  it.each([
    ['GB/T 7725-2022', 'advanced'],
    ['按 GB/T7725—2022 附录 A', 'advanced'],
    ['GB/T 77250-2022', 'not-comparable'],
    ['DB/GB/T 7725', 'not-comparable'],
    ['', 'not-comparable'],
  ])('“%s” is %s', (method, outcome) => expect(by(method)).toMatchObject({ outcome }));
  it('a condition that is not stated, or another, makes it incomparable', () => {
    expect(by('GB/T 7725-2022', [])).toMatchObject({ reason: 'test-condition-missing' });
    expect(by('GB/T 7725-2022', [{ name: '水温', value: '21', unit: '℃' }])).toMatchObject({
      reason: 'test-condition-other',
    });
  });
});

describe('names', () => {
  const named = scheme([indicator('n', { name: { zh: '噪声', en: 'Noise' } })]);
  const premises = {
    ...NO_PREMISES,
    mappings: [{ name: '噪声功率级', as: '噪声', reason: '同一试验', on: '2026-01-01' }],
  };
  const outcome = (name: string, given = premises) =>
    comparison(named, given)(document([declared(name, '≥', '90')])).indicators[0]?.outcome;
  it('are read as the analysts mapped them, after folding', () =>
    expect([
      outcome('噪声功率级'),
      outcome('噪声功率级 '),
      outcome('噪声功率级', NO_PREMISES),
      outcome('声功率'),
    ]).toEqual(['advanced', 'advanced', 'not-comparable', 'not-comparable']));
  it('that a mapping brings twice are not comparable', () =>
    expect(
      comparison(named, premises)(document([declared('噪声', '≥', '90'), declared('噪声功率级', '≥', '95')]))
        .indicators[0],
    ).toMatchObject({ reason: 'declared-twice' }));
});

describe('a scheme', () => {
  it.each([
    [
      'a range whose ends are swapped',
      indicator('a', { direction: 'range', levels: [{ advanced: '21～19' }] }),
      '/indicators/0/levels/0/advanced',
    ],
    [
      'a wider level before a narrower',
      indicator('a', { direction: 'range', levels: [{ advanced: '10～30', average: '19～21' }] }),
      '/indicators/0/levels/0/average',
    ],
    [
      'a target without its value',
      indicator('a', { direction: 'target', levels: [{ advanced: '1' }] }),
      '/indicators/0/target',
    ],
    [
      'a deviation below zero',
      indicator('a', { direction: 'target', target: '5', levels: [{ advanced: '-1' }] }),
      '/indicators/0/levels/0/advanced',
    ],
    [
      'words without their order',
      indicator('a', { direction: 'ordered-text', levels: [{ advanced: 'A' }] }),
      '/indicators/0/order',
    ],
    [
      'a word that is not in the order',
      indicator('a', { direction: 'ordered-text', order: ['A', 'B'], levels: [{ advanced: 'C' }] }),
      '/indicators/0/levels/0/advanced',
    ],
    [
      'a pair of words',
      indicator('a', {
        direction: 'yes-no',
        pair: { take: 'greater', of: [['x'], ['y']] },
        levels: [{ advanced: '是' }],
      }),
      '/indicators/0/pair',
    ],
    ['a weight where there is no score', indicator('a', { weight: 3 }), '/indicators/0/weight'],
    ['points without a score', indicator('a', { bonus: 3 }), '/indicators/0/bonus'],
    [
      'a lower tier that is not easier',
      indicator('a', { levels: [{ advanced: '9', baseline: '5', lower: [{ name: '4级', threshold: '5' }] }] }),
      '/indicators/0/levels/0/lower/0/threshold',
    ],
  ])('with %s is refused there', (_, wrong, at) =>
    expect(checkScheme(scheme([wrong])).map((fault) => fault.at)).toContain(at),
  );
  it.each([
    ['names shared by two indicators', [indicator('a'), indicator('b', { aliases: ['a'] })], {}, '/indicators/1/name'],
    [
      'more innovation asked for than there is',
      [indicator('a')],
      { innovation: [{ grade: 1, atLeast: 1, level: 'average' }] },
      '/innovation/0/atLeast',
    ],
    [
      'a weighted score without points',
      [indicator('a'), indicator('b'), indicator('c')],
      { method: 'weighted-score' },
      '/scoring',
    ],
    [
      'points for the weakest-core method',
      [indicator('a')],
      { scoring: { points: { advanced: 5, average: 4, baseline: 3 }, grades: { 1: '5', 2: '4', 3: '3' } } },
      '/scoring',
    ],
    [
      'grades that do not fall',
      [indicator('a'), indicator('b'), indicator('c')],
      {
        method: 'stars',
        scoring: { points: { advanced: 5, average: 5, baseline: 3 }, grades: { 1: '5', 2: '5', 3: '3' } },
      },
      '/scoring/points',
    ],
    ['a validity that ends before it begins', [indicator('a')], { validTo: '2025-01-01' }, '/validTo'],
  ] as const)('with %s is refused there', (_, indicators, changed, at) =>
    expect(
      checkScheme(scheme([...indicators], changed as Parameters<typeof scheme>[1])).map((fault) => fault.at),
    ).toContain(at),
  );
});
