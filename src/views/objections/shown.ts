import type { CountedDay } from '../../domain/calendar/calendar.ts';
import type { InCharge, ObjectionAct, RunningClock } from '../../domain/objections/state.ts';
import type {
  ObjectionDecision,
  ObjectionEffect,
  ObjectionKind,
  ObjectionState,
} from '../../domain/objections/vocabulary.ts';

/** What everyone may know of an objection. */
export interface ShownObjection {
  readonly number: string;
  readonly object: string;
  readonly kind: ObjectionKind;
  readonly state: ObjectionState;
  readonly handler: { readonly creditCode: string; readonly name: string };
  readonly inCharge: InCharge;
  readonly submittedAt: string;
  readonly acceptedAt: string | null;
  readonly notAccepted: { readonly at: string; readonly reason: string } | null;
  readonly answeredAt: string | null;
  readonly reviewedAt: string | null;
  readonly decision: {
    readonly at: string;
    readonly decision: ObjectionDecision;
    readonly reasons: string;
    readonly effect: ObjectionEffect;
    readonly sha256: string;
  } | null;
  readonly executed: {
    readonly at: string;
    readonly list: string | null;
    readonly edition: number | null;
    readonly remark: string | null;
  } | null;
  readonly due: { readonly acceptance: CountedDay };
  readonly clock: RunningClock | null;
}

/** At the desk: beside it, what the own organisation may do with it now. */
export interface ShownCase extends ShownObjection {
  readonly acts: readonly ObjectionAct[];
}

/** What only the parties and those who handle it see. */
export interface ShownCaseFile {
  readonly texts: readonly {
    readonly role: 'statement' | 'answer' | 'review';
    readonly content: string;
    readonly recommendation: ObjectionDecision | null;
    readonly writtenAt: string;
  }[];
  readonly evidence: readonly {
    readonly n: number;
    readonly fileName: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly contact: string | null;
}
