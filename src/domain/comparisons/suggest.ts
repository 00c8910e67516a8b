import { findUnit } from '../indicators/units.ts';
import { declaredNamesOf } from '../schemes/check-scheme.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { foldForSearch } from '../text/fold.ts';
import type { UnmatchedName } from './unmatched.ts';

/** A name of the scheme that an unknown declared name may mean; only a person decides whether it does. */
export interface MappingSuggestion {
  readonly indicator: string;
  readonly as: string;
  /** 0 to 100: how alike the names are, less where no declared unit is of the indicator's dimension. */
  readonly score: number;
}

const MOST = 3;
const LEAST_SCORE = 25;
/** A like name in another dimension is more often another quantity than the same. */
const OTHER_DIMENSION = 0.5;

/** The best suggestions for a declared name, best first; equal scores in the order of the scheme. */
export function suggestFor({ name, units }: UnmatchedName, scheme: Scheme): readonly MappingSuggestion[] {
  const dimensions = units.map((unit) => findUnit(unit || '1')?.dimension);
  return scheme.indicators
    .flatMap((indicator): MappingSuggestion[] => {
      const fits = dimensions.includes(findUnit(indicator.unit)?.dimension);
      const [best] = declaredNamesOf(indicator)
        .map((known) => ({ known, likeness: likeness(name, foldForSearch(known)) }))
        .sort((a, b) => b.likeness - a.likeness);
      if (!best) return [];
      const score = Math.round(best.likeness * (fits ? 1 : OTHER_DIMENSION) * 100);
      return [{ indicator: indicator.code, as: best.known, score }];
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
}

/** Dice's coefficient over pairs of characters; 1 where one name holds the other whole and is not twice as long. */
function likeness(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length > 1 && long.includes(short) && long.length <= short.length * 2)
    return 0.9 + 0.1 * (short.length / long.length);
  const [pairsA, pairsB] = [pairsOf(a), pairsOf(b)];
  const common = [...pairsA].filter((pair) => pairsB.has(pair)).length;
  return pairsA.size + pairsB.size === 0 ? 0 : (2 * common) / (pairsA.size + pairsB.size);
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = [...text];
  return new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`));
}
