import { type Fault, fault, type Text, text } from '../fault.ts';
import { exact } from '../indicators/decimal.ts';
import { findUnit } from '../indicators/units.ts';
import { foldForSearch } from '../text/fold.ts';
import {
  CORE_INDICATORS_FOR_OVERALL,
  type Condition,
  type LevelTable,
  type Scheme,
  type SchemeIndicator,
  tiersOf,
} from './scheme.ts';
import { type Bounds, contains, isEasier, parseThreshold } from './threshold.ts';

/**
 * The rules that the shape alone does not hold: order of tiers, none below what a standard asks for, units that exist,
 * conditions that can be decided, names that mean one indicator, a method with what it needs.
 */
export function checkScheme(scheme: Scheme): readonly Fault[] {
  const dates = scheme.validTo < scheme.validFrom ? [wrong('/validTo', scheme.validTo, `≥ ${scheme.validFrom}`)] : [];
  return [
    ...dates,
    ...checkCodes(scheme),
    ...checkNames(scheme),
    ...checkMethod(scheme),
    ...checkInnovation(scheme),
    ...scheme.indicators.flatMap((indicator, i) => checkIndicator(indicator, `/indicators/${i}`)),
  ];
}

/** Conditions that can be decided: a list of values for `in`, a decimal in a unit of the table for a bound. */
export function checkConditions(conditions: readonly Condition[], at: string): readonly Fault[] {
  return conditions.flatMap((condition, i) => {
    const here = `${at}/${i}`;
    if (condition.operator === 'in')
      return condition.values ? [] : [wrong(`${here}/values`, null, text('取值列表', 'a list of values'))];
    if (condition.value === undefined) return [wrong(`${here}/value`, null, text('十进制数', 'a decimal'))];
    return condition.unit !== undefined && !findUnit(condition.unit)
      ? [wrong(`${here}/unit`, condition.unit, text('单位表中的单位', 'a unit of the table'))]
      : [];
  });
}

function checkCodes({ indicators, requirements = [] }: Scheme): readonly Fault[] {
  const once = text('不重复', 'used once');
  const twice = (codes: readonly string[], at: (i: number) => string) =>
    codes.flatMap((code, i) => (codes.indexOf(code) < i ? [wrong(at(i), code, once)] : []));
  return [
    ...twice(
      indicators.map(({ code }) => code),
      (i) => `/indicators/${i}/code`,
    ),
    ...twice(
      requirements.map(({ code }) => code),
      (i) => `/requirements/${i}/code`,
    ),
  ];
}

/** Declared names that mean an indicator as they stand, before those of a pair. */
export function ownNames({ name, aliases }: SchemeIndicator): readonly string[] {
  return [name.zh, name.en, ...aliases];
}

/** Every name that a declaration may declare an indicator by, those of a pair's parts among them. */
export function declaredNamesOf(indicator: SchemeIndicator): readonly string[] {
  return [...ownNames(indicator), ...(indicator.pair?.of.flat() ?? [])];
}

/** One name may mean only one indicator, unless each concerns other products (DOMAIN 4.1: first fix the variety). */
function checkNames({ indicators }: Scheme): readonly Fault[] {
  const meaning = new Map<string, SchemeIndicator>();
  return indicators.flatMap((indicator, i) => {
    if (indicator.appliesWhen.length > 0) return [];
    return [...new Set(ownNames(indicator).map(foldForSearch))].flatMap((name) => {
      const other = meaning.get(name);
      if (!other) meaning.set(name, indicator);
      const expected = other && text(`不与 ${other.code} 同名`, `no name that ${other.code} has`);
      return expected ? [wrong(`/indicators/${i}/name`, name, expected)] : [];
    });
  });
}

function checkMethod({ method, scoring, indicators }: Scheme): readonly Fault[] {
  const faults: Fault[] = [];
  const cores = indicators.filter(({ kind }) => kind === 'core').length;
  if (method !== 'weakest-core' && cores < CORE_INDICATORS_FOR_OVERALL)
    faults.push(
      wrong(
        '/method',
        method,
        text('至少三项核心指标，否则只有单项分档', 'at least three core indicators; fewer have tiers only'),
      ),
    );
  if (method === 'weighted-score' && !scoring)
    faults.push(wrong('/scoring', null, text('各水平分值与各级最低分', 'points of the levels, least scores')));
  if (method === 'weakest-core' && scoring)
    faults.push(wrong('/scoring', 'weakest-core', text('不设分值', 'no points: its grade is the weakest indicator')));
  for (const [i, { kind, weight, bonus }] of indicators.entries()) {
    const at = `/indicators/${i}`;
    const weighs = method === 'weighted-score' && kind === 'core';
    if (weighs !== (weight !== undefined))
      faults.push(
        wrong(
          `${at}/weight`,
          weight === undefined ? null : String(weight),
          weighs ? text('核心指标的权重', 'the weight of a core indicator') : text('不设权重', 'no weight here'),
        ),
      );
    if (bonus !== undefined && !(method === 'weighted-score' && kind === 'innovation'))
      faults.push(wrong(`${at}/bonus`, String(bonus), text('仅创新性指标加分', 'of innovation indicators only')));
  }
  return scoring ? [...faults, ...checkScoring(scoring)] : faults;
}

