import { type Because, type Check, reasonsIn } from './checks.ts';

/** What is known of a candidate. Of the checks the public knows only whether a second person confirmed them. */
export interface CandidateFacts {
  readonly isConfirmed: boolean;
  readonly hasReport: boolean;
  /** Confirmed checks; null while there are none. */
  readonly checks: readonly Pick<Check, 'about' | 'result'>[] | null;
  /** Its declaration now, against the frozen one. */
  readonly declaration: 'as-frozen' | 'revised' | 'ended';
  /** Objections that were decided to leave it out. */
  readonly decidedOut: readonly string[];
}

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly because: readonly Because[] };

/**
 * Whether a candidate is listed, or every reason why it is not. There is no fee among them, and no group standard: neither
 * is asked for (DOMAIN 7.1, 14).
 */
export function eligible({ isConfirmed, hasReport, checks, declaration, decidedOut }: CandidateFacts): Eligibility {
  const because: Because[] = [];
  const add = (reason: Because['reason'], about: string | null = null) => because.push({ reason, about });
  if (!isConfirmed) add('no-commitment');
  if (!hasReport) add('no-report');
  if (checks) because.push(...reasonsIn(checks));
  // Who gave no papers is not looked up.
  else if (isConfirmed && hasReport) add('no-checks');
  if (declaration === 'ended') add('declaration-ended');
  if (declaration === 'revised') add('declaration-revised');
  for (const objection of decidedOut) add('decided-out', objection);
  return because.length === 0 ? { eligible: true } : { eligible: false, because };
}

export const CANDIDATE_STATES = ['waits-for-enterprise', 'waits-for-checks', 'complete'] as const;
export type CandidateState = (typeof CANDIDATE_STATES)[number];

/** For whom a candidate waits before the short-list. */
export function candidateState({
  isConfirmed,
  hasReport,
  isChecked,
}: Pick<CandidateFacts, 'isConfirmed' | 'hasReport'> & { readonly isChecked: boolean }): CandidateState {
  if (!isConfirmed || !hasReport) return 'waits-for-enterprise';
  return isChecked ? 'complete' : 'waits-for-checks';
}
