import type { DeclarationDocument } from '../declarations/document.ts';
import { exact } from '../indicators/decimal.ts';
import { compareQuantities, findUnit, type Unit } from '../indicators/units.ts';
import { type Applicability, meetsAll } from '../schemes/conditions.ts';
import {
  type Grade,
  hasOverallGrade,
  PERFORMANCE_LEVELS,
  type PerformanceLevel,
  type Scheme,
  type SchemeIndicator,
} from '../schemes/scheme.ts';
import { factOf, findDeclared, type IncomparableReason, type IndicatorFact, namesOf } from './fact.ts';

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

interface PreparedIndicator {
  readonly indicator: SchemeIndicator;
  readonly unit: Unit;
  readonly names: ReadonlySet<string>;
}

/** Prepares a scheme once and returns the comparison of one declaration document with it. Deterministic, without state. */
export function comparison(scheme: Scheme): (document: DeclarationDocument) => ComparisonResult {
  const prepared = scheme.indicators.map((indicator): PreparedIndicator => {
    const unit = findUnit(indicator.unit);
    if (!unit) throw new Error(`scheme ${scheme.code} uses the unknown unit ${indicator.unit}`);
    return { indicator, unit, names: namesOf(indicator) };
  });
  const overall = hasOverallGrade(scheme);
  return (document) => {
    const indicators = prepared.map((one) => compareIndicator(one, document));
    const excluded = overall ? whyUngraded(scheme, indicators) : whyUntiered(indicators);
    return { indicators, excluded, grade: overall && !excluded ? weakestCoreGrade(scheme, indicators) : null };
  };
}

function compareIndicator(prepared: PreparedIndicator, document: DeclarationDocument): IndicatorResult {
  const { indicator, unit, names } = prepared;
  const { indicators, parameters } = document.content;
  const declared = findDeclared(indicators, names);
  const raw = declared?.raw ?? null;
  const applies = meetsAll(indicator.appliesWhen, parameters);
  if (applies === 'no') return { code: indicator.code, raw, value: null, outcome: 'not-applicable' };
  if (!declared) return incomparable(indicator.code, null, 'not-declared');
  if (applies === 'unknown') return incomparable(indicator.code, raw, 'parameter-missing');
  const fact = factOf(declared, indicator, unit);
  if (!fact.comparable) return incomparable(indicator.code, raw, fact.reason);
  const table = applicableTable(indicator, (conditions) => meetsAll(conditions, parameters));
  if (typeof table === 'string') return incomparable(indicator.code, raw, table, fact.shown);
  return { code: indicator.code, raw, value: fact.shown, outcome: levelOf(fact, indicator, table, unit), table };
}

function incomparable(
  code: string,
  raw: string | null,
  reason: IncomparableReason,
  value: string | null = null,
): IndicatorResult {
  return { code, raw, value, outcome: 'not-comparable', reason };
}

/** The first level table whose conditions all hold; an undecidable one before it stops the search, as it might be the one. */
function applicableTable(
  indicator: SchemeIndicator,
  decide: (conditions: SchemeIndicator['appliesWhen']) => Applicability,
): number | IncomparableReason {
  for (const [i, levels] of indicator.levels.entries()) {
    const applies = decide(levels.when);
    if (applies === 'yes') return i;
    if (applies === 'unknown') return 'parameter-missing';
  }
  return 'no-threshold';
}

function levelOf(
  fact: IndicatorFact & { readonly comparable: true },
  indicator: SchemeIndicator,
  table: number,
  unit: Unit,
): PerformanceLevel | 'below' {
  const levels = indicator.levels[table];
  const reached = PERFORMANCE_LEVELS.find((level) => {
    const threshold = levels?.[level];
    if (threshold === undefined) return false;
    if ('yes' in fact) return fact.yes;
    const order = compareQuantities(fact.value, fact.unit, exact(threshold), unit);
    return indicator.direction === 'lower' ? order <= 0 : order >= 0;
  });
  return reached ?? 'below';
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
