import type { DeclaredIndicator } from '../declarations/content.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { compareQuantities, type Unit } from '../indicators/units.ts';

/** A value in a unit; `digits` as they were declared, where the value is that very number. */
export interface Quantity {
  readonly value: ExactDecimal;
  readonly unit: Unit;
  readonly digits: string | null;
}

/** What a requirement guarantees: the value is at least `low` and at most `high`; an end that is null is open. */
export interface Interval {
  readonly low: Quantity | null;
  readonly high: Quantity | null;
}

/** The interval of a declared requirement; null for words. `nominal` reads 0.3±0.02 as 0.3. */
export function intervalOf(declared: DeclaredIndicator, unit: Unit, nominal: boolean): Interval | null {
  const { comparator, value, second } = declared;
  const end = (digits: string): Quantity => ({ value: exact(digits), unit, digits });
  switch (comparator) {
    case '=':
      return { low: end(value), high: end(value) };
    case '≥':
    case '>':
      return { low: end(value), high: null };
    case '≤':
    case '<':
      return { low: null, high: end(value) };
    case '~':
      return { low: end(value), high: end(second ?? '') };
    case '±': {
      if (nominal) return { low: end(value), high: end(value) };
      const low = { value: exact(value).minus(second ?? ''), unit, digits: null };
      return { low, high: { value: exact(value).plus(second ?? ''), unit, digits: null } };
    }
    case 'text':
      return null;
  }
}

/** Sign of a − b, exactly, across units of one dimension. */
export function compareTo(a: Quantity, b: ExactDecimal, unit: Unit): number {
  return compareQuantities(a.value, a.unit, b, unit);
}

/** The greater or smaller of two quantities known by intervals: an end that is open on one side only stays known. */
export function taken(which: 'greater' | 'smaller', a: Interval, b: Interval): Interval {
  const greater = which === 'greater';
  return {
    low: greater ? (furthest(a.low, b.low, 1) ?? a.low ?? b.low) : furthest(a.low, b.low, -1),
    high: greater ? furthest(a.high, b.high, 1) : (furthest(a.high, b.high, -1) ?? a.high ?? b.high),
  };
}

/** The interval that holds both: the worst of several rows, whichever way is better. */
export function hull(a: Interval, b: Interval): Interval {
  return { low: furthest(a.low, b.low, -1), high: furthest(a.high, b.high, 1) };
}

/** The end further up (1) or down (−1); null if either is open. */
function furthest(a: Quantity | null, b: Quantity | null, sign: 1 | -1): Quantity | null {
  if (!a || !b) return null;
  return compareTo(a, b.value, b.unit) * sign >= 0 ? a : b;
}
