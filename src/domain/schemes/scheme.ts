import { z } from 'zod';
import { type Fault, fault, text } from '../fault.ts';
import { exact } from '../indicators/decimal.ts';
import { findUnit } from '../indicators/units.ts';

/** 核心 / 基础 / 创新性指标 (质量分级及“领跑者”评价要求). */
export const SCHEME_INDICATOR_KINDS = ['core', 'basic', 'innovation'] as const;
export const DIRECTIONS = ['higher', 'lower', 'yes-no'] as const;
/** 先进 / 平均 / 基准水平; their order is that of grades 1, 2, 3. */
export const PERFORMANCE_LEVELS = ['advanced', 'average', 'baseline'] as const;
export type PerformanceLevel = (typeof PERFORMANCE_LEVELS)[number];
export type Grade = 1 | 2 | 3;

/** What a missing value does: it leaves the declaration without a grade, or is only shown. Never worst, never zero. */
export const MISSING_RULES = ['no-grade', 'show-only'] as const;

const decimalText = z.string().regex(/^-?\d{1,20}(\.\d{1,10})?$/u);
const name = z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) });
const OPERATORS = ['lt', 'lte', 'gt', 'gte', 'in'] as const;

/** One condition on a product parameter: a bound in a unit, or membership in a list of words. */
export const Condition = z
  .strictObject({
    parameter: z.string().min(1).max(60),
    operator: z.enum(OPERATORS),
    value: decimalText.optional(),
    unit: z.string().max(40).optional(),
    values: z.array(z.string().min(1).max(60)).min(1).max(50).optional(),
  })
  .meta({ id: 'SchemeCondition' });
export type Condition = z.infer<typeof Condition>;

/** Thresholds of the three levels, valid for the products that meet every condition of `when`. */
export const LevelTable = z
  .strictObject({
    when: z.array(Condition).max(10).default([]),
    advanced: z.string().min(1).max(40),
    average: z.string().min(1).max(40).optional(),
    baseline: z.string().min(1).max(40).optional(),
    source: z.string().max(300).optional(),
  })
  .meta({ id: 'SchemeLevels' });
export type LevelTable = z.infer<typeof LevelTable>;

export const SchemeIndicator = z
  .strictObject({
    code: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/u),
    name,
    /** Declared names that mean this indicator, beside `name.zh`; matching is exact after folding, never guessed. */
    aliases: z.array(z.string().min(1).max(100)).max(50).default([]),
    kind: z.enum(SCHEME_INDICATOR_KINDS),
    direction: z.enum(DIRECTIONS),
    unit: z.string().max(40).default('1'),
    /** The indicator concerns only products that meet every condition. */
    appliesWhen: z.array(Condition).max(10).default([]),
    /** Outside this range a value is not comparable, and is shown as such: 0 dB is a gap, not silence. */
    plausible: z.strictObject({ min: decimalText.optional(), max: decimalText.optional() }).default({}),
    /** Accepted test methods by compact standard number; empty accepts any. */
    testMethods: z.array(z.string().min(1).max(100)).max(50).default([]),
    missing: z.enum(MISSING_RULES).default('no-grade'),
    levels: z.array(LevelTable).min(1).max(50),
  })
  .meta({ id: 'SchemeIndicator' });
export type SchemeIndicator = z.infer<typeof SchemeIndicator>;

/** An assessment scheme (评估方案): what is compared, by which thresholds, under which rules. Published and immutable. */
export const Scheme = z
  .strictObject({
    v: z.literal(1),
    code: z.string().regex(/^[A-Z][A-Z0-9-]{1,29}$/u),
    version: z.int().min(1).max(9999),
    title: name,
    category: z
      .string()
      .regex(/^[A-T]\d{2,4}\.[a-z0-9-]{1,40}$/u)
      .max(50),
    method: z.literal('weakest-core'),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    basis: z.string().max(2000).default(''),
    indicators: z.array(SchemeIndicator).min(1).max(50),
  })
  .meta({ id: 'Scheme' });
export type Scheme = z.infer<typeof Scheme>;

/** An overall list needs at least three core indicators (CNIS Q&A 2023, Q21–24); fewer give per-indicator tiers only. */
export const CORE_INDICATORS_FOR_OVERALL = 3;

export function hasOverallGrade(scheme: Scheme): boolean {
  return scheme.indicators.filter((indicator) => indicator.kind === 'core').length >= CORE_INDICATORS_FOR_OVERALL;
}

/** The rules that the shape alone does not hold: order of levels, units that exist, conditions that can be decided. */
export function checkScheme(scheme: Scheme): readonly Fault[] {
  const faults: Fault[] = [];
  if (scheme.validTo < scheme.validFrom) faults.push(order('/validTo', scheme.validTo, `≥ ${scheme.validFrom}`));
  const codes = new Set<string>();
  for (const [i, indicator] of scheme.indicators.entries()) {
    const at = `/indicators/${i}`;
    if (codes.has(indicator.code)) faults.push(order(`${at}/code`, indicator.code, text('不重复', 'used once')));
    codes.add(indicator.code);
    if (!findUnit(indicator.unit))
      faults.push(order(`${at}/unit`, indicator.unit, text('单位表中的单位', 'a unit of the table')));
    faults.push(...checkConditions(indicator.appliesWhen, `${at}/appliesWhen`));
    for (const [j, levels] of indicator.levels.entries()) {
      faults.push(...checkConditions(levels.when, `${at}/levels/${j}/when`));
      faults.push(...checkLevels(indicator, levels, `${at}/levels/${j}`));
    }
  }
  return faults;
}

/** Conditions that can be decided: a list of values for `in`, a decimal in a unit of the table for a bound. */
export function checkConditions(conditions: readonly Condition[], at: string): readonly Fault[] {
  return conditions.flatMap((condition, i) => {
    const here = `${at}/${i}`;
    if (condition.operator === 'in') {
      return condition.values ? [] : [order(`${here}/values`, null, text('取值列表', 'a list of values'))];
    }
    if (condition.value === undefined) return [order(`${here}/value`, null, text('十进制数', 'a decimal'))];
    if (condition.unit !== undefined && !findUnit(condition.unit)) {
      return [order(`${here}/unit`, condition.unit, text('单位表中的单位', 'a unit of the table'))];
    }
    return [];
  });
}

function checkLevels(indicator: SchemeIndicator, levels: LevelTable, at: string): readonly Fault[] {
  const given = PERFORMANCE_LEVELS.flatMap((level) => {
    const threshold = levels[level];
    return threshold === undefined ? [] : [{ level, threshold }];
  });
  if (indicator.direction === 'yes-no') return [];
  const faults = given.flatMap(({ level, threshold }) =>
    decimalText.safeParse(threshold).success ? [] : [order(`${at}/${level}`, threshold, text('十进制数', 'a decimal'))],
  );
  if (faults.length > 0) return faults;
  return given.slice(1).flatMap(({ level, threshold }, i) => {
    const better = given[i];
    if (!better) return [];
    const sign = exact(better.threshold).comparedTo(exact(threshold)) * (indicator.direction === 'lower' ? -1 : 1);
    return sign > 0
      ? []
      : [
          order(
            `${at}/${level}`,
            threshold,
            text(`比 ${better.level} ${better.threshold} 宽`, `easier than ${better.level} ${better.threshold}`),
          ),
        ];
  });
}

function order(at: string, found: string | null, expected: string | { zh: string; en: string }): Fault {
  return fault(
    at,
    'scheme.rule',
    found,
    typeof expected === 'string' ? text(expected, expected) : expected,
    text('请改正方案中的这一项', 'correct this entry of the scheme'),
  );
}
