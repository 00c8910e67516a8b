import { describe, expect, it } from 'vitest';
import { declaration, findingsOf, isAccepted, noiseLimit, rulesOf, withIndicator } from './given.ts';

const recommended = { ...noiseLimit, force: 'recommended', standard: 'GB/T 18801-2022', value: '55' };
const life = {
  ...recommended,
  code: 'life',
  indicator: '累积净化量',
  aliases: [],
  direction: 'higher',
  value: '3000',
  unit: 'mg',
};
const rules = rulesOf({ limits: [recommended, life] });
const person = '王示例';

describe('DOMAIN 7.1 (5): lower than a recommended standard is lawful and must be stated', () => {
  it('lower and fewer each ask for a statement', () => {
    const found = findingsOf({}, rules);
    expect(found).toEqual([
      { severity: 'state', code: 'recommended.lower', at: '/indicators/2/value', about: '噪声', answered: false },
      { severity: 'state', code: 'recommended.missing', at: '/indicators', about: '累积净化量', answered: false },
    ]);
    expect(isAccepted({}, rules)).toBe(false);
  });

  it('is accepted with a public statement of each: what, why, who', () => {
    const statements = [
      { code: 'recommended.lower', about: '噪声', reason: '大风量机型', person },
      { code: 'recommended.missing', about: '累积净化量', reason: '检验尚未完成', person },
    ];
    expect(isAccepted({ statements }, rules)).toBe(true);
    expect(isAccepted({ statements: statements.slice(0, 1) }, rules)).toBe(false);
  });

  it('a waiver is no statement', () => {
    const waivers = [{ code: 'recommended.lower', about: '噪声', reason: '大风量机型', person }];
    expect(isAccepted({ waivers }, rulesOf({ limits: [recommended] }))).toBe(false);
  });

  it('at or above its level nothing need be stated, and a statement of nothing is refused', () => {
    const indicators = withIndicator('噪声', { value: '55.0' });
    const only = rulesOf({ limits: [recommended] });
    expect(isAccepted({ indicators }, only)).toBe(true);
    const statements = [{ code: 'recommended.lower', about: '噪声', reason: '大风量机型', person }];
    expect(findingsOf({ indicators, statements }, only)).toMatchObject([{ code: 'answer.unneeded' }]);
  });

  it('concerns own standards only: who executes the recommended standard itself states nothing', () =>
    expect(isAccepted({ number: 'GB/T 18801-2022', indicators: declaration().indicators }, rules)).toBe(true));
});
