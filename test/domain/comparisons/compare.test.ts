import { describe, expect, it } from 'vitest';
import { comparison } from '../../../src/domain/comparisons/compare.ts';
import { checkScheme } from '../../../src/domain/schemes/check-scheme.ts';
import { hasOverallGrade } from '../../../src/domain/schemes/scheme.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

const three = scheme([
  indicator('a'),
  indicator('b'),
  indicator('c', {
    direction: 'lower',
    unit: 'dB(A)',
    plausible: { min: '20' },
    levels: [{ advanced: '50', average: '60', baseline: '65' }],
  }),
]);
const compare = comparison(three);
const rows = (a: string, b: string, c: string) => [
  declared('a', '≥', a),
  declared('b', '≥', b),
  declared('c', '≤', c, { unit: 'dB(A)' }),
];

describe('an overall grade', () => {
  it.each([
    ['90', '90', '50', 1],
    ['90', '89.999', '50', 2],
    ['90', '90', '50.0000000001', 2],
    ['70', '95', '45', 2],
    ['50', '100', '40', 3],
    ['99', '50', '65', 3],
  ] as const)('of %s, %s and %s is %s: that of the weakest core indicator', (a, b, c, grade) => {
    expect(compare(document(rows(a, b, c)))).toMatchObject({ grade, excluded: null });
  });
  it('is none below the baseline, and says which indicator', () => {
    expect(compare(document(rows('90', '49.9', '50')))).toMatchObject({
      grade: null,
      excluded: { reason: 'core-below-baseline', about: ['b'] },
    });
  });
  it('is none when a core indicator is not declared: never worst, never zero', () => {
    const result = compare(document(rows('90', '90', '50').slice(0, 2)));
    expect(result).toMatchObject({ grade: null, excluded: { reason: 'core-not-comparable', about: ['c'] } });
    expect(result.indicators[2]).toEqual({
      code: 'c',
      raw: null,
      value: null,
      outcome: 'not-comparable',
      reason: 'not-declared',
    });
  });
  it('is none for 0 dB, which is outside the plausible range and is shown, never first', () => {
    expect(compare(document(rows('90', '90', '0')))).toMatchObject({
      grade: null,
      indicators: [{}, {}, { raw: '≤ 0 dB(A)', reason: 'implausible' }],
    });
  });
  it('is not given by fewer than three core indicators', () => {
    const two = scheme([indicator('a'), indicator('b'), indicator('x', { kind: 'innovation' })]);
    expect(hasOverallGrade(two)).toBe(false);
    expect(comparison(two)(document(rows('90', '90', '50')))).toMatchObject({
      grade: null,
      excluded: null,
      indicators: [{ outcome: 'advanced' }, { outcome: 'advanced' }, {}],
    });
  });
  it('is never lifted by an innovation indicator, and never lowered by a missing one', () => {
    const innovative = scheme([...three.indicators, indicator('x', { kind: 'innovation', missing: 'show-only' })]);
    const grade = (x: readonly ReturnType<typeof declared>[]) =>
      comparison(innovative)(document([...rows('90', '70', '50'), ...x])).grade;
    expect([grade([]), grade([declared('x', '≥', '99')]), grade([declared('x', '≥', '1')])]).toEqual([2, 2, 2]);
  });
  it('needs the basic indicators to be met', () => {
    const basic = scheme([...three.indicators, indicator('x', { kind: 'basic', levels: [{ advanced: '10' }] })]);
    const excluded = (x: readonly ReturnType<typeof declared>[]) =>
      comparison(basic)(document([...rows('90', '90', '50'), ...x])).excluded?.reason;
    expect([excluded([declared('x', '≥', '10')]), excluded([declared('x', '≥', '9')]), excluded([])]).toEqual([
      undefined,
      'basic-not-met',
      'basic-not-comparable',
    ]);
  });
});

