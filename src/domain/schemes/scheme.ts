import { z } from 'zod';

/** 核心 / 基础 / 创新性指标 (质量分级及“领跑者”评价要求). */
export const SCHEME_INDICATOR_KINDS = ['core', 'basic', 'innovation'] as const;

/**
 * What is better. `range`: inside an interval (适中); `target`: near a value; `yes-no`: having it; `ordered-text`: an earlier
 * word of a list, such as a class A before B.
 */
export const DIRECTIONS = ['higher', 'lower', 'range', 'target', 'yes-no', 'ordered-text'] as const;

/** 先进 / 平均 / 基准水平; their order is that of grades 1, 2, 3. */
export const PERFORMANCE_LEVELS = ['advanced', 'average', 'baseline'] as const;
export type PerformanceLevel = (typeof PERFORMANCE_LEVELS)[number];
export type Grade = 1 | 2 | 3;

/** Weakest core indicator (逐项达标, the default), 星级评价法, 加权评分法. */
export const METHODS = ['weakest-core', 'stars', 'weighted-score'] as const;

/** How sure a threshold is: read in the standard itself, or taken from elsewhere and not checked against it. */
export const CONFIDENCES = ['confirmed', 'background'] as const;

/** What a missing value does: it leaves the declaration without a grade, or is only shown. Never worst, never zero. */
export const MISSING_RULES = ['no-grade', 'show-only'] as const;

/** How a declared range or tolerance is read: at the end that it still allows, at its nominal value, or not at all. */
export const RANGE_READINGS = ['worst', 'refuse'] as const;
export const TOLERANCE_READINGS = ['worst', 'nominal', 'refuse'] as const;

/** Where the evidence that a basic requirement (基本要求) is met comes from. */
export const REQUIREMENT_EVIDENCE = [
  'declaration',
  'commitment',
  'test-report',
  'certificate',
  'credit-record',
  'quality-record',
  'environment-record',
] as const;

export const decimalText = z.string().regex(/^-?\d{1,20}(\.\d{1,10})?$/u);
const name = z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200) });
const sentence = z.strictObject({ zh: z.string().min(1).max(1000), en: z.string().min(1).max(2000) });
const source = z.string().max(300);
const grade = z.union([z.literal(1), z.literal(2), z.literal(3)]);
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

/** A decimal; `20～30` for a range; the greatest deviation for a target; a word of the order for ordered text. */
const threshold = z.string().min(1).max(60);
const byLevel = <Inner extends z.ZodType>(inner: Inner) =>
  z.strictObject({ advanced: inner.optional(), average: inner.optional(), baseline: inner.optional() });

/** Thresholds of the three levels, valid for the products that meet every condition of `when`. */
export const LevelTable = z
  .strictObject({
    when: z.array(Condition).max(10).default([]),
    advanced: threshold,
    average: threshold.optional(),
    baseline: threshold.optional(),
    /** Tiers under the baseline, best first, where a standard has more than three grades: they place, and grade nothing. */
    lower: z
      .array(z.strictObject({ name: z.string().min(1).max(40), threshold, confidence: z.enum(CONFIDENCES).optional() }))
      .max(6)
      .optional(),
    /** What the mandatory, national or sector standard asks for: no tier may be easier. */
    floor: z.strictObject({ threshold, standard: z.string().min(1).max(100) }).optional(),
    /** The levels' names in their source, such as 1级 or ENF. */
    names: byLevel(z.string().min(1).max(40)).optional(),
    confidence: byLevel(z.enum(CONFIDENCES)).optional(),
    source: source.optional(),
  })
  .meta({ id: 'SchemeLevels' });
export type LevelTable = z.infer<typeof LevelTable>;

const declaredNames = z.array(z.string().min(1).max(100)).max(50);

