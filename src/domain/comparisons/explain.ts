import type { DeclarationDocument } from '../declarations/document.ts';
import { convertForShowing } from '../indicators/units.ts';
import { meetsAll } from '../schemes/conditions.ts';
import type { Condition, Scheme, Tier } from '../schemes/scheme.ts';
import { foldForSearch } from '../text/fold.ts';
import { type Compared, comparer, reaches } from './compare.ts';
import { incomparable } from './fact.ts';
import type { Quantity } from './interval.ts';
import type { Premises } from './premises.ts';
import type { PreparedIndicator } from './prepare.ts';
import type { ComparisonResult, IndicatorResult } from './result.ts';

/** One declared row that was read as an indicator, and by which of the scheme's names. */
export interface ReadRow {
  /** Place among the declared indicators, from 0. */
  readonly place: number;
  readonly name: string;
  readonly raw: string;
  readonly by: 'name' | 'alias' | 'pair' | 'mapping';
  /** Of a mapping: the name it is read as, and why. */
  readonly mapping: { readonly as: string; readonly reason: string; readonly on: string } | null;
  readonly testMethod: string | null;
}

/** An end of what is guaranteed, as declared and in the scheme's unit. */
export interface ShownEnd {
  readonly declared: string;
  readonly unit: string;
  readonly value: string;
  /** False where the ratio of the units is no finite decimal and the shown value is rounded; the comparison is exact. */
  readonly exact: boolean;
}

export interface ExplainedTier extends Tier {
  readonly reached: boolean;
}

/** Every step from the declared text to the level of one indicator; `at` points into the scheme, where the rule stands. */
export interface IndicatorExplanation {
  readonly at: string;
  readonly code: string;
  readonly result: IndicatorResult;
  readonly rows: readonly ReadRow[];
  readonly applies: { readonly conditions: readonly Condition[]; readonly met: string };
  readonly tested: { readonly conditions: readonly Condition[]; readonly met: string };
  readonly acceptedMethods: readonly string[];
  readonly guaranteed: { readonly low: ShownEnd | null; readonly high: ShownEnd | null } | null;
  readonly plausible: { readonly min?: string | undefined; readonly max?: string | undefined };
  readonly table: { readonly index: number; readonly when: readonly Condition[] } | null;
  readonly tiers: readonly ExplainedTier[];
}

export interface Explanation {
  readonly result: ComparisonResult;
  readonly indicators: readonly IndicatorExplanation[];
}

/** How a declaration came to what it came to, step by step; computed again from the document, by the rules of the list. */
export function explain(scheme: Scheme, premises: Premises, document: DeclarationDocument): Explanation {
  const { prepared, compareIndicators, compare } = comparer(scheme, premises);
  const { keys: _, cited: __, ...result } = compare(document);
  const indicators = compareIndicators(document).map((compared, i) => {
    const one = prepared[i];
    if (!one) throw new Error(`indicator ${i} was not prepared`);
    return explainIndicator(one, compared, document, premises, `/indicators/${i}`);
  });
  return { result, indicators };
}

function explainIndicator(
  prepared: PreparedIndicator,
  { result, rows, fact }: Compared,
  document: DeclarationDocument,
  premises: Premises,
  at: string,
): IndicatorExplanation {
  const { indicator } = prepared;
  const { parameters } = document.content;
  const tested = indicator.testConditions ?? [];
  const index = result.table;
  const levels = index === undefined ? undefined : indicator.levels[index];
  return {
    at,
    code: indicator.code,
    result,
    rows: rows.flat().map((row): ReadRow => {
      const place = document.content.indicators.indexOf(row);
      const folded = foldForSearch(row.name);
      const mapping = premises.mappings.find(({ name }) => foldForSearch(name) === folded) ?? null;
      return {
        place,
        name: row.name,
        raw: row.raw ?? `${row.comparator} ${row.value}`,
        by: mapping ? 'mapping' : nameKind(prepared, folded),
        mapping: mapping ? { as: mapping.as, reason: mapping.reason, on: mapping.on } : null,
        testMethod: row.testMethod ?? null,
      };
    }),
    applies: { conditions: indicator.appliesWhen, met: meetsAll(indicator.appliesWhen, parameters) },
    tested: { conditions: tested, met: meetsAll(tested, parameters) },
    acceptedMethods: indicator.testMethods,
    guaranteed:
      fact?.comparable && 'low' in fact
        ? {
            low: prepared.needsLow ? shown(fact.low, prepared) : null,
            high: prepared.needsHigh ? shown(fact.high, prepared) : null,
          }
        : null,
    plausible: indicator.plausible,
    table: index === undefined || !levels ? null : { index, when: levels.when },
    tiers: (prepared.tables[index ?? -1] ?? []).map(({ bounds, ...tier }) => {
      const known = fact ?? incomparable('not-declared');
      return { ...tier, reached: known.comparable && reaches(known, bounds, prepared) };
    }),
  };
}

function nameKind({ indicator, parts }: PreparedIndicator, folded: string): ReadRow['by'] {
  if ([indicator.name.zh, indicator.name.en].map(foldForSearch).includes(folded)) return 'name';
  return parts.some((part) => part.has(folded)) ? 'pair' : 'alias';
}

function shown(end: Quantity | null, { unit }: PreparedIndicator): ShownEnd | null {
  if (!end) return null;
  const declared = end.digits ?? end.value.toFixed();
  const converted = convertForShowing(end.value.toFixed(), end.unit, unit);
  const value = end.unit === unit ? declared : converted.value;
  return { declared, unit: end.unit.symbol, value, exact: converted.exact };
}
