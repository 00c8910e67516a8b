import type { Scheme, SchemeIndicator } from '../schemes/scheme.ts';
import type { ListEntry, RankingList } from './list.ts';

/** How the comparable values of one indicator lie. For a figure only, so floats are precise enough here. */
export interface Distribution {
  readonly code: string;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

const BINS = 18;

/**
 * A histogram for each indicator with numeric values, over entries and excluded rows alike. Its bins are laid from the
 * advanced threshold, so that each bin reaches that level wholly or not at all.
 */
export function distributionsOf(list: RankingList, scheme: Scheme): readonly Distribution[] {
  const values = list.head.indicators.map(() => new Map<number, number>());
  const count = (row: ListEntry): void =>
    row.indicators.forEach((indicator, i) => {
      if (indicator.value === null || indicator.outcome === 'not-comparable') return;
      const value = Number(indicator.value);
      if (Number.isFinite(value)) values[i]?.set(value, (values[i]?.get(value) ?? 0) + 1);
    });
  list.entries.forEach(count);
  list.excluded.forEach(count);
  return scheme.indicators.map((indicator, i) => ({
    code: indicator.code,
    bins: indicator.direction === 'yes-no' ? [] : histogram(values[i] ?? new Map(), indicator),
  }));
}

/** Equal bins, a step of 1, 2, 2.5 or 5 times a power of ten; a value on a border belongs to the bin on its better side. */
function histogram(counts: ReadonlyMap<number, number>, indicator: SchemeIndicator): Distribution['bins'] {
  if (counts.size === 0) return [];
  const min = Math.min(...counts.keys());
  const max = Math.max(...counts.keys());
  const step = roundStep((max - min || Math.abs(max) || 1) / BINS);
  const anchor = Number(indicator.levels[0]?.advanced ?? 0);
  const place = (value: number) => {
    const steps = tidy((value - anchor) / step);
    return indicator.direction === 'lower' ? Math.ceil(steps) - 1 : Math.floor(steps);
  };
  const first = place(min);
  const bins = Array.from({ length: place(max) - first + 1 }, (_, i) => ({
    from: tidy(anchor + (first + i) * step),
    to: tidy(anchor + (first + i + 1) * step),
    count: 0,
  }));
  for (const [value, count] of counts) {
    const one = bins[place(value) - first];
    if (one) one.count += count;
  }
  return bins;
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((step) => step * power >= rough) ?? 10;
  return factor * power;
}

/** Removes the float's last digits: 0.30000000000000004 is drawn as 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
