import { describe, expect, it } from 'vitest';
import {
  checkStatement,
  interestsIn,
  type StatedConflicts,
  statementFor,
} from '../../../src/domain/bodies/conflict.ts';
import { addMonths } from '../../../src/domain/calendar/day.ts';

const CODE = '914403001922038216';
const stated = (given: Partial<StatedConflicts>): StatedConflicts => ({
  categoryPrefix: 'C38',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  personIds: ['p'],
  statedAt: new Date('2026-01-01T00:00:00Z'),
  interests: [],
  ...given,
});
const interest = (creditCode: string) => ({ creditCode, kind: 'customer' as const, note: '' });

describe('a statement of interests', () => {
  const given = {
    categoryPrefix: 'C38',
    validFrom: '2026-02-01',
    validTo: '2027-02-01',
    persons: ['a'],
    interests: [{ creditCode: CODE, kind: 'member' as const, note: '' }],
  };
  it.each([
    ['a year', {}, []],
    ['a day longer', { validTo: '2027-02-02' }, ['/validTo']],
    ['ending before it begins', { validTo: '2026-01-31' }, ['/validTo']],
    ['over already', { validFrom: '2025-01-01', validTo: '2025-12-31' }, ['/validTo']],
    ['a code that is none', { interests: [{ ...given.interests[0], creditCode: '123' }] }, ['/interests/0/creditCode']],
  ])('%s', (_, change, expected) => {
    const statement = { ...given, ...change } as typeof given;
    expect(checkStatement(statement, '2026-02-01').map(({ at }) => at)).toEqual(expected);
  });

  it.each([
    ['its category and period', 'p', 'C3851.x', '2026-06-01', true],
    ['another person', 'q', 'C3851.x', '2026-06-01', false],
    ['another category', 'p', 'C3951.x', '2026-06-01', false],
    ['after its period', 'p', 'C3851.x', '2027-01-01', false],
  ] as const)('speaks for %s', (_, person, category, today, expected) =>
    expect(statementFor([stated({})], person, category, today) !== null).toBe(expected),
  );

  it('is replaced by the next one of the same person, whose silence counts', () => {
    const first = stated({ interests: [interest('A')] });
    const next = stated({ statedAt: new Date('2026-03-01T00:00:00Z'), categoryPrefix: 'C' });
    const other = stated({ personIds: ['q'], interests: [interest('B')] });
    expect([...interestsIn([first, other], 'C3851.x', '2026-06-01').keys()]).toEqual(['A', 'B']);
    expect([...interestsIn([first, next, other], 'C3851.x', '2026-06-01').keys()]).toEqual(['B']);
    expect(statementFor([next, first], 'p', 'C3851.x', '2026-06-01')).toBe(next);
  });
});

it('months end where they end', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2027-02-28', 12)).toBe('2028-02-28');
  expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  expect(addMonths('2026-11-22', 12)).toBe('2027-11-22');
});
