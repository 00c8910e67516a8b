import type { Grade, PerformanceLevel } from '../schemes/scheme.ts';
import type { IncomparableReason } from './fact.ts';

/** `lower-tier`: in a tier under the baseline. `below`: declared and comparable, but under every tier. */
export type Outcome = PerformanceLevel | 'lower-tier' | 'below' | 'not-comparable' | 'not-applicable';

/** What one indicator of one declaration came to. */
export interface IndicatorResult {
  readonly code: string;
  /** As declared, e.g. "≥ 520 m³/h"; null where nothing was declared. */
  readonly raw: string | null;
  /** The compared value in the scheme's unit, decimal text for showing; null where nothing can be compared. */
  readonly value: string | null;
  readonly outcome: Outcome;
  readonly reason?: IncomparableReason;
  /** Which of the indicator's level tables applied. */
  readonly table?: number;
  /** The tier (档) reached: 1, 2, 3 for the levels, from 4 on under the baseline. */
  readonly tier?: number;
}

/** Why a declaration stands on no list: for an overall list, why it has no grade. */
export const EXCLUSION_REASONS = [
  'decided-out',
  'standard-not-in-force',
  'core-not-comparable',
  'core-below-baseline',
  'basic-not-comparable',
  'basic-not-met',
  'no-core-applicable',
  'innovation-too-few',
  'score-too-low',
  'grade-not-listed',
  'nothing-in-a-tier',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export interface Exclusion {
  readonly reason: ExclusionReason;
  /** Codes of the indicators that it is about; for a standard its number, for a decision the objection's. */
  readonly about: readonly string[];
}

export interface ComparisonResult {
  readonly indicators: readonly IndicatorResult[];
  readonly grade: Grade | null;
  /** By stars or weighted score, to two places, never rounded up to a bound that was missed; null otherwise. */
  readonly score: string | null;
  readonly excluded: Exclusion | null;
}