function checkScoring({ points, grades }: NonNullable<Scheme['scoring']>): readonly Fault[] {
  const faults: Fault[] = [];
  if (!(points.advanced > points.average && points.average > points.baseline))
    faults.push(wrong('/scoring/points', JSON.stringify(points), text('先进 > 平均 > 基准', 'falling by level')));
  if (!(exact(grades[1]).gt(grades[2]) && exact(grades[2]).gt(grades[3])))
    faults.push(wrong('/scoring/grades', JSON.stringify(grades), text('一级 > 二级 > 三级', 'falling by grade')));
  return faults;
}

function checkInnovation({ innovation = [], indicators }: Scheme): readonly Fault[] {
  const has = indicators.filter(({ kind }) => kind === 'innovation').length;
  return innovation.flatMap(({ atLeast }, i) =>
    atLeast > has
      ? [wrong(`/innovation/${i}/atLeast`, String(atLeast), text(`不多于 ${has} 项创新性指标`, `at most ${has}`))]
      : [],
  );
}

function checkIndicator(indicator: SchemeIndicator, at: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (!findUnit(indicator.unit))
    faults.push(wrong(`${at}/unit`, indicator.unit, text('单位表中的单位', 'a unit of the table')));
  if ((indicator.direction === 'ordered-text') !== (indicator.order !== undefined))
    faults.push(
      wrong(`${at}/order`, indicator.order ? 'order' : null, text('仅用于文字次序', 'words in order, of ordered text')),
    );
  if ((indicator.direction === 'target') !== (indicator.target !== undefined))
    faults.push(
      wrong(`${at}/target`, indicator.target ?? null, text('目标值，仅用于趋近', 'a target, of that direction')),
    );
  if (indicator.pair && (indicator.direction === 'yes-no' || indicator.direction === 'ordered-text'))
    faults.push(wrong(`${at}/pair`, indicator.direction, text('数值指标', 'an indicator of numbers')));
  return [
    ...faults,
    ...checkConditions(indicator.appliesWhen, `${at}/appliesWhen`),
    ...checkConditions(indicator.testConditions ?? [], `${at}/testConditions`),
    ...indicator.levels.flatMap((levels, j) => [
      ...checkConditions(levels.when, `${at}/levels/${j}/when`),
      ...checkTiers(indicator, levels, `${at}/levels/${j}`),
    ]),
  ];
}

/** Each tier easier than the one before, and none easier than what the standard asks for (DOMAIN 4.1: 最低档不低于国标、行标). */
function checkTiers(indicator: SchemeIndicator, table: LevelTable, at: string): readonly Fault[] {
  const faults: Fault[] = [];
  const tiers = tiersOf(table);
  let above: { readonly bounds: Bounds; readonly threshold: string } | null = null;
  for (const tier of tiers) {
    const read = parseThreshold(indicator, tier.threshold, `${at}/${tier.at}`);
    if (!read.ok) faults.push(read.problem);
    else {
      if (above && indicator.direction !== 'yes-no' && !isEasier(read.value, above.bounds))
        faults.push(
          wrong(
            `${at}/${tier.at}`,
            tier.threshold,
            text(`比上一档 ${above.threshold} 宽`, `easier than ${above.threshold}`),
          ),
        );
      above = { bounds: read.value, threshold: tier.threshold };
    }
  }
  if (faults.length > 0 || !table.floor || !above) return faults;
  const floor = parseThreshold(indicator, table.floor.threshold, `${at}/floor/threshold`);
  if (!floor.ok) return [floor.problem];
  const { standard, threshold } = table.floor;
  return contains(floor.value, above.bounds)
    ? []
    : [
        wrong(
          `${at}/${tiers.at(-1)?.at ?? ''}`,
          above.threshold,
          text(`最低档不低于 ${standard} 的 ${threshold}`, `no tier below the ${threshold} of ${standard}`),
        ),
      ];
}

function wrong(at: string, found: string | null, expected: string | Text): Fault {
  return fault(
    at,
    'scheme.rule',
    found,
    typeof expected === 'string' ? text(expected, expected) : expected,
    text('请改正方案中的这一项', 'correct this entry of the scheme'),
  );
}
