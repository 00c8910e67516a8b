import { sha256Hex } from '../bytes.ts';
import { canonicalJson } from '../canonical.ts';
import type { Premises } from '../comparisons/premises.ts';
import type { ListHead } from './list.ts';

/** How a list names its premises: all of them, and apart the two that may move rows from one edition to the next. */
export function premisesSource(premises: Premises, sha256: string): ListHead['premises'] {
  return {
    sha256,
    mappings: sha256Hex(canonicalJson(premises.mappings)),
    decisions: premises.decisions.map(({ objection }) => objection),
  };
}
