import type { ListIndicator } from '../../domain/rankings/entry.ts';
import { formatNumber, formatUnit } from '../format.ts';
import type { Frame } from '../frame.ts';

/** What a cell says where there is no value to show: words, never 0 or a dash; null where there is one. */
export function absenceInWords({ t }: Pick<Frame, 't'>, result: ListIndicator): string | null {
  if (result.outcome === 'not-applicable') return t.board.notApplicable;
  if (result.outcome !== 'not-comparable') return null;
  if (result.reason === undefined || result.reason === 'not-declared') return t.board.notDeclared;
  return t.board.notComparable(t.board.reasons[result.reason]);
}

/** The level that an indicator reached, in words. */
export function outcomeInWords(frame: Pick<Frame, 't'>, result: ListIndicator): string {
  const { outcome } = result;
  if (outcome === 'not-applicable' || outcome === 'not-comparable') return absenceInWords(frame, result) ?? '';
  return outcome === 'lower-tier' ? frame.t.board.lowerTier(result.tier ?? 0) : frame.t.board.levels[outcome];
}

/**
 * The declared words, where the compared value alone would hide something: a converted unit, a range, a tolerance, or an
 * incomparable value. "≥ 520 m³/h" beside 520 in a column of m³/h hides nothing.
 */
export function declaredBeside(result: ListIndicator, unit: string): string | null {
  const { raw, value } = result;
  if (raw === null) return null;
  if (value === null) return raw;
  const plain = new Set(['≥', '≤', '>', '<', '='].map((relation) => `${relation} ${value} ${formatUnit(unit)}`.trim()));
  return plain.has(raw.replace(/%$/u, ' %').trim()) || raw === value ? null : raw;
}

export function shownValue(result: ListIndicator): string | null {
  return result.value === null ? null : formatNumber(result.value);
}
