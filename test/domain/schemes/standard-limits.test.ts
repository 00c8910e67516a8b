import { describe, expect, it } from 'vitest';
import { implies, mayMeetBoth } from '../../../src/domain/schemes/overlap.ts';
import { type Condition, type LevelTable, Scheme } from '../../../src/domain/schemes/scheme.ts';
import { checkAgainstLimits } from '../../../src/domain/schemes/standard-limits.ts';
import type { StandardLimit } from '../../../src/domain/standards/limit.ts';

const LIMIT: StandardLimit = {
  code: 'L',
  category: 'C3464',
  force: 'mandatory',
  indicator: '噪声',
  aliases: [],
  direction: 'lower',
  value: '68',
  unit: 'dB(A)',
  standard: 'GB 19606-2004',
  when: [],
  validFrom: '2020-01-01',
};
const upTo = (value: string, unit = 'W'): Condition => ({ parameter: '额定功率', operator: 'lte', value, unit });
const over = (value: string, unit = 'W'): Condition => ({ parameter: '额定功率', operator: 'gt', value, unit });
const kinds = (...values: string[]): Condition => ({ parameter: '型式', operator: 'in', values });

function scheme(levels: readonly Partial<LevelTable>[], indicator: object = {}): Scheme {
  return Scheme.parse({
    v: 1,
    code: 'M-X',
    version: 1,
    title: { zh: '净化器', en: 'Purifiers' },
    category: 'C3464.air-purifier',
    method: 'weakest-core',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    indicators: [
      {
        code: 'noise',
        name: { zh: '噪声', en: 'Noise' },
        kind: 'core',
        direction: 'lower',
        unit: 'dB(A)',
        levels,
        ...indicator,
      },
    ],
  });
}

const found = (given: Scheme, limit: Partial<StandardLimit> = {}, day = '2026-06-01') =>
  checkAgainstLimits(given, [{ ...LIMIT, ...limit }], day).map(({ at }) => at);

describe('no tier below the standard', () => {
  it('takes the very limit as the lowest tier, and refuses what is easier, named tier by tier', () => {
    expect(found(scheme([{ advanced: '60', average: '65', baseline: '68' }]))).toEqual([]);
    const easier = scheme([{ advanced: '60', baseline: '68.1', lower: [{ name: '4级', threshold: '70' }] }]);
    expect(found(easier)).toEqual(['/indicators/0/levels/0/baseline', '/indicators/0/levels/0/lower/0/threshold']);
  });

  it('compares across units, and at the end of an interval that the limit speaks of', () => {
    const lead = { name: { zh: '铅', en: 'lead' }, unit: 'μg/L' };
    const limit = { indicator: '铅', unit: 'mg/L', value: '0.01' };
    expect(found(scheme([{ advanced: '5', baseline: '10' }], lead), limit)).toEqual([]);
    expect(found(scheme([{ advanced: '5', baseline: '10.01' }], lead), limit)).toHaveLength(1);
    const range = { direction: 'range', unit: 'dB(A)' };
    expect(found(scheme([{ advanced: '20～68' }], range))).toEqual([]);
    expect(found(scheme([{ advanced: '20～69' }], range))).toHaveLength(1);
    expect(found(scheme([{ advanced: '60' }], { direction: 'higher' }))).toEqual([]);
  });

  it.each([
    ['an alias of the limit is the indicator', { indicator: '声功率级', aliases: [' 噪 声 ', '噪声'] }, 1],
    ['another indicator is none of it', { indicator: '振动' }, 0],
    ['another category is not concerned', { category: 'C3851' }, 0],
    ['the category itself is', { category: 'C3464.air-purifier' }, 1],
    ['a recommended standard counts as well', { force: 'recommended' as const }, 1],
    ['a limit of the future does not hold yet', { validFrom: '2026-06-02' }, 0],
    ['one that ended does not hold', { validUntil: '2026-06-01' }, 0],
    ['another kind of quantity cannot be compared', { unit: 'dB' }, 0],
  ])('%s', (_, limit, faults) => {
    expect(found(scheme([{ advanced: '60', baseline: '70' }]), limit)).toHaveLength(faults);
  });

  it('asks only of tables for products that the limit concerns, and of each product by its own table', () => {
    const tables = [
      { when: [upTo('100')], advanced: '60', baseline: '66' },
      { when: [], advanced: '60', baseline: '75' },
    ];
    expect(found(scheme(tables), { when: [upTo('0.1', 'kW')] })).toEqual([]);
    expect(found(scheme(tables), { when: [upTo('50')] })).toEqual([]);
    expect(found(scheme(tables), { when: [upTo('200')] })).toEqual(['/indicators/0/levels/1/baseline']);
    expect(found(scheme(tables), { when: [over('100')] })).toEqual(['/indicators/0/levels/1/baseline']);
    expect(found(scheme(tables, { appliesWhen: [upTo('100')] }), {})).toEqual([]);
  });
});

describe('conditions beside each other', () => {
  it.each([
    [[upTo('100')], [over('100')], false],
    [[upTo('100')], [over('0.0999', 'kW')], true],
    [[upTo('100')], [{ ...over('100'), operator: 'gte' } as Condition], true],
    [[kinds('壁挂', '柜式')], [kinds('窗式')], false],
    [[kinds('壁挂', '柜式')], [kinds('柜式')], true],
    [[upTo('100')], [kinds('柜式')], true],
    [[upTo('100', 'W')], [over('200', 'L')], true],
  ])('%j and %j may be met at once: %s', (a, b, expected) => {
    expect([mayMeetBoth(a, b), mayMeetBoth(b, a)]).toEqual([expected, expected]);
  });

  it.each([
    [[upTo('50')], [upTo('100')], true],
    [[upTo('100')], [upTo('100')], true],
    [[upTo('100')], [{ ...upTo('100'), operator: 'lt' } as Condition], false],
    [[upTo('100')], [upTo('50')], false],
    [[over('100')], [{ ...over('50'), operator: 'gte' } as Condition], true],
    [[kinds('柜式')], [kinds('壁挂', '柜式')], true],
    [[kinds('壁挂', '柜式')], [kinds('柜式')], false],
    [[], [upTo('100')], false],
    [[upTo('50'), kinds('柜式')], [kinds('柜式', '窗式')], true],
  ])('%j says that %j holds: %s', (given, wanted, expected) => {
    expect(implies(given, wanted)).toBe(expected);
  });
});
