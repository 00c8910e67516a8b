import { describe, expect, it } from 'vitest';
import { findingsOf, isAccepted, noiseLimit, rulesOf, withIndicator } from './given.ts';

const rules = rulesOf({ limits: [noiseLimit] });
const noise = (change: Parameters<typeof withIndicator>[1]) => ({ indicators: withIndicator('噪声', change) });

describe('DOMAIN 7.1 (5): lower than a mandatory limit is unlawful', () => {
  it.each([
    ['at the limit', { value: '60' }],
    ['at the limit with more digits', { value: '60.00' }],
    ['better', { value: '41.5' }],
    ['a range that ends at the limit', { comparator: '~', value: '50', second: '60' }],
    ['a tolerance whose worst is the limit', { comparator: '±', value: '58', second: '2' }],
    ['words that name the standard', { comparator: 'text', value: '符合 GB 12345-2020 第 5.2 条', unit: '' }],
  ] as const)('%s is accepted', (_, change) => expect(isAccepted(noise(change), rules)).toBe(true));

  it.each([
    ['above it by the least digit', { value: '60.0000000001' }, '/indicators/2/value', 'limit.below'],
    ['a range that ends above', { comparator: '~', value: '50', second: '60.1' }, '/indicators/2/value', 'limit.below'],
    [
      'a tolerance whose worst is above',
      { comparator: '±', value: '59', second: '2' },
      '/indicators/2/value',
      'limit.below',
    ],
    ['a bound on the wrong side', { comparator: '≥', value: '20' }, '/indicators/2/comparator', 'limit.opposite-bound'],
    ['a unit that does not convert', { unit: 'dB' }, '/indicators/2/unit', 'limit.unit'],
    [
      'words that name nothing',
      { comparator: 'text', value: '很安静', unit: '' },
      '/indicators/2/value',
      'limit.words',
    ],
  ] as const)('%s is refused at %3$s', (_, change, at, code) => {
    const found = findingsOf(noise(change), rules);
    expect(found).toContainEqual({ severity: 'refuse', code, at, about: '噪声', answered: false });
    expect(isAccepted(noise(change), rules)).toBe(false);
  });

  it('no waiver and no statement lets it through', () => {
    const answer = { code: 'limit.below', about: '噪声', reason: '市场需要', person: '王示例' };
    const changed = { ...noise({ value: '70' }), waivers: [answer], statements: [answer] };
    expect(isAccepted(changed, rules)).toBe(false);
    const codes = findingsOf(changed, rules).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['limit.below', 'answer.refused']));
  });

  it('another name of the indicator is held to the same limit', () =>
    expect(isAccepted({ indicators: withIndicator('噪声', { name: '噪音', value: '61' }) }, rules)).toBe(false));

  it.each([
    ['before it holds', { ...noiseLimit, validFrom: '2026-11-23' }, true],
    ['on the day from which it holds', { ...noiseLimit, validFrom: '2026-11-22' }, false],
    ['on the last day', { ...noiseLimit, validUntil: '2026-11-23' }, false],
    ['from the day on which it ended', { ...noiseLimit, validUntil: '2026-11-22' }, true],
    [
      'for a product that its condition does not meet',
      { ...noiseLimit, when: [{ parameter: '额定功率', operator: 'gt', value: '1', unit: 'kW' }] },
      true,
    ],
    [
      'for a product that its condition meets across units',
      { ...noiseLimit, when: [{ parameter: '额定功率', operator: 'lte', value: '0.06', unit: 'kW' }] },
      false,
    ],
  ])('%s, accepting 61 dB(A) is %3$s', (_, limit, accepted) =>
    expect(isAccepted(noise({ value: '61' }), rulesOf({ limits: [limit] }))).toBe(accepted),
  );

  it('a parameter left out exempts nobody: it is asked for where the value would fall below', () => {
    const limit = { ...noiseLimit, when: [{ parameter: '额定制冷量', operator: 'gt', value: '1', unit: 'kW' }] };
    expect(findingsOf(noise({ value: '61' }), rulesOf({ limits: [limit] }))).toMatchObject([
      { severity: 'refuse', code: 'limit.parameter-missing', about: '噪声' },
    ]);
    expect(isAccepted(noise({ value: '60' }), rulesOf({ limits: [limit] }))).toBe(true);
  });

  it('binds executed standards of every level as well', () =>
    expect(isAccepted({ ...noise({ value: '61' }), number: 'GB/T 18801-2022' }, rules)).toBe(false));
});
