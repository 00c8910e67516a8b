import type { Scheme } from '../schemes/scheme.ts';
import { numberOf, type ValueCounts } from './distribution.ts';
import type { ComparedDeclaration } from './list.ts';

/** A value far from the others of its indicator, for an analyst to look at; it decides nothing. */
export interface Outlier {
  readonly declaration: string;
  readonly code: string;
  readonly value: string;
}

/** Fewer values say nothing of what is far. */
const FEWEST = 12;
const MOST_SHOWN = 200;

/** Values beyond Tukey's outer fences (three times the distance of the quartiles outside them). */
export function outliersOf(
  scheme: Scheme,
  rows: readonly ComparedDeclaration[],
  counts: ValueCounts,
): readonly Outlier[] {
  const fences = counts.map(fencesOf);
  // Mostly there are none, and then no row needs to be looked at.
  if (!counts.some((values, i) => [...values.keys()].some((value) => isFar(value, fences[i])))) return [];
  const found: Outlier[] = [];
  for (const { declaration, result } of rows) {
    for (const [i, indicator] of result.indicators.entries()) {
      const value = numberOf(indicator);
      if (value === null || !isFar(value, fences[i])) continue;
      found.push({ declaration, code: scheme.indicators[i]?.code ?? '', value: indicator.value ?? '' });
      if (found.length === MOST_SHOWN) return found;
    }
  }
  return found;
}

interface Fences {
  readonly low: number;
  readonly high: number;
}

function isFar(value: number, fences: Fences | null | undefined): boolean {
  return !!fences && (value < fences.low || value > fences.high);
}

function fencesOf(counts: ReadonlyMap<number, number>): Fences | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total < FEWEST) return null;
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const quartile = (share: number) => {
    let seen = 0;
    return sorted.find(([, count]) => {
      seen += count;
      return seen >= share * total;
    })?.[0];
  };
  const [low, high] = [quartile(0.25) ?? 0, quartile(0.75) ?? 0];
  const reach = 3 * (high - low);
  // Where most values are one, every other would be far.
  return reach === 0 ? null : { low: low - reach, high: high + reach };
}
