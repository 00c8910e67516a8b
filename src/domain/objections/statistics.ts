import { type Calendar, workingDaysBetween } from '../calendar/calendar.ts';
import { type ObjectionFacts, objectionState } from './state.ts';
import { OBJECTION_KINDS, OBJECTION_STATES, type ObjectionKind, type ObjectionState } from './vocabulary.ts';

export interface ObjectionStatistics {
  readonly received: number;
  readonly byState: Readonly<Record<ObjectionState, number>>;
  readonly byKind: Readonly<Record<ObjectionKind, number>>;
  readonly decided: number;
  /** Upheld in whole or in part. */
  readonly upheld: number;
  /** Working days from submission to decision; null while nothing is decided. */
  readonly medianDays: number | null;
  readonly p90Days: number | null;
}

export function objectionStatistics(
  objections: readonly ObjectionFacts[],
  today: string,
  calendar: Calendar,
): ObjectionStatistics {
  const states = objections.map((facts) => objectionState(facts, today, calendar));
  const decided = objections.filter(({ decidedOn }) => decidedOn !== null);
  const days = decided
    .map(({ submittedOn, decidedOn }) => workingDaysBetween(submittedOn, decidedOn ?? submittedOn, calendar))
    .toSorted((a, b) => a - b);
  const count = <Key extends string>(keys: readonly Key[], found: readonly Key[]) =>
    Object.fromEntries(keys.map((key) => [key, found.filter((one) => one === key).length])) as Record<Key, number>;
  return {
    received: objections.length,
    byState: count(OBJECTION_STATES, states),
    byKind: count(
      OBJECTION_KINDS,
      objections.map(({ kind }) => kind),
    ),
    decided: decided.length,
    upheld: decided.filter(({ decision }) => decision !== 'not-upheld').length,
    medianDays: quantile(days, 0.5),
    p90Days: quantile(days, 0.9),
  };
}

/** The nearest-rank quantile: a number that really occurred. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
