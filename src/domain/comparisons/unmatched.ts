import type { DeclaredIndicator } from '../declarations/content.ts';
import { foldForSearch } from '../text/fold.ts';
import type { Premises } from './premises.ts';
import type { PreparedIndicator } from './prepare.ts';
import type { ComparisonResult } from './result.ts';

/** A declared name that means no indicator of the scheme, as far as anybody has said. */
export interface UnmatchedName {
  readonly name: string;
  /** Declarations that have it, and those of them in which an indicator of the scheme is not declared. */
  readonly declarations: number;
  readonly lacking: number;
  /** Units that it is declared in. */
  readonly units: readonly string[];
  readonly example: { readonly declaration: string; readonly raw: string };
}

const MOST_NAMES = 20_000;
const MOST_KEPT = 500;
const MOST_UNITS = 5;

/** Collects, while declarations are compared, the names that the scheme does not know: the analysts' mapping queue. */
export function unmatchedNames(prepared: readonly PreparedIndicator[], { mappings }: Premises) {
  const known = new Set([
    ...prepared.flatMap(({ names, parts }) => [...names, ...parts.flatMap((part) => [...part])]),
    ...mappings.map(({ name }) => name),
  ]);
  const found = new Map<string, UnmatchedName>();
  return {
    /** Takes the declared rows of a declaration; those that the scheme knows may be left out. */
    count(
      document: { readonly id: string; readonly content: { readonly indicators: readonly DeclaredIndicator[] } },
      result: Pick<ComparisonResult, 'indicators'>,
    ): void {
      const lacks = result.indicators.some(({ reason }) => reason === 'not-declared');
      for (const declared of document.content.indicators) {
        const name = foldForSearch(declared.name);
        if (known.has(name) || (!found.has(name) && found.size >= MOST_NAMES)) continue;
        const before = found.get(name);
        const units = before?.units ?? [];
        found.set(name, {
          name,
          declarations: (before?.declarations ?? 0) + 1,
          lacking: (before?.lacking ?? 0) + (lacks ? 1 : 0),
          units: units.includes(declared.unit) || units.length >= MOST_UNITS ? units : [...units, declared.unit],
          example: before?.example ?? { declaration: document.id, raw: declared.raw ?? declared.value },
        });
      }
    },
    /** Those first that most declarations lack an indicator for. */
    names(): readonly UnmatchedName[] {
      return [...found.values()]
        .sort((a, b) => b.lacking - a.lacking || b.declarations - a.declarations || (a.name < b.name ? -1 : 1))
        .slice(0, MOST_KEPT);
    },
  };
}
