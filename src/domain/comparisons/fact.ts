import type { DeclaredIndicator } from '../declarations/content.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { compareQuantities, convertForShowing, findUnit, type Unit } from '../indicators/units.ts';
import { foldForSearch } from '../text/fold.ts';
import { PERFORMANCE_LEVELS, type PerformanceLevel, type SchemeIndicator } from '../schemes/scheme.ts';

/** Why a declared value cannot be compared; each is shown beside the value, and never counted as zero or worst. */
export const INCOMPARABLE_REASONS = [
  'not-declared',
  'parameter-missing',
  'unit-other-dimension',
  'bound-opposite',
  'words-not-number',
  'number-not-words',
  'method-not-accepted',
  'implausible',
  'no-threshold',
] as const;
export type IncomparableReason = (typeof INCOMPARABLE_REASONS)[number];

/** The one value that a declared requirement still guarantees, in the unit it was declared in. */
export type IndicatorFact =
  | { readonly comparable: true; readonly value: ExactDecimal; readonly unit: Unit; readonly shown: string }
  | { readonly comparable: true; readonly yes: boolean; readonly shown: string }
  | { readonly comparable: false; readonly reason: IncomparableReason };

const YES = ['是', '有', '具备', 'yes', 'true'];
const NO = ['否', '无', '不具备', 'no', 'false'];

/** An indicator of a scheme with what is the same for every declaration worked out once. */
export interface PreparedIndicator {
  readonly indicator: SchemeIndicator;
  readonly unit: Unit;
  /** Folded names that mean it: Chinese, English, aliases. Matching is exact after folding, and never guessed. */
  readonly names: ReadonlySet<string>;
  readonly min: ExactDecimal | null;
  readonly max: ExactDecimal | null;
  readonly methods: readonly string[];
  /** For each level table its thresholds, best first. */
  readonly tables: readonly (readonly {
    readonly level: PerformanceLevel;
    readonly threshold: ExactDecimal | null;
  }[])[];
}

/** Throws on a unit that is not in the table: `checkScheme` refuses such a scheme before it is published. */
export function prepareIndicator(indicator: SchemeIndicator): PreparedIndicator {
  const unit = findUnit(indicator.unit);
  if (!unit) throw new Error(`indicator ${indicator.code} has the unknown unit ${indicator.unit}`);
  const { min, max } = indicator.plausible;
  return {
    indicator,
    unit,
    names: new Set([indicator.name.zh, indicator.name.en, ...indicator.aliases].map(foldForSearch)),
    min: min === undefined ? null : exact(min),
    max: max === undefined ? null : exact(max),
    methods: indicator.testMethods.map(compactMethod),
    tables: indicator.levels.map((levels) =>
      PERFORMANCE_LEVELS.flatMap((level) => {
        const threshold = levels[level];
        if (threshold === undefined) return [];
        return [{ level, threshold: indicator.direction === 'yes-no' ? null : exact(threshold) }];
      }),
    ),
  };
}

/**
 * Turns a declared requirement into the fact to compare: the worst value that it still allows. "≥ 520" on an indicator
 * where more is better guarantees 520; "50～60" guarantees 50; "0.3±0.02" where less is better guarantees 0.32. A bound on
 * the wrong side ("≤ 520" where more is better) guarantees nothing and is not comparable.
 */
export function factOf(declared: DeclaredIndicator, prepared: PreparedIndicator): IndicatorFact {
  const { indicator, unit } = prepared;
  if (!acceptsMethod(prepared, declared.testMethod ?? '')) return { comparable: false, reason: 'method-not-accepted' };
  if (indicator.direction === 'yes-no') return yesNo(declared);
  if (declared.comparator === 'text') return { comparable: false, reason: 'words-not-number' };
  const declaredUnit = findUnit(declared.unit || '1');
  if (!declaredUnit || declaredUnit.dimension !== unit.dimension)
    return { comparable: false, reason: 'unit-other-dimension' };
  const value = guaranteed(declared, indicator.direction);
  if (!value) return { comparable: false, reason: 'bound-opposite' };
  if (!isPlausible(value, declaredUnit, prepared)) return { comparable: false, reason: 'implausible' };
  return {
    comparable: true,
    value,
    unit: declaredUnit,
    shown:
      declaredUnit === unit ? plain(value, declared) : convertForShowing(value.toFixed(), declaredUnit, unit).value,
  };
}

/** Declared digits are kept where the fact is the declared number itself: 16.00 stays 16.00. */
function plain(value: ExactDecimal, declared: DeclaredIndicator): string {
  return value.eq(exact(declared.value)) ? declared.value : value.toFixed();
}

/** The worst value that a declared requirement still allows; null where its bound is on the other side. */
export function guaranteed(declared: DeclaredIndicator, direction: 'higher' | 'lower'): ExactDecimal | null {
  const value = exact(declared.value);
  const higher = direction === 'higher';
  switch (declared.comparator) {
    case '=':
      return value;
    case '≥':
    case '>':
      return higher ? value : null;
    case '≤':
    case '<':
      return higher ? null : value;
    case '~':
      return higher ? value : exact(declared.second ?? '');
    case '±':
      return higher ? value.minus(declared.second ?? '') : value.plus(declared.second ?? '');
    default:
      return null;
  }
}

function isPlausible(value: ExactDecimal, declaredUnit: Unit, { min, max, unit }: PreparedIndicator): boolean {
  if (min && compareQuantities(value, declaredUnit, min, unit) < 0) return false;
  return !max || compareQuantities(value, declaredUnit, max, unit) <= 0;
}

function yesNo(declared: DeclaredIndicator): IndicatorFact {
  const word = foldForSearch(declared.value);
  if (YES.includes(word)) return { comparable: true, yes: true, shown: declared.value };
  if (NO.includes(word)) return { comparable: true, yes: false, shown: declared.value };
  return { comparable: false, reason: 'number-not-words' };
}

function acceptsMethod({ methods }: PreparedIndicator, declared: string): boolean {
  if (methods.length === 0) return true;
  const compact = compactMethod(declared);
  return methods.some((method) => compact.includes(method));
}

function compactMethod(method: string): string {
  return method.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}
