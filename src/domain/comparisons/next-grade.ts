import {
  type Grade,
  hasOverallGrade,
  PERFORMANCE_LEVELS,
  type PerformanceLevel,
  type Scheme,
} from '../schemes/scheme.ts';
import { gradeOfLevel, missesFor, overallOf } from './grade.ts';
import type { ComparisonResult, IndicatorResult } from './result.ts';

/** What one indicator would have to reach. */
export interface NeededChange {
  readonly code: string;
  /** As it is now; null where it is not declared or cannot be compared. */
  readonly now: string | null;
  readonly level: PerformanceLevel;
  /** The threshold of that level in the scheme's unit; null where the table is not known yet. */
  readonly threshold: string | null;
}

/** What stands between a declaration and a better grade. */
export interface NextGrade {
  readonly grade: Grade;
  /** Each of these alone brings the grade; empty where no single one does. */
  readonly anyOf: readonly NeededChange[];
  /** All of these together bring it; the nearest set by the scheme's rules. Empty where one alone is enough. */
  readonly allOf: readonly NeededChange[];
  /** Innovation indicators of which so many more have to reach a level. */
  readonly innovation: {
    readonly more: number;
    readonly level: PerformanceLevel;
    readonly of: readonly string[];
  } | null;
}

/**
 * The nearest change for each indicator that would move a declaration one grade up, by putting better levels in and asking
 * the rules again; null at grade one, on lists without grades, and for what no value could mend (a decision, a citation).
 */
export function nextGrade(scheme: Scheme, { indicators, grade, excluded }: ComparisonResult): NextGrade | null {
  if (!hasOverallGrade(scheme) || grade === 1) return null;
  if (excluded && (excluded.reason === 'decided-out' || excluded.reason === 'standard-not-in-force')) return null;
  const worst = scheme.listed ?? 3;
  const target = (grade === null ? worst : Math.min(grade - 1, worst)) as Grade;
  const anyOf = indicators.flatMap((_, i) => nearest(scheme, indicators, i, target) ?? []);
  if (anyOf.length > 0) return { grade: target, anyOf, allOf: [], innovation: null };
  const allOf = indicators.flatMap((result, i) => needed(scheme, result, i, target) ?? []);
  return { grade: target, anyOf: [], allOf, innovation: innovationNeeded(scheme, indicators, target) };
}

/** The least level of one indicator that alone brings the grade. */
function nearest(scheme: Scheme, results: readonly IndicatorResult[], i: number, target: Grade): NeededChange | null {
  const own = results[i];
  const indicator = scheme.indicators[i];
  if (!own || !indicator || own.outcome === 'not-applicable') return null;
  for (const level of [...PERFORMANCE_LEVELS].reverse()) {
    if ((gradeOfLevel(own.outcome) ?? 4) <= PERFORMANCE_LEVELS.indexOf(level) + 1) continue;
    const tier = PERFORMANCE_LEVELS.indexOf(level) + 1;
    const better = results.map((one, k): IndicatorResult => (k === i ? { ...one, outcome: level, tier } : one));
    const { grade, excluded } = overallOf(scheme, better);
    if (grade !== null && !excluded && grade <= target) return change(scheme, own, i, level);
  }
  return null;
}

/** By the weakest-core rule, what a core or basic indicator lacks for a grade; the same set is enough for the others too. */
function needed(scheme: Scheme, result: IndicatorResult, i: number, target: Grade): NeededChange | null {
  const kind = scheme.indicators[i]?.kind;
  if (result.outcome === 'not-applicable' || kind === 'innovation') return null;
  const own = gradeOfLevel(result.outcome);
  const level = PERFORMANCE_LEVELS[target - 1] ?? 'baseline';
  if (kind === 'core') return own !== null && own <= target ? null : change(scheme, result, i, level);
  const isMissing = result.outcome === 'not-comparable' && scheme.indicators[i]?.missing === 'no-grade';
  return isMissing || result.outcome === 'below' ? change(scheme, result, i, 'baseline') : null;
}

function change(scheme: Scheme, result: IndicatorResult, i: number, level: PerformanceLevel): NeededChange {
  const tables = scheme.indicators[i]?.levels ?? [];
  const table = tables[result.table ?? (tables.length === 1 ? 0 : -1)];
  // A table without this level is reached by the next better one that it has.
  const reached = PERFORMANCE_LEVELS.slice(0, PERFORMANCE_LEVELS.indexOf(level) + 1)
    .reverse()
    .find((one) => table?.[one] !== undefined);
  return {
    code: result.code,
    now: result.value,
    level: reached ?? level,
    threshold: (reached && table?.[reached]) ?? null,
  };
}

function innovationNeeded(scheme: Scheme, results: readonly IndicatorResult[], target: Grade): NextGrade['innovation'] {
  const missing = missesFor(scheme, results, target);
  if (!missing) return null;
  const of = scheme.indicators.filter(({ kind }) => kind === 'innovation').map(({ code }) => code);
  return { more: missing.rule.atLeast - missing.reached, level: missing.rule.level, of };
}
