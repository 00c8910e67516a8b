import { describe, expect, it } from 'vitest';
import { entryDay, type SchemeStage, schemeState } from '../../../src/domain/schemes/life.ts';

const objection: SchemeStage = { stage: 'objection', effectiveOn: '2026-03-02', objectionsUntil: '2026-03-11' };
const inForce = (effectiveOn: string): SchemeStage => ({ stage: 'in-force', effectiveOn, objectionsUntil: null });
const retired = (effectiveOn: string): SchemeStage => ({ stage: 'retired', effectiveOn, objectionsUntil: null });
const returned: SchemeStage = { stage: 'returned', effectiveOn: '2026-03-05', objectionsUntil: null };

describe('the state of a scheme on a day', () => {
  it.each([
    ['the last day of the period still takes objections', [objection], '2026-03-11', 'objection'],
    ['the day after, a decision may be taken', [objection], '2026-03-12', 'objections-over'],
    [
      'a version decided before its validity waits for it',
      [objection, inForce('2026-04-01')],
      '2026-03-31',
      'upcoming',
    ],
    ['and is in force on its first day', [objection, inForce('2026-04-01')], '2026-04-01', 'in-force'],
    ['it is in force on the last day of its validity', [objection, inForce('2026-04-01')], '2026-12-31', 'in-force'],
    ['and has expired the day after, without an act', [objection, inForce('2026-04-01')], '2027-01-01', 'expired'],
    [
      'a retirement ahead leaves it in force',
      [objection, inForce('2026-04-01'), retired('2026-06-01')],
      '2026-05-31',
      'in-force',
    ],
    ['until its day', [objection, inForce('2026-04-01'), retired('2026-06-01')], '2026-06-01', 'retired'],
    [
      'one retired before it began never begins',
      [objection, inForce('2026-04-01'), retired('2026-03-20')],
      '2026-04-02',
      'retired',
    ],
    [
      'an earlier day is answered as it was',
      [objection, inForce('2026-04-01'), retired('2026-06-01')],
      '2026-03-03',
      'upcoming',
    ],
    ['a returned one stays returned', [objection, returned], '2030-01-01', 'returned'],
  ] as const)('%s', (_, stages, today, expected) => {
    expect(schemeState(stages, today, '2026-12-31')).toBe(expected);
  });

  it('enters into force on the day of the act, but never before its validity', () => {
    expect([entryDay('2026-03-12', '2026-04-01'), entryDay('2026-05-01', '2026-04-01')]).toEqual([
      '2026-04-01',
      '2026-05-01',
    ]);
  });
});
