import { type Calendar, type CountedDay, workingDaysAfter, workingDaysBetween } from '../calendar/calendar.ts';
import { type Text, text } from '../fault.ts';
import type { ObjectKind } from './object.ts';
import {
  type Acceptance,
  type ObjectionDecision,
  type ObjectionEffect,
  type ObjectionKind,
  type ObjectionState,
  TERMS,
} from './vocabulary.ts';

/** What has happened with an objection, by day in Beijing. */
export interface ObjectionFacts {
  readonly objectKind: ObjectKind;
  readonly kind: ObjectionKind;
  readonly submittedOn: string;
  readonly acceptance: Acceptance | null;
  readonly acceptedOn: string | null;
  readonly answeredOn: string | null;
  readonly reviewedOn: string | null;
  readonly decidedOn: string | null;
  readonly decision: ObjectionDecision | null;
  readonly effect: ObjectionEffect | null;
  readonly executedOn: string | null;
}

export function objectionState(facts: ObjectionFacts, today: string, calendar: Calendar): ObjectionState {
  if (facts.executedOn !== null) return 'executed';
  if (facts.decidedOn !== null) return 'decided';
  if (facts.acceptance === null) return 'submitted';
  if (facts.acceptance === 'not-accepted') return 'not-accepted';
  if (facts.reviewedOn !== null) return 'reviewed';
  if (facts.answeredOn !== null) return 'answered';
  const { answer } = clocks(facts, calendar);
  return answer !== null && today > answer.day ? 'answer-overdue' : 'accepted';
}

/** Accepted and not decided: the object carries the flag 异议中. */
export function isInDispute({ acceptance, decidedOn }: Pick<ObjectionFacts, 'acceptance' | 'decidedOn'>): boolean {
  return acceptance === 'accepted' && decidedOn === null;
}

/** Whether a decision is still to be carried out. */
export function awaitsExecution({ effect, decidedOn, executedOn }: ObjectionFacts): boolean {
  return decidedOn !== null && executedOn === null && effect !== null && effect !== 'none';
}

export interface Clocks {
  readonly acceptance: CountedDay;
  readonly answer: CountedDay | null;
  readonly decision: CountedDay | null;
}

/** The last day of each step. A day in a year whose holidays are not published yet is provisional. */
export function clocks({ submittedOn, acceptance, acceptedOn }: ObjectionFacts, calendar: Calendar): Clocks {
  const from = acceptance === 'accepted' ? acceptedOn : null;
  return {
    acceptance: workingDaysAfter(submittedOn, TERMS.acceptance, calendar),
    answer: from === null ? null : workingDaysAfter(from, TERMS.answer, calendar),
    decision: from === null ? null : workingDaysAfter(from, TERMS.decision, calendar),
  };
}

export interface RunningClock {
  readonly step: keyof Clocks;
  readonly due: CountedDay;
  /** Working days that are left after today; negative once it is late. */
  readonly left: number;
}

/** The clock that runs now; null when nothing is waited for by a day. */
export function runningClock(facts: ObjectionFacts, today: string, calendar: Calendar): RunningClock | null {
  const { acceptance, answer, decision } = clocks(facts, calendar);
  const at = (step: keyof Clocks, due: CountedDay | null) =>
    due === null ? null : { step, due, left: workingDaysBetween(today, due.day, calendar) };
  switch (objectionState(facts, today, calendar)) {
    case 'submitted':
      return at('acceptance', acceptance);
    case 'accepted':
      return at('answer', answer);
    case 'answer-overdue':
    case 'answered':
    case 'reviewed':
      return at('decision', decision);
    case 'not-accepted':
    case 'decided':
    case 'executed':
      return null;
  }
}

export type InCharge = 'handler' | 'coordinating-body';

/**
 * Who handles an objection now. Nobody judges a conflict of their own interests, and a body that lets a deadline pass loses
 * the case: then it is the coordinating body's, for good, as the clock says. Draws stay with their regulator.
 */
export function inCharge(facts: ObjectionFacts, today: string, calendar: Calendar): InCharge {
  if (facts.objectKind === 'draw') return 'handler';
  if (facts.kind === 'conflict') return 'coordinating-body';
  const due = clocks(facts, calendar);
  const late =
    (facts.acceptedOn ?? today) > due.acceptance.day ||
    (due.decision !== null && (facts.decidedOn ?? today) > due.decision.day);
  return late ? 'coordinating-body' : 'handler';
}

export const OBJECTION_ACTS = ['accept', 'answer', 'review', 'decide', 'execute'] as const;
export type ObjectionAct = (typeof OBJECTION_ACTS)[number];

const MAY_FOLLOW: Readonly<Record<ObjectionAct, readonly ObjectionState[]>> = {
  accept: ['submitted'],
  // A late answer is still read, as long as nobody has reviewed without it.
  answer: ['accepted', 'answer-overdue'],
  review: ['answered', 'answer-overdue'],
  decide: ['reviewed'],
  execute: ['decided'],
};

/** Whether an act has its turn. */
export function isTurnOf(act: ObjectionAct, facts: ObjectionFacts, today: string, calendar: Calendar): boolean {
  const follows = MAY_FOLLOW[act].includes(objectionState(facts, today, calendar));
  return follows && (act !== 'execute' || awaitsExecution(facts));
}

/** What a person who reviews or decides may not be. */
export interface Judging {
  readonly userId: string;
  readonly acceptedBy: string | null;
  readonly reviewedBy: string | null;
  /** People who prepared or released the list, or proposed the scheme. */
  readonly releasedBy: readonly string[];
  /** Of a person of an assessment body: whether a statement of interests holds for them, and names a party. */
  readonly statement: 'none-needed' | 'missing' | 'clear' | 'names-a-party';
}

/** Why this person may not review or decide; null if they may. */
export function barredFrom(act: 'review' | 'decide', person: Judging): Text | null {
  const { userId, acceptedBy, reviewedBy, releasedBy, statement } = person;
  if (act === 'review' && userId === acceptedBy) {
    return text('复核人不能是受理人', 'whoever accepted it does not review it');
  }
  if (act === 'decide' && userId === reviewedBy) {
    return text('决定人不能是复核人', 'whoever reviewed it does not decide it');
  }
  if (act === 'review' && releasedBy.includes(userId)) {
    return text('复核人不能是该榜单或方案的发布人', 'whoever released the list or scheme does not review it');
  }
  if (statement === 'names-a-party') {
    return text('声明过与当事企业的利益关系，应当回避', 'an interest in a party is stated');
  }
  if (act === 'review' && statement === 'missing') {
    return text('没有有效的利益冲突声明', 'no valid statement of interests');
  }
  return null;
}

/** May this act be done now, by this person? The reason if not. Organisation and role are the policy table's matter. */
export function mayAct(
  act: ObjectionAct,
  facts: ObjectionFacts,
  person: Judging,
  today: string,
  calendar: Calendar,
): { readonly why: 'turn' | 'person'; readonly says: Text } | null {
  if (!isTurnOf(act, facts, today, calendar)) {
    return { why: 'turn', says: text('异议不在可办理此事的状态', 'it is not the turn of this act') };
  }
  const barred = act === 'review' || act === 'decide' ? barredFrom(act, person) : null;
  return barred && { why: 'person', says: barred };
}
