import { type Calendar, workingDaysBetween } from '../calendar/calendar.ts';
import { type Text, text } from '../fault.ts';
import type { CandidateState } from './candidate.ts';
import type { RoundState } from './vocabulary.ts';

/** What has happened with a round, and its days. */
export interface RoundFacts {
  readonly confirmUntil: string;
  /** Of each candidate, for whom it waits. */
  readonly candidates: readonly CandidateState[];
  readonly isShortlisted: boolean;
  readonly objectionsUntil: string | null;
  readonly isPublished: boolean;
  readonly isEnded: boolean;
}

/** The state of a round on a day: what was done, and what the clock says. */
export function roundState(facts: RoundFacts, today: string): RoundState {
  const { confirmUntil, candidates, isShortlisted, objectionsUntil, isPublished, isEnded } = facts;
  if (isPublished) return 'published';
  if (isEnded) return 'ended';
  if (objectionsUntil !== null) return today <= objectionsUntil ? 'objection' : 'objections-over';
  if (isShortlisted) return 'shortlisted';
  return today <= confirmUntil && candidates.includes('waits-for-enterprise') ? 'confirming' : 'checking';
}

export const ROUND_ACTS = [
  'confirm',
  'report',
  'check',
  'confirm-checks',
  'short-list',
  'open-objections',
  'publish',
  'end',
] as const;
export type RoundAct = (typeof ROUND_ACTS)[number];

const MAY_FOLLOW: Readonly<Record<RoundAct, readonly RoundState[]>> = {
  confirm: ['confirming'],
  report: ['confirming', 'checking'],
  check: ['confirming', 'checking'],
  'confirm-checks': ['confirming', 'checking'],
  'short-list': ['checking'],
  'open-objections': ['shortlisted'],
  publish: ['objections-over'],
  end: ['confirming', 'checking', 'shortlisted', 'objection', 'objections-over'],
};

/** Why an act does not have its turn; null if it has. */
export function outOfTurn(act: RoundAct, facts: RoundFacts, today: string): Text | null {
  const state = roundState(facts, today);
  if (!MAY_FOLLOW[act].includes(state)) return text('本轮不在可办理此事的阶段', 'the round is not at this step');
  // A better report may be sent while the checks go on, but not after the day.
  if (act === 'report' && today > facts.confirmUntil) {
    return text(`确认期限 ${facts.confirmUntil} 已过`, `the day for it was ${facts.confirmUntil}`);
  }
  if (act === 'short-list' && facts.candidates.includes('waits-for-checks')) {
    return text('还有候选企业的核查未经第二人确认', 'checks of a candidate are not confirmed yet');
  }
  return null;
}

export interface RoundClock {
  readonly step: 'confirmation' | 'objections';
  readonly day: string;
  /** Working days left after today. */
  readonly left: number;
}

/** The clock that runs now; null when nothing is waited for by a day. */
export function roundClock(facts: RoundFacts, today: string, calendar: Calendar): RoundClock | null {
  const state = roundState(facts, today);
  const at = (step: RoundClock['step'], day: string): RoundClock => ({
    step,
    day,
    left: workingDaysBetween(today, day, calendar),
  });
  if (state === 'confirming') return at('confirmation', facts.confirmUntil);
  if (state === 'objection' && facts.objectionsUntil !== null) return at('objections', facts.objectionsUntil);
  return null;
}
