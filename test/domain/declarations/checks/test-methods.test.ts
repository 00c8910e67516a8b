import { describe, expect, it } from 'vitest';
import { findingsOf, isAccepted, rulesOf, withIndicator } from './given.ts';
import { tierScheme } from '../../../support/filled-register.ts';

const tiers = tierScheme();
const [first, ...others] = tiers.indicators;
if (!first) throw new Error('the scheme has no indicator');
const scheme = {
  ...tiers,
  indicators: [
    { ...first, name: { zh: '噪声', en: 'Noise' }, unit: 'dB(A)', plausible: {}, testMethods: ['GB/T4214.1-2017'] },
    ...others,
  ],
};
const method = { number: 'GB/T 4214.1-2017', nameZh: '家用电器噪声测试方法', mandatory: false };
const own = { indicators: withIndicator('噪声', { testMethod: '本企业消声室法' }) };

describe('a test method', () => {
  it('that is missing refuses an own standard (促进办法 art. 12)', () =>
    expect(findingsOf({ indicators: withIndicator('噪声', { testMethod: null }) })).toMatchObject([
      { severity: 'refuse', code: 'test-method.missing', at: '/indicators/2/testMethod', about: '噪声' },
    ]));
  it('of one’s own where a standard method is in force is a warning', () =>
    expect(findingsOf(own, rulesOf({ standards: [method], schemes: [scheme] }))).toMatchObject([
      { severity: 'warn', code: 'test-method.own', about: '噪声', answered: false },
    ]));
  it('of one’s own is waived in public by a person with a reason', () => {
    const waivers = [{ code: 'test-method.own', about: '噪声', reason: '标准方法不适用于壁挂机', person: '王示例' }];
    expect(isAccepted({ ...own, waivers }, rulesOf({ standards: [method], schemes: [scheme] }))).toBe(true);
  });
  it('of one’s own is right where no standard method is known, or it is withdrawn', () => {
    expect(isAccepted(own, rulesOf({ schemes: [scheme] }))).toBe(true);
    const withdrawn = { ...method, withdrawnOn: '2026-01-01' };
    expect(isAccepted(own, rulesOf({ standards: [withdrawn], schemes: [scheme] }))).toBe(true);
  });
});
