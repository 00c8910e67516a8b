import { factOf, type IncomparableReason } from '../../comparisons/fact.ts';
import type { PreparedIndicator } from '../../comparisons/prepare.ts';
import { foldForSearch } from '../../text/fold.ts';
import type { DeclaredIndicator } from '../content.ts';
import type { Given } from './check.ts';

/** Declared indicators that a scheme of the category could not compare for one reason; each once. */
export function incomparable(
  { content, readable, rules }: Given,
  reason: IncomparableReason,
): readonly { readonly at: string; readonly declared: DeclaredIndicator; readonly prepared: PreparedIndicator }[] {
  return content.indicators.flatMap((declared, i) => {
    if (!readable[i]) return [];
    const name = foldForSearch(declared.name);
    const prepared = rules.indicators.find((one) => {
      if (!one.names.has(name)) return false;
      const fact = factOf(declared, one);
      return !fact.comparable && fact.reason === reason;
    });
    return prepared ? [{ at: `/indicators/${i}`, declared, prepared }] : [];
  });
}
