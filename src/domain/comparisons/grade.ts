import { exact } from '../indicators/decimal.ts';
import {
  type Grade,
  hasOverallGrade,
  PERFORMANCE_LEVELS,
  type PerformanceLevel,
  type Scheme,
  STARS,
} from '../schemes/scheme.ts';
import type { ComparisonResult, Exclusion, ExclusionReason, IndicatorResult } from './result.ts';

type Graded = Pick<ComparisonResult, 'grade' | 'score' | 'excluded'>;

/**
 * The overall grade of what the indicators came to, or why there is none. Every core indicator that applies has to be
 * known and to reach the baseline, whatever the method: what is missing is never worst, and never zero.
 */
export function overallOf(scheme: Scheme, results: readonly IndicatorResult[]): Graded {
  if (!hasOverallGrade(scheme)) return ungraded(whyUntiered(results));
  const excluded = whyUngraded(scheme, results);
  if (excluded) return ungraded(excluded);
  const { grade, score } = scheme.method === 'weakest-core' ? weakest(scheme, results) : scored(scheme, results);
  if (grade === null) return { ...ungraded({ reason: 'score-too-low', about: [] }), score };
  const kept = afterInnovation(scheme, results, grade);
  if (kept === null)
    return { ...ungraded({ reason: 'innovation-too-few', about: codes(scheme, 'innovation') }), score };
  return kept > (scheme.listed ?? 3)
    ? { grade: kept, score, excluded: { reason: 'grade-not-listed', about: [] } }
    : { grade: kept, score, excluded: null };
}

function ungraded(excluded: Exclusion | null): Graded {
  return { grade: null, score: null, excluded };
}

/** 三级 is the grade of the baseline: advanced 1, average 2, baseline 3; null for what reaches none of them. */
export function gradeOfLevel(outcome: IndicatorResult['outcome']): Grade | null {
  const place = (PERFORMANCE_LEVELS as readonly string[]).indexOf(outcome);
  return place < 0 ? null : ((place + 1) as Grade);
}

/** Grade = the weakest core indicator (质量分级: 一级 when all core indicators are advanced); innovation never lifts it. */
function weakest(scheme: Scheme, results: readonly IndicatorResult[]) {
  const grades = coresOf(scheme, results).flatMap(({ result }) => gradeOfLevel(result.outcome) ?? []);
  return { grade: Math.max(...grades) as Grade, score: null };
}

/** 星级评价法 and 加权评分法: the weighted mean of the levels' points, compared with the least scores without rounding. */
function scored(scheme: Scheme, results: readonly IndicatorResult[]) {
  const { points, grades } = scheme.scoring ?? STARS;
  const cores = coresOf(scheme, results);
  const weight = (i: number) => scheme.indicators[i]?.weight ?? 1;
  const total = cores.reduce((sum, { i }) => sum + weight(i), 0);
  const bonus = scheme.indicators.reduce(
    (sum, indicator, i) => sum + (results[i]?.tier === undefined ? 0 : (indicator.bonus ?? 0)),
    0,
  );
  const sum = cores.reduce((all, { result, i }) => all + weight(i) * points[result.outcome as PerformanceLevel], 0);
  const times = sum + bonus * total;
  const grade = ([1, 2, 3] as const).find((one) => exact(grades[one]).times(total).lte(times)) ?? null;
  const hundredths = Math.floor((times * 100) / total);
  return { grade, score: `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}` };
}

function coresOf(scheme: Scheme, results: readonly IndicatorResult[]) {
  return results.flatMap((result, i) =>
    scheme.indicators[i]?.kind === 'core' && result.outcome !== 'not-applicable' ? [{ result, i }] : [],
  );
}

function codes(scheme: Scheme, kind: string): readonly string[] {
  return scheme.indicators.filter((indicator) => indicator.kind === kind).map(({ code }) => code);
}

/** The grade, or the next worse one that the innovation indicators allow (至少 n 项); null if they allow none. */
function afterInnovation(scheme: Scheme, results: readonly IndicatorResult[], grade: Grade): Grade | null {
  const allowed = ([1, 2, 3] as const).find((one) => one >= grade && missesFor(scheme, results, one) === null);
  return allowed ?? null;
}

/** The first innovation rule for a grade (those of worse grades hold for it too) that is not met, with how many are. */
export function missesFor(scheme: Scheme, results: readonly IndicatorResult[], grade: Grade) {
  for (const rule of scheme.innovation ?? []) {
    if (rule.grade < grade) continue;
    const most = PERFORMANCE_LEVELS.indexOf(rule.level) + 1;
    const reached = results.filter((result, i) => {
      const own = scheme.indicators[i]?.kind === 'innovation' ? gradeOfLevel(result.outcome) : null;
      return own !== null && own <= most;
    }).length;
    if (reached < rule.atLeast) return { rule, reached };
  }
  return null;
}

function whyUngraded(scheme: Scheme, results: readonly IndicatorResult[]): Exclusion | null {
  const about = (kind: string, outcomes: readonly string[], missing?: string) =>
    results.flatMap((result, i) => {
      const indicator = scheme.indicators[i];
      const hit = indicator?.kind === kind && outcomes.includes(result.outcome);
      return hit && (missing === undefined || indicator.missing === missing) ? [result.code] : [];
    });
  const tests: ReadonlyArray<readonly [ExclusionReason, readonly string[]]> = [
    // An unknown core indicator leaves no grade whatever the missing rule says: never worst, never zero.
    ['core-not-comparable', about('core', ['not-comparable'])],
    ['core-below-baseline', about('core', ['below', 'lower-tier'])],
    ['basic-not-comparable', about('basic', ['not-comparable'], 'no-grade')],
    ['basic-not-met', about('basic', ['below'])],
  ];
  const failed = tests.find(([, found]) => found.length > 0);
  if (failed) return { reason: failed[0], about: failed[1] };
  return coresOf(scheme, results).length > 0 ? null : { reason: 'no-core-applicable', about: [] };
}

function whyUntiered(results: readonly IndicatorResult[]): Exclusion | null {
  if (results.some(({ tier }) => tier !== undefined)) return null;
  return { reason: 'nothing-in-a-tier', about: results.map(({ code }) => code) };
}
