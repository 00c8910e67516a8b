import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppliedMeasure, covers, type ScopeHistory, scopeState } from '../../../src/domain/bodies/scope.ts';
import { startsOn } from '../../../src/domain/bodies/measure.ts';

const scope: ScopeHistory = {
  id: 'a',
  categoryPrefix: 'C38',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  decidedAt: '2025-12-01T00:00:00Z',
};
const measure = (
  effect: AppliedMeasure['effect'],
  from: string,
  accreditation: string | null = 'a',
): AppliedMeasure => ({ effect, from, decidedAt: `${from}T01:00:00Z`, accreditation });
const state = (today: string, ...measures: AppliedMeasure[]) => scopeState({ ...scope, measures }, today);

describe('a scope', () => {
  it.each([
    ['2025-12-31', 'not-yet'],
    ['2026-01-01', 'valid'],
    ['2026-12-31', 'valid'],
    ['2027-01-01', 'expired'],
  ] as const)('with nothing decided about it is on %s %s', (today, expected) => expect(state(today)).toBe(expected));

  const suspended = measure('suspended', '2026-03-01');
  const lifted = measure('reinstated', '2026-04-01');
  const withdrawn = measure('withdrawn', '2026-05-01');
  it.each([
    ['a suspension holds from its day', '2026-03-01', [suspended], 'suspended'],
    ['and not before', '2026-02-28', [suspended], 'valid'],
    ['it ends with its lifting', '2026-04-01', [suspended, lifted], 'valid'],
    ['in whatever order they are read', '2026-04-01', [lifted, suspended], 'valid'],
    [
      'a second suspension holds again',
      '2026-06-01',
      [suspended, lifted, measure('suspended', '2026-05-20')],
      'suspended',
    ],
    ['a suspended scope expires all the same', '2027-01-01', [suspended], 'expired'],
    [
      'a withdrawal is for good, whatever follows',
      '2026-09-01',
      [withdrawn, measure('reinstated', '2026-06-01')],
      'withdrawn',
    ],
    ['also after the period', '2027-05-01', [withdrawn], 'withdrawn'],
    ['what is about another scope does nothing', '2026-09-01', [measure('withdrawn', '2026-05-01', 'b')], 'valid'],
    [
      'what is about the body is about every scope',
      '2026-09-01',
      [measure('suspended', '2026-05-01', null)],
      'suspended',
    ],
  ] as const)('%s', (_, today, measures, expected) => expect(state(today, ...measures)).toBe(expected));

  it('approved after the body was withdrawn makes a new beginning, and after it was suspended makes none', () => {
    const renewed = { ...scope, decidedAt: '2026-06-01T00:00:00Z' };
    const withdrawal = [measure('suspended', '2026-04-01', null), measure('withdrawn', '2026-05-01', null)];
    expect(scopeState({ ...renewed, measures: withdrawal }, '2026-07-01')).toBe('valid');
    const suspension = [measure('suspended', '2026-04-01', null)];
    expect(scopeState({ ...renewed, measures: suspension }, '2026-07-01')).toBe('suspended');
  });

  it('covers its categories while it is valid, and nothing else', () => {
    expect(covers(scope, 'C3851.refrigerator', '2026-06-01')).toBe(true);
    expect(covers(scope, 'C3951.tv', '2026-06-01')).toBe(false);
    expect(covers({ ...scope, measures: [suspended] }, 'C3851.refrigerator', '2026-06-01')).toBe(false);
  });

  it('is never brought back to life by a measure: with any more of them it covers at most what it did without', () => {
    const day = fc
      .integer({ min: 0, max: 400 })
      .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
    const any = fc.record({
      effect: fc.constantFrom('suspended' as const, 'reinstated' as const, 'withdrawn' as const),
      from: day,
      decidedAt: day,
      accreditation: fc.constantFrom('a', 'b', null),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), day, (measures, today) => {
        const held = covers({ ...scope, measures }, 'C3851.x', today);
        expect(held && !covers(scope, 'C3851.x', today)).toBe(false);
        // The order in which the rows come from the database decides nothing.
        const later = measures.map((one, i) => ({ ...one, decidedAt: `${one.decidedAt}.${i}` }));
        const turned = { ...scope, measures: later.toReversed() };
        expect(scopeState(turned, today)).toBe(scopeState({ ...scope, measures: later }, today));
      }),
    );
  });

  it('is touched by a measure not before the day it was decided', () => {
    expect(startsOn('2026-03-01', '2026-02-01')).toBe('2026-03-01');
    expect(startsOn('2026-03-01', '2026-04-01')).toBe('2026-04-01');
  });
});
