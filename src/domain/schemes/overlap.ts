import { exact } from '../indicators/decimal.ts';
import { compareQuantities, findUnit } from '../indicators/units.ts';
import type { Condition } from './scheme.ts';

/** Whether some product may meet all of both; where that cannot be decided (units of two kinds), it may. */
export function mayMeetBoth(a: readonly Condition[], b: readonly Condition[]): boolean {
  return !a.some((one) => b.some((other) => excludes(one, other)));
}

/** Whether whoever meets all of `given` surely meets all of `wanted`. */
export function implies(given: readonly Condition[], wanted: readonly Condition[]): boolean {
  return wanted.every((one) => given.some((other) => entails(other, one)));
}

function excludes(a: Condition, b: Condition): boolean {
  if (a.parameter !== b.parameter) return false;
  if (a.operator === 'in' && b.operator === 'in') return !(a.values ?? []).some((value) => b.values?.includes(value));
  const order = compared(a, b);
  if (order === null || isUpper(a) === isUpper(b)) return false;
  // An upper and a lower bound exclude each other where the upper lies below, or both name one value and one leaves it out.
  const upperOverLower = isUpper(a) ? order : -order;
  return upperOverLower < 0 || (upperOverLower === 0 && (isOpen(a) || isOpen(b)));
}

function entails(given: Condition, wanted: Condition): boolean {
  if (given.parameter !== wanted.parameter) return false;
  if (given.operator === 'in' && wanted.operator === 'in')
    return (given.values ?? []).every((value) => wanted.values?.includes(value));
  const order = compared(given, wanted);
  if (order === null || isUpper(given) !== isUpper(wanted)) return false;
  const tighter = isUpper(given) ? -order : order;
  return tighter > 0 || (tighter === 0 && (isOpen(given) || !isOpen(wanted)));
}

/** The order of two bounds, or null where they are no two bounds in units of one kind. */
function compared(a: Condition, b: Condition): number | null {
  const [unitA, unitB] = [findUnit(a.unit ?? '1'), findUnit(b.unit ?? '1')];
  if (a.value === undefined || b.value === undefined || !unitA || !unitB) return null;
  if (unitA.dimension !== unitB.dimension) return null;
  return compareQuantities(exact(a.value), unitA, exact(b.value), unitB);
}

function isUpper({ operator }: Condition): boolean {
  return operator === 'lt' || operator === 'lte';
}

function isOpen({ operator }: Condition): boolean {
  return operator === 'lt' || operator === 'gt';
}
