import type { ListEntry, RankingList } from './list.ts';

/** How the comparable values of one indicator lie. For a figure only, so floats are precise enough here. */
export interface Distribution {
  readonly code: string;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

const BINS = 18;

/** A histogram for each indicator with numeric values, over entries and excluded rows alike. */
export function distributionsOf(list: RankingList): readonly Distribution[] {
  const values = list.head.indicators.map(() => new Map<number, number>());
  const count = (row: ListEntry): void =>
    row.indicators.forEach((indicator, i) => {
      if (indicator.value === null || indicator.outcome === 'not-comparable') return;
      const value = Number(indicator.value);
      if (Number.isFinite(value)) values[i]?.set(value, (values[i]?.get(value) ?? 0) + 1);
    });
  list.entries.forEach(count);
  list.excluded.forEach(count);
  return list.head.indicators.map(({ code }, i) => ({ code, bins: histogram(values[i] ?? new Map()) }));
}

/** Equal bins with round borders: a step of 1, 2, 2.5 or 5 times a power of ten. */
function histogram(counts: ReadonlyMap<number, number>): Distribution['bins'] {
  if (counts.size === 0) return [];
  const min = Math.min(...counts.keys());
  const max = Math.max(...counts.keys());
  const step = roundStep((max - min || Math.abs(max) || 1) / BINS);
  const first = Math.floor(min / step);
  const bins = Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => ({
    from: tidy((first + i) * step),
    to: tidy((first + i + 1) * step),
    count: 0,
  }));
  for (const [value, count] of counts) {
    const one = bins[Math.floor(value / step) - first];
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
