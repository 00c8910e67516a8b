import type { DeclaredIndicator } from '../declarations/content.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { convertForShowing, findUnit, type Unit } from '../indicators/units.ts';
import { foldForSearch } from '../text/fold.ts';
import { compareTo, type Interval, intervalOf, type Quantity } from './interval.ts';
import { compactMethod, type PreparedIndicator } from './prepare.ts';

/** Why a declared value cannot be compared; each is shown beside the value, and never counted as zero or worst. */
export const INCOMPARABLE_REASONS = [
  'not-declared',
  'declared-twice',
  'pair-incomplete',
  'parameter-missing',
  'test-condition-missing',
  'test-condition-other',
  'unit-other-dimension',
  'bound-opposite',
  'range-refused',
  'tolerance-refused',
  'words-not-number',
  'number-not-words',
  'word-unknown',
  'method-not-accepted',
  'implausible',
  'no-threshold',
] as const;
export type IncomparableReason = (typeof INCOMPARABLE_REASONS)[number];

/** What a declared requirement guarantees; `shown` is the compared value in the scheme's unit. */
export type IndicatorFact =
  | ({ readonly comparable: true; readonly shown: string } & (
      | Interval
      | { readonly place: number }
      | { readonly yes: boolean }
    ))
  | { readonly comparable: false; readonly reason: IncomparableReason };

const YES = ['是', '有', '具备', 'yes', 'true'];
const NO = ['否', '无', '不具备', 'no', 'false'];

/**
 * Turns a declared requirement into the fact to compare: what it still guarantees. "≥ 520" on an indicator where more is
 * better guarantees 520; "50～60" guarantees 50; "0.3±0.02" where less is better guarantees 0.32. A bound on the wrong side
 * ("≤ 520" where more is better) guarantees nothing and is not comparable.
 */
export function factOf(declared: DeclaredIndicator, prepared: PreparedIndicator): IndicatorFact {
  const { direction } = prepared.indicator;
  if (!acceptsMethod(prepared, declared.testMethod ?? '')) return incomparable('method-not-accepted');
  if (direction === 'yes-no') return yesNo(declared);
  if (direction === 'ordered-text') return placeOf(declared, prepared);
  if (declared.comparator === 'text') return incomparable('words-not-number');
  if (declared.comparator === '~' && prepared.indicator.range === 'refuse') return incomparable('range-refused');
  if (declared.comparator === '±' && prepared.indicator.tolerance === 'refuse')
    return incomparable('tolerance-refused');
  const unit = findUnit(declared.unit || '1');
  if (unit?.dimension !== prepared.unit.dimension) return incomparable('unit-other-dimension');
  const interval = intervalOf(declared, unit, prepared.indicator.tolerance === 'nominal');
  return interval ? judged(interval, prepared) : incomparable('bound-opposite');
}

/** An interval as a fact, if it has the ends that the direction needs, and they are plausible. */
export function judged({ low, high }: Interval, prepared: PreparedIndicator): IndicatorFact {
  const { needsLow, needsHigh } = prepared;
  if ((needsLow && !low) || (needsHigh && !high)) return incomparable('bound-opposite');
  const ends = [needsLow ? low : null, needsHigh ? high : null].flatMap((end) => (end ? [end] : []));
  if (!ends.every((end) => isPlausible(end, prepared))) return incomparable('implausible');
  const shown = [...new Set(ends.map((end) => shownIn(end, prepared.unit)))].join('～');
  return { comparable: true, low, high, shown };
}

export function incomparable(reason: IncomparableReason): IndicatorFact {
  return { comparable: false, reason };
}

/** The worst value that a declared requirement still allows; null where its bound is on the other side. */
export function guaranteed(declared: DeclaredIndicator, direction: 'higher' | 'lower'): ExactDecimal | null {
  const interval = intervalOf(declared, UNITLESS, false);
  return (direction === 'higher' ? interval?.low : interval?.high)?.value ?? null;
}
const UNITLESS = findUnit('1') as Unit;

/** Declared digits are kept where nothing is converted: 16.00 stays 16.00. */
function shownIn({ value, digits, unit }: Quantity, to: Unit): string {
  const text = digits ?? value.toFixed();
  return unit === to ? text : convertForShowing(value.toFixed(), unit, to).value;
}

function isPlausible(end: Quantity, { min, max, unit }: PreparedIndicator): boolean {
  return (!min || compareTo(end, min, unit) >= 0) && (!max || compareTo(end, max, unit) <= 0);
}

function yesNo(declared: DeclaredIndicator): IndicatorFact {
  const word = foldForSearch(declared.value);
  if (YES.includes(word)) return { comparable: true, yes: true, shown: declared.value };
  if (NO.includes(word)) return { comparable: true, yes: false, shown: declared.value };
  return incomparable('number-not-words');
}

/** A word of the scheme's order, exactly: "A 级以上" is not guessed to be A. */
function placeOf(declared: DeclaredIndicator, { order }: PreparedIndicator): IndicatorFact {
  const place = order.indexOf(foldForSearch(declared.value));
  return place < 0 ? incomparable('word-unknown') : { comparable: true, place, shown: declared.value };
}

/** GB/T 7725 accepts GB/T 7725-2022, but not GB/T 77250; a method with its year accepts that edition only. */
function acceptsMethod({ methods }: PreparedIndicator, declared: string): boolean {
  if (methods.length === 0) return true;
  const compact = compactMethod(declared);
  return methods.some((method) => {
    for (let at = compact.indexOf(method); at >= 0; at = compact.indexOf(method, at + 1)) {
      if (!/[0-9]/u.test(compact.charAt(at + method.length)) && !/[A-Z/]/u.test(compact.charAt(at - 1))) return true;
    }
    return false;
  });
}

/** What is equal exactly where two facts are: 16.00 and 16 are one value. */
export function valueKey(fact: IndicatorFact & { readonly comparable: true }): string {
  if ('place' in fact) return String(fact.place);
  if ('yes' in fact) return String(fact.yes);
  return fact.shown
    .split('～')
    .map((end) => exact(end).toFixed())
    .join('～');
}
