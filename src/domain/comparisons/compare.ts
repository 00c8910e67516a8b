import type { DeclarationDocument } from '../declarations/document.ts';
import { compareQuantities } from '../indicators/units.ts';
import { meetsAll, type Parameter } from '../schemes/conditions.ts';
import {
  type Grade,
  hasOverallGrade,
  PERFORMANCE_LEVELS,
  type PerformanceLevel,
  type Scheme,
  type SchemeIndicator,
} from '../schemes/scheme.ts';
import { foldForSearch } from '../text/fold.ts';
import {
  factOf,
  type IncomparableReason,
  type IndicatorFact,
  type PreparedIndicator,
  prepareIndicator,
} from './fact.ts';

/** What one indicator of one declaration came to. `below` is declared and comparable, but under the baseline. */
export interface IndicatorResult {
  readonly code: string;
  /** As declared, e.g. "≥ 520 m³/h"; null where nothing was declared. */
  readonly raw: string | null;
  /** The compared value in the scheme's unit, decimal text for showing; null where nothing can be compared. */
  readonly value: string | null;
  readonly outcome: PerformanceLevel | 'below' | 'not-comparable' | 'not-applicable';
  readonly reason?: IncomparableReason;
  /** Which of the indicator's level tables applied. */
  readonly table?: number;
}

/** Why a declaration stands on no list: for an overall list, why it has no grade. */
export const EXCLUSION_REASONS = [
  'core-not-comparable',
  'core-below-baseline',
  'basic-not-comparable',
  'basic-not-met',
  'no-core-applicable',
  'nothing-in-a-tier',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export interface ComparisonResult {
  readonly indicators: readonly IndicatorResult[];
  readonly grade: Grade | null;
  readonly excluded: { readonly reason: ExclusionReason; readonly indicators: readonly string[] } | null;
}

/** Names of declared indicators repeat from row to row; folding each once is a third of a run's time. */
const REMEMBERED_NAMES = 10_000;

/** Prepares a scheme once and returns the comparison of one declaration document with it. The same in, the same out. */
export function comparison(scheme: Scheme): (document: DeclarationDocument) => ComparisonResult {
  const prepared = scheme.indicators.map(prepareIndicator);
  const overall = hasOverallGrade(scheme);
  const fold = rememberingFold();
  return (document) => {
    const names = document.content.indicators.map((indicator) => fold(indicator.name));
    const indicators = prepared.map((one) => compareIndicator(one, document, names));
    const excluded = overall ? whyUngraded(scheme, indicators) : whyUntiered(indicators);
    return { indicators, excluded, grade: overall && !excluded ? weakestCoreGrade(scheme, indicators) : null };
  };
}

function rememberingFold(): (name: string) => string {
  const folded = new Map<string, string>();
  return (name) => {
    const known = folded.get(name);
    if (known !== undefined) return known;
    if (folded.size >= REMEMBERED_NAMES) folded.clear();
    const made = foldForSearch(name);
    folded.set(name, made);
    return made;
  };
}

function compareIndicator(
  prepared: PreparedIndicator,
  document: DeclarationDocument,
  names: readonly string[],
): IndicatorResult {
  const { indicator } = prepared;
  const { indicators, parameters } = document.content;
  const declared = indicators[names.findIndex((name) => prepared.names.has(name))];
  const raw = declared?.raw ?? null;
  const applies = meetsAll(indicator.appliesWhen, parameters);
  if (applies === 'no') return { code: indicator.code, outcome: 'not-applicable', raw, value: null };
  if (!declared) return incomparable(indicator.code, null, 'not-declared');
  if (applies === 'unknown') return incomparable(indicator.code, raw, 'parameter-missing');
  const fact = factOf(declared, prepared);
  if (!fact.comparable) return incomparable(indicator.code, raw, fact.reason);
  const table = applicableTable(indicator, parameters);
  if (typeof table === 'string') return incomparable(indicator.code, raw, table, fact.shown);
  return { code: indicator.code, outcome: levelOf(fact, prepared, table), raw, table, value: fact.shown };
}

function incomparable(
  code: string,
  raw: string | null,
  reason: IncomparableReason,
  value: string | null = null,
): IndicatorResult {
  return { code, outcome: 'not-comparable', raw, reason, value };
}

/** The first level table whose conditions all hold; an undecidable one before it stops the search, as it might be the one. */
function applicableTable(indicator: SchemeIndicator, parameters: readonly Parameter[]): number | IncomparableReason {
  for (const [i, levels] of indicator.levels.entries()) {
    const applies = meetsAll(levels.when, parameters);
    if (applies === 'yes') return i;
    if (applies === 'unknown') return 'parameter-missing';
  }
  return 'no-threshold';
}

function levelOf(
  fact: IndicatorFact & { readonly comparable: true },
  prepared: PreparedIndicator,
  table: number,
): PerformanceLevel | 'below' {
  const lower = prepared.indicator.direction === 'lower';
  const reached = prepared.tables[table]?.find(({ threshold }) => {
    if ('yes' in fact) return fact.yes;
    if (!threshold) return false;
    const order = compareQuantities(fact.value, fact.unit, threshold, prepared.unit);
    return lower ? order <= 0 : order >= 0;
  });
  return reached?.level ?? 'below';
}

/** Grade = the weakest core indicator (advanced 1, average 2, baseline 3); innovation never lifts it. */
function weakestCoreGrade(scheme: Scheme, results: readonly IndicatorResult[]): Grade {
  const grades = results.flatMap((result, i) => {
    if (scheme.indicators[i]?.kind !== 'core') return [];
    const level = PERFORMANCE_LEVELS.indexOf(result.outcome as PerformanceLevel);
    return level < 0 ? [] : [level + 1];
  });
  return Math.max(...grades) as Grade;
}

function whyUngraded(scheme: Scheme, results: readonly IndicatorResult[]): ComparisonResult['excluded'] {
  const codes = (kind: string, outcome: string, missing?: string) =>
    results.flatMap((result, i) => {
      const indicator = scheme.indicators[i];
      const hit = indicator?.kind === kind && result.outcome === outcome;
      return hit && (missing === undefined || indicator.missing === missing) ? [result.code] : [];
    });
  const tests: ReadonlyArray<readonly [ExclusionReason, readonly string[]]> = [
    // An unknown core indicator leaves no grade whatever the missing rule says: never worst, never zero.
    ['core-not-comparable', codes('core', 'not-comparable')],
    ['core-below-baseline', codes('core', 'below')],
    ['basic-not-comparable', codes('basic', 'not-comparable', 'no-grade')],
    ['basic-not-met', codes('basic', 'below')],
  ];
  const failed = tests.find(([, found]) => found.length > 0);
  if (failed) return { reason: failed[0], indicators: failed[1] };
  const anyCore = results.some(
    (result, i) => scheme.indicators[i]?.kind === 'core' && result.outcome !== 'not-applicable',
  );
  return anyCore ? null : { reason: 'no-core-applicable', indicators: [] };
}

function whyUntiered(results: readonly IndicatorResult[]): ComparisonResult['excluded'] {
  const tiered = results.some((result) => (PERFORMANCE_LEVELS as readonly string[]).includes(result.outcome));
  if (tiered) return null;
  return { reason: 'nothing-in-a-tier', indicators: results.map((result) => result.code) };
}
