import type { Severity } from '../../fault.ts';
import type { StandardNumber } from '../../standards/number.ts';
import type { DeclarationContent } from '../content.ts';
import type { Found } from '../finding.ts';
import type { DeclarationRules } from '../rules.ts';

export interface Given {
  readonly content: DeclarationContent;
  /** Null where the number itself is wrong, which `standard-number` says. */
  readonly number: StandardNumber | null;
  /** By place: whether an indicator's value and unit could be read at all; the others are refused already. */
  readonly readable: readonly boolean[];
  readonly rules: DeclarationRules;
}

/** One rule of declaring; it has one severity, and a file and a test of its own. */
export interface Check {
  readonly severity: Severity;
  readonly find: (given: Given) => readonly Found[];
}
