import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { PUBLISHED_YEARS } from '../../../src/domain/calendar/years.ts';
import { checkAcceptance, checkRuling } from '../../../src/domain/objections/input.ts';
import { objectKey, type ObjectionObject, parseObjectKey } from '../../../src/domain/objections/object.ts';
import type { ObjectionFacts } from '../../../src/domain/objections/state.ts';
import { objectionStatistics } from '../../../src/domain/objections/statistics.ts';

const OBJECTS: readonly (readonly [string, ObjectionObject])[] = [
  ['list/M-KQJHQ/3/35.D0001', { kind: 'list-row', list: 'M-KQJHQ', edition: 3, declaration: '35.D0001' }],
  ['list/M-KQJHQ/3', { kind: 'list', list: 'M-KQJHQ', edition: 3 }],
  ['scheme/M-KQJHQ/2', { kind: 'scheme', scheme: 'M-KQJHQ', version: 2 }],
  ['forerunner/F-2026/1/35.D0001', { kind: 'forerunner', forerunner: 'F-2026', edition: 1, declaration: '35.D0001' }],
  ['draw/CQ-2026-01', { kind: 'draw', draw: 'CQ-2026-01' }],
  ['draw/CQ.2026_01', { kind: 'draw', draw: 'CQ.2026_01' }],
];

describe('what an objection is about', () => {
  it.each(OBJECTS)('%s is written and read', (key, object) => {
    expect(objectKey(object)).toBe(key);
    expect(parseObjectKey(key)).toEqual(object);
  });
  it.each([
    '',
    'list',
    'list/M-KQJHQ',
    'list/M-KQJHQ/0',
    'list/M/1/a/b',
    'scheme/M-KQJHQ/x',
    'draw/',
    'draw/a/1',
    'other/1',
    'list/../1',
  ])('%j is no object', (key) => expect(parseObjectKey(key)).toBeNull());
});

describe('a ruling', () => {
  const [, row] = OBJECTS[0] ?? [];
  const [, scheme] = OBJECTS[2] ?? [];
  it.each([
    ['upheld, the row leaves', row, 'upheld', 'exclude-row', 0],
    ['upheld in part, as a remark', row, 'partly', 'none', 0],
    ['not upheld', row, 'not-upheld', 'none', 0],
    ['not upheld, and something follows', row, 'not-upheld', 'recompute', 1],
    ['a row leaves where there is none', scheme, 'upheld', 'exclude-row', 1],
    ['a scheme makes a new edition', scheme, 'upheld', 'new-edition', 0],
  ] as const)('%s', (_, object, decision, effect, faults) => {
    if (!object) throw new Error('no object');
    expect(checkRuling({ decision, effect, reasons: 'x' }, object)).toHaveLength(faults);
  });
  it('not accepted without a reason is told', () => {
    expect(checkAcceptance({ acceptance: 'not-accepted', reason: '' })[0]?.at).toBe('/reason');
    expect(checkAcceptance({ acceptance: 'accepted', reason: '' })).toEqual([]);
  });
});

describe('statistics', () => {
  const calendar = calendarOf(PUBLISHED_YEARS);
  const facts = (given: Partial<ObjectionFacts>): ObjectionFacts => ({
    objectKind: 'list',
    kind: 'data',
    submittedOn: '2026-11-02',
    acceptance: null,
    acceptedOn: null,
    answeredOn: null,
    reviewedOn: null,
    decidedOn: null,
    decision: null,
    effect: null,
    executedOn: null,
    ...given,
  });
  const done = (decidedOn: string, decision: 'upheld' | 'partly' | 'not-upheld') =>
    facts({
      acceptance: 'accepted',
      acceptedOn: '2026-11-03',
      reviewedOn: decidedOn,
      decidedOn,
      decision,
      effect: 'none',
    });
  it('count what there is, and take median and ninth decile of the days that really occurred', () => {
    const all = [
      facts({ kind: 'conflict' }),
      done('2026-11-03', 'upheld'),
      done('2026-11-09', 'partly'),
      done('2026-11-16', 'not-upheld'),
    ];
    const found = objectionStatistics(all, '2026-11-22', calendar);
    expect(found).toMatchObject({ received: 4, decided: 3, upheld: 2, medianDays: 5, p90Days: 10 });
    expect(found.byState).toMatchObject({ submitted: 1, decided: 3, accepted: 0 });
    expect(found.byKind).toEqual({ data: 3, scheme: 0, conflict: 1, procedure: 0 });
  });
  it('of nothing are nothing', () => {
    expect(objectionStatistics([], '2026-11-22', calendar)).toMatchObject({
      received: 0,
      medianDays: null,
      p90Days: null,
    });
  });
});
