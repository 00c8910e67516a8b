import type { IndicatorResult } from '../comparisons/result.ts';
import type { Scheme, SchemeIndicator } from '../schemes/scheme.ts';

/** How the comparable values of one indicator lie. For a figure only, so floats are precise enough here. */
export interface Distribution {
  readonly code: string;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

const BINS = 18;

/** How often each number occurs among what declarations came to, per indicator; words have no place on an axis. */
export type ValueCounts = readonly ReadonlyMap<number, number>[];

export function countValues(scheme: Scheme, rows: Iterable<readonly IndicatorResult[]>): ValueCounts {
  // Texts repeat, so each is counted before it is read: reading them was half of a report's time.
  const texts = scheme.indicators.map(() => new Map<string, number>());
  for (const results of rows) {
    // No entries(): their pairs were most of what was collected as garbage.
    for (let i = 0; i < results.length; i++) {
      const { value = null, outcome } = results[i] ?? {};
      if (value === null || outcome === 'not-comparable') continue;
      const of = texts[i];
      of?.set(value, (of.get(value) ?? 0) + 1);
    }
  }
  return texts.map((counts) => {
    const values = new Map<number, number>();
    for (const [text, count] of counts) {
      const value = middleOf(text);
      if (value !== null) values.set(value, (values.get(value) ?? 0) + count);
    }
    return values;
  });
}

/** A comparable value as a number; of an interval its middle; null for words and for what cannot be compared. */
export function numberOf({ value, outcome }: IndicatorResult): number | null {
  return value === null || outcome === 'not-comparable' ? null : middleOf(value);
}

function middleOf(value: string): number | null {
  const ends = value.split('～').map(Number);
  const middle = ends.reduce((sum, end) => sum + end, 0) / ends.length;
  return Number.isFinite(middle) ? middle : null;
}

/**
 * A histogram for each indicator with numeric values. Its bins are laid from the advanced threshold, so that each bin
 * reaches that level wholly or not at all.
 */
export function distributionsOf(scheme: Scheme, values: ValueCounts): readonly Distribution[] {
  return scheme.indicators.map((indicator, i) => ({
    code: indicator.code,
    bins:
      indicator.direction === 'yes-no' || indicator.direction === 'ordered-text'
        ? []
        : histogram(values[i] ?? new Map(), indicator),
  }));
}

/** Equal bins, a step of 1, 2, 2.5 or 5 times a power of ten; a value on a border belongs to the bin on its better side. */
function histogram(counts: ReadonlyMap<number, number>, indicator: SchemeIndicator): Distribution['bins'] {
  if (counts.size === 0) return [];
  // Not Math.min(...): a million arguments are more than a call may have.
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of counts.keys()) [min, max] = [Math.min(min, value), Math.max(max, value)];
  const step = roundStep((max - min || Math.abs(max) || 1) / BINS);
  const anchor = Number.parseFloat(indicator.target ?? indicator.levels[0]?.advanced ?? '0');
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
