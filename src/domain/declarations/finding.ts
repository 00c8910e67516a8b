import type { Fault, Severity } from '../fault.ts';

/** One thing that a check found. */
export interface Finding extends Fault {
  readonly severity: Severity;
  readonly about: string;
  /** Whether the declaration itself answers it by a statement or a waiver. */
  readonly answered: boolean;
}

/** A check's own part of a finding; severity and answers are added by `checkDeclaration`. */
export type Found = Fault & { readonly about: string };

/** The findings that stand in the way of publishing. */
export function standing(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ answered }) => !answered);
}
