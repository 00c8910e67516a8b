import type { DeclaredIndicator } from '../declarations/content.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { compareQuantities, convertForShowing, findUnit, type Unit } from '../indicators/units.ts';
import { foldForSearch } from '../text/fold.ts';
import type { SchemeIndicator } from '../schemes/scheme.ts';

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

/** The declared row that a scheme's indicator means: its Chinese or English name or an alias, after folding. */
export function findDeclared(
  indicators: readonly DeclaredIndicator[],
  names: ReadonlySet<string>,
): DeclaredIndicator | undefined {
  return indicators.find((indicator) => names.has(foldForSearch(indicator.name)));
}

export function namesOf(indicator: SchemeIndicator): ReadonlySet<string> {
  return new Set([indicator.name.zh, indicator.name.en, ...indicator.aliases].map(foldForSearch));
}

/**
 * Turns a declared requirement into the fact to compare: the worst value that it still allows. "≥ 520" on an indicator
 * where more is better guarantees 520; "50～60" guarantees 50; "0.3±0.02" where less is better guarantees 0.32. A bound on
 * the wrong side ("≤ 520" where more is better) guarantees nothing and is not comparable.
 */
export function factOf(declared: DeclaredIndicator, indicator: SchemeIndicator, unit: Unit): IndicatorFact {
  if (!acceptsMethod(indicator, declared.testMethod ?? '')) return { comparable: false, reason: 'method-not-accepted' };
  if (indicator.direction === 'yes-no') return yesNo(declared);
  if (declared.comparator === 'text') return { comparable: false, reason: 'words-not-number' };
  const declaredUnit = findUnit(declared.unit || '1');
  if (!declaredUnit || declaredUnit.dimension !== unit.dimension)
    return { comparable: false, reason: 'unit-other-dimension' };
  const value = guaranteed(declared, indicator.direction);
  if (!value) return { comparable: false, reason: 'bound-opposite' };
  if (!isPlausible(value, declaredUnit, indicator, unit)) return { comparable: false, reason: 'implausible' };
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

function guaranteed(declared: DeclaredIndicator, direction: 'higher' | 'lower'): ExactDecimal | null {
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

function isPlausible(value: ExactDecimal, declaredUnit: Unit, indicator: SchemeIndicator, unit: Unit): boolean {
  const { min, max } = indicator.plausible;
  if (min !== undefined && compareQuantities(value, declaredUnit, exact(min), unit) < 0) return false;
  return max === undefined || compareQuantities(value, declaredUnit, exact(max), unit) <= 0;
}

function yesNo(declared: DeclaredIndicator): IndicatorFact {
  const word = foldForSearch(declared.value);
  if (YES.includes(word)) return { comparable: true, yes: true, shown: declared.value };
  if (NO.includes(word)) return { comparable: true, yes: false, shown: declared.value };
  return { comparable: false, reason: 'number-not-words' };
}

function acceptsMethod(indicator: SchemeIndicator, declared: string): boolean {
  if (indicator.testMethods.length === 0) return true;
  const compact = declared.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
  return indicator.testMethods.some((method) => compact.includes(method.replace(/\s/gu, '').toUpperCase()));
}