export const SchemeIndicator = z
  .strictObject({
    code: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/u),
    name,
    /** Declared names that mean this indicator, beside `name.zh`; matching is exact after folding, never guessed. */
    aliases: declaredNames.default([]),
    kind: z.enum(SCHEME_INDICATOR_KINDS),
    direction: z.enum(DIRECTIONS),
    unit: z.string().max(40).default('1'),
    /** 指标来源: the standard or the survey that the indicator is taken from. */
    source: source.optional(),
    /** The indicator concerns only products that meet every condition. */
    appliesWhen: z.array(Condition).max(10).default([]),
    /** Outside this range a value is not comparable, and is shown as such: 0 dB is a gap, not silence. */
    plausible: z.strictObject({ min: decimalText.optional(), max: decimalText.optional() }).default({}),
    /** Accepted test methods by standard number; one without a year accepts every edition; empty accepts any. */
    testMethods: z.array(z.string().min(1).max(100)).max(50).default([]),
    /** Conditions of the test that the declared parameters have to state. */
    testConditions: z.array(Condition).max(10).optional(),
    missing: z.enum(MISSING_RULES).default('no-grade'),
    range: z.enum(RANGE_READINGS).optional(),
    tolerance: z.enum(TOLERANCE_READINGS).optional(),
    /** Several rows of one name (one for each burner): the worst of them counts; else they are not comparable. */
    repeated: z.enum(['refuse', 'worst']).optional(),
    /** The greater or the smaller of two declared indicators (GB 20665: η1 and η2); both have to be declared. */
    pair: z
      .strictObject({ take: z.enum(['greater', 'smaller']), of: z.array(declaredNames.min(1)).length(2) })
      .optional(),
    /** Of direction `target`: the value to be near to. */
    target: decimalText.optional(),
    /** Of direction `ordered-text`: the words, best first. */
    order: z.array(z.string().min(1).max(60)).min(2).max(30).optional(),
    /** Weight in the overall score; of the weighted score only. */
    weight: z.int().min(1).max(1000).optional(),
    /** Points that an innovation indicator adds to a weighted score once it stands in a tier. */
    bonus: z.int().min(1).max(20).optional(),
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
    /** 适用范围: which products or services the scheme is for, and which it is not. */
    scope: sentence.optional(),
    method: z.enum(METHODS),
    /** Points of each level and the least score of each grade; of the stars and of the weighted score. */
    scoring: z
      .strictObject({
        points: z.strictObject({ advanced: z.int().max(100), average: z.int().max(100), baseline: z.int().min(0) }),
        grades: z.strictObject({ 1: decimalText, 2: decimalText, 3: decimalText }),
      })
      .optional(),
    /** For this grade or a better one, at least so many innovation indicators reach that level. It never lifts a grade. */
    innovation: z
      .array(z.strictObject({ grade, atLeast: z.int().min(1).max(50), level: z.enum(PERFORMANCE_LEVELS) }))
      .max(3)
      .optional(),
    /** 基本要求, each with where its evidence comes from; asked of every candidate of the forerunner list. */
    requirements: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u),
          text: sentence,
          evidence: z.enum(REQUIREMENT_EVIDENCE),
        }),
      )
      .max(30)
      .optional(),
    /** Rank after a tie: 1, 1, 3 (`competition`, the default) or 1, 1, 2 (`dense`). Ties always share a rank. */
    ties: z.enum(['competition', 'dense']).optional(),
    /** The weakest grade that is listed; three unless the scheme is stricter. */
    listed: grade.optional(),
    /** Months that a list holds: 12 unless said otherwise. The rule is not confirmed, so the scheme says it. */
    listMonths: z.int().min(1).max(60).optional(),
    /** Working days in which objections to an edition are taken. */
    objectionDays: z.int().min(1).max(60).optional(),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    basis: z.string().max(2000).default(''),
    indicators: z.array(SchemeIndicator).min(1).max(50),
  })
  .meta({ id: 'Scheme' });
export type Scheme = z.infer<typeof Scheme>;

/** An overall list needs at least three core indicators (CNIS Q&A 2023, Q21–24); fewer give per-indicator tiers only. */
export const CORE_INDICATORS_FOR_OVERALL = 3;
/** 一年: the usual life of a list; background, so a scheme may say another. */
export const LIST_MONTHS = 12;
export const OBJECTION_DAYS = 7;

export function hasOverallGrade(scheme: Scheme): boolean {
  return scheme.indicators.filter((indicator) => indicator.kind === 'core').length >= CORE_INDICATORS_FOR_OVERALL;
}

/** Points and least scores where a scheme by stars gives none: 先进 5, 平均 4, 基准 3 stars. */
export const STARS = {
  points: { advanced: 5, average: 4, baseline: 3 },
  grades: { 1: '5', 2: '4', 3: '3' },
} as const;

/** One step of a level table: the level that it is, or null for a tier under the baseline; its name in the source. */
export interface Tier {
  /** 1, 2, 3 for the levels, also where a table leaves one out; from 4 on under the baseline. */
  readonly tier: number;
  readonly level: PerformanceLevel | null;
  readonly name: string | null;
  readonly threshold: string;
  readonly confidence: (typeof CONFIDENCES)[number] | null;
  /** Where the threshold stands, under the table. */
  readonly at: string;
}

/** The tiers (档) of a level table, best first: the levels that it has, then those under the baseline. */
export function tiersOf(table: LevelTable): readonly Tier[] {
  const levels = PERFORMANCE_LEVELS.flatMap((level, i): Tier[] => {
    const given = table[level];
    if (given === undefined) return [];
    const confidence = table.confidence?.[level] ?? null;
    return [{ tier: i + 1, level, name: table.names?.[level] ?? null, threshold: given, confidence, at: level }];
  });
  const lower = (table.lower ?? []).map(
    (tier, i): Tier => ({
      tier: PERFORMANCE_LEVELS.length + 1 + i,
      level: null,
      name: tier.name,
      threshold: tier.threshold,
      confidence: tier.confidence ?? null,
      at: `lower/${i}/threshold`,
    }),
  );
  return [...levels, ...lower];
}
