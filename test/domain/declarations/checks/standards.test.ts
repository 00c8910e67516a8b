import { describe, expect, it } from 'vitest';
import { declaration, findingsOf, isAccepted, rulesOf } from './given.ts';

const old = {
  number: 'GB/T 18801-2015',
  nameZh: '空气净化器',
  mandatory: false,
  effectiveOn: '2016-03-01',
  withdrawnOn: '2023-05-01',
  replacedBy: [{ number: 'GB/T 18801-2022' }],
};
const now = { number: 'GB/T 18801-2022', nameZh: '空气净化器', mandatory: false, effectiveOn: '2023-05-01' };
const partly = { ...now, replacedBy: [{ number: 'GB/T 9999-2024', partial: true }] };
const part = { number: 'GB/T 9999-2024', nameZh: '颗粒物测试', mandatory: false, effectiveOn: '2025-01-01' };

describe('a cited standard', () => {
  const cites = { standard: { ...declaration().standard, references: ['GB/T 18801-2015'] } };
  it('in force is right', () => expect(isAccepted({}, rulesOf({ standards: [now] }))).toBe(true));
  it('withdrawn on the day is a warning that names its successor', () =>
    expect(findingsOf(cites, rulesOf({ standards: [old, now] }))).toEqual([
      {
        severity: 'warn',
        code: 'cited-standard.withdrawn',
        at: '/standard/references/0',
        about: 'GB/T 18801-2015',
        answered: false,
      },
    ]));
  it('was right before the day on which it was withdrawn', () =>
    expect(isAccepted(cites, rulesOf({ standards: [old, now], day: '2023-04-30' }))).toBe(true));
  it('partly replaced is a warning once the part is in force, also in a test method', () => {
    expect(findingsOf({}, rulesOf({ standards: [partly, part] }))).toMatchObject([
      { code: 'cited-standard.replaced', at: '/indicators/0/testMethod', about: 'GB/T 18801-2022' },
      { code: 'cited-standard.replaced', at: '/indicators/1/testMethod' },
    ]);
    expect(isAccepted({}, rulesOf({ standards: [partly, part], day: '2024-12-31' }))).toBe(true);
  });
  it('that the catalogue lacks says nothing', () => expect(isAccepted(cites)).toBe(true));
});

describe('an executed standard', () => {
  it('withdrawn on the day is refused, with what to execute instead', () =>
    expect(findingsOf({ number: 'GB/T 18801—2015' }, rulesOf({ standards: [old, now] }))).toMatchObject([
      { severity: 'refuse', code: 'executed-standard.withdrawn', at: '/standard/number', about: 'GB/T 18801-2015' },
    ]));
  it('not in force yet may be declared: it is upcoming by its date', () =>
    expect(isAccepted({ number: 'GB/T 18801-2022' }, rulesOf({ standards: [now], day: '2022-12-01' }))).toBe(true));
  it('DOMAIN 7.1 (2): that the catalogue lacks may be typed, if its number has the form of one', () => {
    expect(isAccepted({ number: 'GB/T 99999-2026' })).toBe(true);
    expect(findingsOf({ number: 'GB/X 12' })).toMatchObject([{ code: 'standard-number.form', at: '/standard/number' }]);
  });
});

describe('numbers beside the declared one', () => {
  const { standard } = declaration();
  it.each([
    ['a replaced number that is none', { replaces: ['Q/'] }, '/standard/replaces/0', 'standard-number.form'],
    [
      'the own number as replaced',
      { replaces: ['Q/ABCD 001-2026'] },
      '/standard/replaces/0',
      'standard-number.replaces-itself',
    ],
    [
      'a joint standard under the same number',
      { jointWith: [{ enterprise: '乙企业', number: 'Q/ABCD 001-2026' }] },
      '/standard/jointWith/0/number',
      'standard-number.shared',
    ],
    [
      'an adopted number that is none',
      { adopts: [{ number: '?', relation: 'IDT' as const }] },
      '/standard/adopts/0/number',
      'standard-number.form',
    ],
  ])('%s is refused at %3$s', (_, change, at, code) =>
    expect(findingsOf({ standard: { ...standard, ...change } })).toMatchObject([{ severity: 'refuse', code, at }]),
  );
  it('a joint standard is declared by each enterprise under its own number', () => {
    const jointWith = [{ enterprise: '乙企业', number: 'Q/YI 7-2026' }];
    expect(isAccepted({ standard: { ...standard, jointWith } })).toBe(true);
  });
});
