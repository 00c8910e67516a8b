import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { type CandidateFacts, candidateState, eligible } from '../../../src/domain/forerunners/candidate.ts';
import { checkChecks, checksAskedBy } from '../../../src/domain/forerunners/checks.ts';
import { marksOf } from '../../../src/domain/forerunners/marks.ts';
import {
  outOfTurn,
  ROUND_ACTS,
  roundClock,
  type RoundFacts,
  roundState,
} from '../../../src/domain/forerunners/round.ts';
import { CHECK_RESULTS, LEFT_OUT_REASONS, RECORDS, ROUND_STATES } from '../../../src/domain/forerunners/vocabulary.ts';

const TODAY = '2026-06-10';
const ready: CandidateFacts = {
  isConfirmed: true,
  hasReport: true,
  checks: [
    { about: 'credit-record', result: 'clear' },
    { about: 'quality-record', result: 'not-found' },
    { about: 'requirement/iso-9001', result: 'clear' },
  ],
  declaration: 'as-frozen',
  decidedOut: [],
};

describe('who is listed', () => {
  it('is whoever gave commitment and report, without trouble; a silent record is no trouble', () => {
    expect(eligible(ready)).toEqual({ eligible: true });
  });

  it.each([
    ['no-commitment', null, { isConfirmed: false }],
    ['no-report', null, { hasReport: false }],
    ['no-checks', null, { checks: null }],
    ['record-trouble', 'credit-record', { checks: [{ about: 'credit-record', result: 'trouble' as const }] }],
    ['requirement-trouble', 'requirement/a', { checks: [{ about: 'requirement/a', result: 'trouble' as const }] }],
    ['requirement-not-shown', 'requirement/a', { checks: [{ about: 'requirement/a', result: 'not-found' as const }] }],
    ['declaration-ended', null, { declaration: 'ended' as const }],
    ['declaration-revised', null, { declaration: 'revised' as const }],
    ['decided-out', 'YY-2026-000001', { decidedOut: ['YY-2026-000001'] }],
  ] as const)('%s leaves out, and is said', (reason, about, changed) => {
    expect(eligible({ ...ready, ...changed })).toEqual({ eligible: false, because: [{ reason, about }] });
  });

  it('every reason is told, not only the first; who gave no papers is not looked up', () => {
    const none = {
      isConfirmed: false,
      hasReport: false,
      checks: null,
      declaration: 'ended' as const,
      decidedOut: ['A'],
    };
    const verdict = eligible(none);
    expect(verdict.eligible ? [] : verdict.because.map(({ reason }) => reason)).toEqual([
      'no-commitment',
      'no-report',
      'declaration-ended',
      'decided-out',
    ]);
  });

  it('DOMAIN 7.1 (14): no fee and no group standard is asked of anyone', () => {
    for (const word of [/fee|paid|pay/u, /group|association|^t-/u])
      expect([...LEFT_OUT_REASONS, ...RECORDS].filter((one) => word.test(one))).toEqual([]);
  });
});

describe('checks', () => {
  const asked = checksAskedBy({ requirements: [{ code: 'a', text: { zh: '甲', en: 'a' }, evidence: 'certificate' }] });
  const one = (about: string, result: (typeof CHECK_RESULTS)[number] = 'clear', note = '') => ({
    about,
    result,
    source: '公示系统',
    checkedOn: TODAY,
    note,
  });
  const faultsOf = (checks: ReturnType<typeof one>[]) =>
    checkChecks({ declaration: 'X', checks }, asked, TODAY).map(({ at, code }) => [at, code]);

  it('are asked of three records and of each requirement', () => {
    expect(asked).toEqual([...RECORDS, 'requirement/a']);
    expect(faultsOf(asked.map((about) => one(about)))).toEqual([]);
  });

  it('are each given once, by today, and trouble in words', () => {
    const all = asked.map((about) => one(about));
    expect(faultsOf(all.slice(1))).toEqual([['/checks', 'forerunner.check-missing']]);
    expect(faultsOf([...all, one('credit-record')])).toEqual([['/checks/4/about', 'forerunner.check-unknown']]);
    expect(faultsOf([...all, one('fee')])).toEqual([['/checks/4/about', 'forerunner.check-unknown']]);
    const wordless = all.map((check, i) => (i === 1 ? { ...check, result: 'trouble' as const } : check));
    expect(faultsOf(wordless)).toEqual([['/checks/1/note', 'forerunner.check-note']]);
    const tomorrow = all.map((check, i) => (i === 2 ? { ...check, checkedOn: '2026-06-11' } : check));
    expect(faultsOf(tomorrow)).toEqual([['/checks/2/checkedOn', 'date.future']]);
  });
});