describe('a declared requirement counts for the worst value that it still allows', () => {
  const one = (direction: 'higher' | 'lower', row: ReturnType<typeof declared>) =>
    comparison(scheme([indicator('a', { direction })]))(document([row])).indicators[0];
  it.each([
    ['higher', '≥', '90', null, '90'],
    ['higher', '>', '90', null, '90'],
    ['higher', '=', '90', null, '90'],
    ['higher', '~', '60', '95', '60'],
    ['higher', '±', '92', '3', '89'],
    ['lower', '≤', '90', null, '90'],
    ['lower', '~', '60', '95', '95'],
    ['lower', '±', '92', '3', '95'],
  ] as const)('%s is better, %s %s %s is %s', (direction, comparator, value, second, fact) => {
    expect(one(direction, declared('a', comparator, value, { second }))).toMatchObject({ value: fact });
  });
  it.each([
    ['higher', '≤'],
    ['lower', '≥'],
  ] as const)('where %s is better, %s guarantees nothing', (direction, comparator) => {
    expect(one(direction, declared('a', comparator, '90'))).toMatchObject({
      outcome: 'not-comparable',
      reason: 'bound-opposite',
    });
  });
  it('keeps its own digits', () =>
    expect(one('higher', declared('a', '≥', '90.00'))).toMatchObject({ value: '90.00' }));
  it('is converted exactly', () =>
    expect(one('higher', declared('a', '≥', '0.9', { unit: '1' }))).toMatchObject({
      value: '90',
      outcome: 'advanced',
    }));
  it('of −32 % stays −32', () => {
    const saving = scheme([indicator('a', { levels: [{ advanced: '20', average: '10', baseline: '0' }] })]);
    expect(comparison(saving)(document([declared('a', '≥', '-32')])).indicators[0]).toMatchObject({
      value: '-32',
      outcome: 'below',
    });
  });
  it.each([
    ['unit-other-dimension', declared('a', '≥', '90', { unit: 'dB(A)' })],
    ['words-not-number', declared('a', 'text', '符合 GB 1', { unit: '' })],
  ])('is not comparable: %s', (reason, row) =>
    expect(one('higher', row)).toMatchObject({ outcome: 'not-comparable', reason }),
  );
  it('is refused when its test method is not among the accepted', () => {
    const strict = scheme([indicator('a', { testMethods: ['GB/T 18801-2022'] })]);
    const by = (testMethod: string) =>
      comparison(strict)(document([declared('a', '≥', '90', { testMethod })])).indicators[0]?.outcome;
    expect([by('GB/T18801-2022'), by('gb/t 18801-2022 附录 A'), by('Q/X 1-2020')]).toEqual([
      'advanced',
      'advanced',
      'not-comparable',
    ]);
  });
  it('is found by name, English name or alias, and never guessed', () => {
    const named = comparison(scheme([indicator('n', { name: { zh: '噪声', en: 'Noise' }, aliases: ['噪音'] })]));
    const found = (name: string) => named(document([declared(name, '≥', '90')])).indicators[0]?.outcome;
    expect(['噪声', 'noise', '噪音', '噪声功率'].map(found)).toEqual([
      'advanced',
      'advanced',
      'advanced',
      'not-comparable',
    ]);
  });
  it('of yes or no is compared in words', () => {
    const yes = comparison(scheme([indicator('w', { direction: 'yes-no', unit: '1', levels: [{ advanced: '是' }] })]));
    const outcome = (value: string) =>
      yes(document([declared('w', 'text', value, { unit: '' })])).indicators[0]?.outcome;
    expect([outcome('是'), outcome('No'), outcome('也许')]).toEqual(['advanced', 'below', 'not-comparable']);
  });
});

describe('thresholds apply when the product’s parameters say so', () => {
  const byPower = comparison(
    scheme([
      indicator('a', {
        appliesWhen: [{ parameter: '型式', operator: 'in', values: ['空气'] }],
        levels: [
          { when: [{ parameter: '功率', operator: 'lte', value: '6', unit: 'kW' }], advanced: '80' },
          { when: [{ parameter: '功率', operator: 'gt', value: '6', unit: 'kW' }], advanced: '60' },
        ],
      }),
    ]),
  );
  const outcome = (parameters: readonly { name: string; value: string; unit?: string }[]) =>
    byPower(document([declared('a', '≥', '70')], { parameters: [...parameters] })).indicators[0];
  const air = { name: '型式', value: '空气' };
  it('at the border the right table', () => {
    expect(outcome([air, { name: '功率', value: '6000', unit: 'W' }])).toMatchObject({ outcome: 'below', table: 0 });
    expect(outcome([air, { name: '功率', value: '6000.1', unit: 'W' }])).toMatchObject({
      outcome: 'advanced',
      table: 1,
    });
  });
  it('not to another type', () =>
    expect(outcome([{ name: '型式', value: '地源' }])).toMatchObject({ outcome: 'not-applicable' }));
  it('not by guess when a parameter is missing', () => {
    expect(outcome([air])).toMatchObject({ outcome: 'not-comparable', reason: 'parameter-missing' });
    expect(outcome([{ name: '功率', value: '5', unit: 'kW' }])).toMatchObject({
      outcome: 'not-comparable',
      reason: 'parameter-missing',
    });
  });
});

describe('a scheme', () => {
  it.each([
    [
      'levels in the wrong order',
      indicator('a', { levels: [{ advanced: '50', average: '70' }] }),
      '/indicators/0/levels/0/average',
    ],
    [
      'a lower-is-better order',
      indicator('a', { direction: 'lower', levels: [{ advanced: '70', average: '50' }] }),
      '/indicators/0/levels/0/average',
    ],
    ['an unknown unit', indicator('a', { unit: '匹' }), '/indicators/0/unit'],
    [
      'a condition without a value',
      indicator('a', { appliesWhen: [{ parameter: 'p', operator: 'lt' }] }),
      '/indicators/0/appliesWhen/0/value',
    ],
    ['a threshold in words', indicator('a', { levels: [{ advanced: '很好' }] }), '/indicators/0/levels/0/advanced'],
  ])('with %s is refused', (_, wrong, at) => expect(checkScheme(scheme([wrong]))).toMatchObject([{ at }]));
  it('with a code twice is refused', () =>
    expect(checkScheme(scheme([indicator('a'), indicator('a', { name: { zh: 'b', en: 'b' } })]))).toMatchObject([
      { at: '/indicators/1/code' },
    ]));
});
