import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { PUBLISHED_YEARS } from '../../../src/domain/calendar/years.ts';
import {
  barredFrom,
  clocks,
  inCharge,
  isInDispute,
  isTurnOf,
  type Judging,
  mayAct,
  OBJECTION_ACTS,
  type ObjectionFacts,
  objectionState,
  runningClock,
} from '../../../src/domain/objections/state.ts';

const calendar = calendarOf(PUBLISHED_YEARS);
/** Submitted on a Sunday before the National Day of 2026. */
const submitted: ObjectionFacts = {
  objectKind: 'list-row',
  kind: 'data',
  submittedOn: '2026-09-27',
  acceptance: null,
  acceptedOn: null,
  answeredOn: null,
  reviewedOn: null,
  decidedOn: null,
  decision: null,
  effect: null,
  executedOn: null,
};
const accepted: ObjectionFacts = { ...submitted, acceptance: 'accepted', acceptedOn: '2026-09-29' };
const answered: ObjectionFacts = { ...accepted, answeredOn: '2026-10-09' };
const reviewed: ObjectionFacts = { ...answered, reviewedOn: '2026-10-12' };
const decided: ObjectionFacts = { ...reviewed, decidedOn: '2026-10-13', decision: 'upheld', effect: 'exclude-row' };
const refused: ObjectionFacts = { ...submitted, acceptance: 'not-accepted', acceptedOn: '2026-09-29' };

describe('the clocks of an objection', () => {
  it('count working days: five to accept, ten to answer, twenty to decide, over the National Day', () => {
    expect(clocks(submitted, calendar)).toEqual({
      acceptance: { day: '2026-10-09', provisional: false },
      answer: null,
      decision: null,
    });
    expect(clocks(accepted, calendar).answer).toEqual({ day: '2026-10-19', provisional: false });
    expect(clocks(accepted, calendar).decision).toEqual({ day: '2026-11-02', provisional: false });
  });
  it.each([
    ['submitted', submitted, '2026-09-28', 'acceptance', 4],
    ['on the last day', submitted, '2026-10-09', 'acceptance', 0],
    ['a day late', submitted, '2026-10-10', 'acceptance', -1],
    ['accepted', accepted, '2026-10-09', 'answer', 7],
    ['when the other side said nothing', accepted, '2026-10-20', 'decision', 9],
    ['reviewed', reviewed, '2026-11-03', 'decision', -1],
  ] as const)('that runs, %s', (_, facts, today, step, left) =>
    expect(runningClock(facts, today, calendar)).toMatchObject({ step, left }),
  );
  it.each([
    ['decided', decided],
    ['not accepted', refused],
  ])('none runs when it is %s', (_, facts) => expect(runningClock(facts, '2026-12-01', calendar)).toBeNull());
  it('are provisional in a year that is not published', () => {
    const late = { ...accepted, acceptedOn: '2026-12-10' };
    expect(clocks(late, calendar).answer).toEqual({ day: '2026-12-24', provisional: false });
    expect(clocks(late, calendar).decision).toMatchObject({ provisional: true });
  });
});

describe('the state of an objection', () => {
  it.each([
    [submitted, '2026-10-30', 'submitted'],
    [refused, '2026-10-30', 'not-accepted'],
    [accepted, '2026-10-19', 'accepted'],
    [accepted, '2026-10-20', 'answer-overdue'],
    [answered, '2026-10-30', 'answered'],
    [{ ...accepted, reviewedOn: '2026-10-21' }, '2026-10-30', 'reviewed'],
    [decided, '2026-10-30', 'decided'],
    [{ ...decided, executedOn: '2026-10-20' }, '2026-10-30', 'executed'],
  ] as const)('%#: on %s it is %s', (facts, today, state) =>
    expect(objectionState(facts, today, calendar)).toBe(state),
  );
  it('is in dispute from its acceptance to its decision', () => {
    const all = [submitted, accepted, answered, reviewed, decided, refused].map(isInDispute);
    expect(all).toEqual([false, true, true, true, false, false]);
  });
});

describe('who is in charge', () => {
  it.each([
    ['the body, in time', submitted, '2026-10-09', 'handler'],
    ['the coordinating body, when it was not accepted in time', submitted, '2026-10-10', 'coordinating-body'],
    [
      'for good, also when it was accepted then',
      { ...accepted, acceptedOn: '2026-10-12' },
      '2026-10-13',
      'coordinating-body',
    ],
    ['the body until the decision is due', answered, '2026-11-02', 'handler'],
    ['the coordinating body behind that', answered, '2026-11-03', 'coordinating-body'],
    [
      'the coordinating body of a conflict of interests, from the start',
      { ...submitted, kind: 'conflict' },
      '2026-09-28',
      'coordinating-body',
    ],
    ['the body that decided in time, for ever', decided, '2027-06-01', 'handler'],
    ['the regulator of its draw, always', { ...submitted, objectKind: 'draw' }, '2026-12-01', 'handler'],
  ] as const)('%s', (_, facts, today, expected) => expect(inCharge(facts, today, calendar)).toBe(expected));
});

describe('whose turn it is', () => {
  const turns = (facts: ObjectionFacts, today: string) =>
    OBJECTION_ACTS.filter((act) => isTurnOf(act, facts, today, calendar));
  it.each([
    [submitted, '2026-09-28', ['accept']],
    [refused, '2026-10-01', []],
    [accepted, '2026-10-09', ['answer']],
    [accepted, '2026-10-20', ['answer', 'review']],
    [answered, '2026-10-10', ['review']],
    [reviewed, '2026-10-12', ['decide']],
    [decided, '2026-10-14', ['execute']],
    [{ ...decided, effect: 'none' }, '2026-10-14', []],
    [{ ...decided, executedOn: '2026-10-20' }, '2026-10-21', []],
  ] as const)('%#', (facts, today, expected) => expect(turns(facts, today)).toEqual(expected));

  const person: Judging = { userId: 'me', acceptedBy: 'a', reviewedBy: 'r', releasedBy: ['p'], statement: 'clear' };
  it.each([
    ['review', {}, false],
    ['review', { userId: 'a' }, true],
    ['review', { userId: 'p' }, true],
    ['review', { statement: 'names-a-party' }, true],
    ['review', { statement: 'missing' }, true],
    ['review', { statement: 'none-needed' }, false],
    ['decide', {}, false],
    ['decide', { userId: 'r' }, true],
    ['decide', { userId: 'a' }, false],
    ['decide', { statement: 'names-a-party' }, true],
  ] as const)('%s by %j is barred: %s', (act, given, expected) =>
    expect(barredFrom(act, { ...person, ...given }) !== null).toBe(expected),
  );

  it('nobody does two acts that need two persons, whatever the order of days', () => {
    const day = fc
      .integer({ min: 0, max: 80 })
      .map((n) => new Date(Date.UTC(2026, 8, 27 + n)).toISOString().slice(0, 10));
    const who = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(day, day, day, who, who, who, (first, second, today, acceptedBy, reviewedBy, userId) => {
        const [on = '', then = ''] = [first, second].sort();
        const facts = { ...accepted, acceptedOn: on, answeredOn: on, reviewedOn: null };
        const judging = { ...person, acceptedBy, reviewedBy, userId, releasedBy: [] };
        if (mayAct('review', facts, judging, today, calendar) === null) expect(userId).not.toBe(acceptedBy);
        const after = { ...facts, reviewedOn: then };
        if (mayAct('decide', after, judging, today, calendar) === null) expect(userId).not.toBe(reviewedBy);
        expect(mayAct('accept', facts, judging, today, calendar)?.why).toBe('turn');
      }),
    );
  });
});