describe('a round', () => {
  const facts = (changed: Partial<RoundFacts> = {}): RoundFacts => ({
    confirmUntil: '2026-06-12',
    candidates: ['waits-for-enterprise', 'complete'],
    isShortlisted: false,
    objectionsUntil: null,
    isPublished: false,
    isEnded: false,
    ...changed,
  });

  it.each([
    ['confirming', facts()],
    ['checking', facts({ candidates: ['complete', 'waits-for-checks'] })],
    ['checking', facts({ confirmUntil: '2026-06-09' })],
    ['shortlisted', facts({ isShortlisted: true })],
    ['objection', facts({ isShortlisted: true, objectionsUntil: TODAY })],
    ['objections-over', facts({ isShortlisted: true, objectionsUntil: '2026-06-09' })],
    ['published', facts({ isShortlisted: true, objectionsUntil: '2026-06-09', isPublished: true })],
    ['ended', facts({ isEnded: true })],
  ] as const)('is %s by what was done and by the day', (state, given) => {
    expect(roundState(given, TODAY)).toBe(state);
  });

  it('lets nothing be done once it is published or ended, and ends from every other state', () => {
    const over = facts({ isPublished: true });
    expect(ROUND_ACTS.filter((act) => outOfTurn(act, over, TODAY) === null)).toEqual([]);
    expect(ROUND_ACTS.filter((act) => outOfTurn(act, facts({ isEnded: true }), TODAY) === null)).toEqual([]);
    expect(ROUND_STATES).toContain('objections-over');
    expect(outOfTurn('end', facts(), TODAY)).toBeNull();
  });

  it('is short-listed only after the enterprises’ time, with every check confirmed', () => {
    expect(outOfTurn('short-list', facts(), TODAY)).not.toBeNull();
    expect(outOfTurn('short-list', facts({ candidates: ['complete', 'waits-for-checks'] }), TODAY)).not.toBeNull();
    expect(outOfTurn('short-list', facts({ candidates: ['complete'] }), TODAY)).toBeNull();
    expect(outOfTurn('short-list', facts({ confirmUntil: '2026-06-09' }), TODAY)).toBeNull();
  });

  it('takes a better report while checks go on, and none after its day', () => {
    const complete = facts({ candidates: ['waits-for-checks'] });
    expect(outOfTurn('report', complete, TODAY)).toBeNull();
    expect(outOfTurn('confirm', complete, TODAY)).not.toBeNull();
    expect(outOfTurn('report', { ...complete, confirmUntil: '2026-06-09' }, TODAY)).not.toBeNull();
  });

  it('has a clock in working days while somebody is waited for', () => {
    const calendar = calendarOf([]);
    expect(roundClock(facts(), TODAY, calendar)).toEqual({ step: 'confirmation', day: '2026-06-12', left: 2 });
    const objected = facts({ isShortlisted: true, objectionsUntil: '2026-06-15' });
    expect(roundClock(objected, TODAY, calendar)).toEqual({ step: 'objections', day: '2026-06-15', left: 3 });
    expect(roundClock(facts({ isShortlisted: true }), TODAY, calendar)).toBeNull();
  });

  it('waits for the enterprise until both papers are there, then for the checks', () => {
    const state = (isConfirmed: boolean, hasReport: boolean, isChecked = false) =>
      candidateState({ isConfirmed, hasReport, isChecked });
    expect([state(false, true), state(true, false), state(true, true), state(true, true, true)]).toEqual([
      'waits-for-enterprise',
      'waits-for-enterprise',
      'waits-for-checks',
      'complete',
    ]);
  });
});

describe('marks', () => {
  const entry = { declaration: 'X', revision: 1, validUntil: '2026-12-31' };
  const now = { state: 'current', revision: 1, outdated: [], decidedOut: [] };
  it.each([
    [[], {}, {}],
    [['expired'], { validUntil: '2026-06-09' }, {}],
    [['ended'], {}, { state: 'withdrawn', revision: 2 }],
    [['revised'], {}, { revision: 2 }],
    [['cites-outdated'], {}, { outdated: ['GB12021.3-2010'] }],
    [['decided-out'], {}, { decidedOut: ['YY-2026-000001'] }],
  ])('are %j', (marks, of, changed) => {
    const found = marksOf({ ...entry, ...of }, TODAY, { ...now, ...changed });
    expect(found.map(({ mark }) => mark)).toEqual(marks);
  });
});
