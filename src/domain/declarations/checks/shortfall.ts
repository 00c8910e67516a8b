import { guaranteed } from '../../comparisons/fact.ts';
import { compareQuantities, findUnit } from '../../indicators/units.ts';
import { meetsAll } from '../../schemes/conditions.ts';
import { type LIMIT_FORCES } from '../../standards/limit.ts';
import { holdsOn } from '../../standards/in-force.ts';
import { parseStandardNumber } from '../../standards/number.ts';
import { foldForSearch } from '../../text/fold.ts';
import type { DeclarationContent, DeclaredIndicator } from '../content.ts';
import { citedIn, type DeclarationRules, type PreparedLimit } from '../rules.ts';

/** How a declared requirement misses a limit: lower, or in a form that cannot show that it meets it. */
export interface Shortfall {
  readonly kind: 'below' | 'opposite-bound' | 'unit' | 'words' | 'parameter-missing';
  readonly field: string;
  readonly found: string;
}

/** Limits in force on the day for an indicator of this name, unless the declared parameters show that they concern others. */
export function limitsOf(
  name: string,
  force: (typeof LIMIT_FORCES)[number],
  content: DeclarationContent,
  rules: DeclarationRules,
): readonly { readonly prepared: PreparedLimit; readonly applies: 'yes' | 'unknown' }[] {
  const folded = foldForSearch(name);
  return rules.limits.flatMap((prepared) => {
    const { limit, names } = prepared;
    if (limit.force !== force || !names.has(folded) || !holdsOn(limit, rules.day)) return [];
    const applies = meetsAll(limit.when, content.parameters);
    return applies === 'no' ? [] : [{ prepared, applies }];
  });
}

/** Null where what is declared guarantees the limit, across units exactly. */
export function shortfallOf(declared: DeclaredIndicator, { limit, unit, value }: PreparedLimit): Shortfall | null {
  const shown = declared.raw ?? `${declared.comparator} ${declared.value} ${declared.unit}`;
  if (declared.comparator === 'text') {
    const number = parseStandardNumber(limit.standard);
    const cites = number.ok && citedIn(declared.value).some((compact) => compact === number.value.compact);
    return cites ? null : { kind: 'words', field: '/value', found: shown };
  }
  const declaredUnit = findUnit(declared.unit || '1');
  if (!declaredUnit || declaredUnit.dimension !== unit.dimension)
    return { kind: 'unit', field: '/unit', found: declared.unit };
  const worst = guaranteed(declared, limit.direction);
  if (!worst) return { kind: 'opposite-bound', field: '/comparator', found: shown };
  const order = compareQuantities(worst, declaredUnit, value, unit);
  const meets = limit.direction === 'higher' ? order >= 0 : order <= 0;
  return meets ? null : { kind: 'below', field: '/value', found: shown };
}
