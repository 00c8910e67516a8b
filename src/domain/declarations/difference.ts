import type { DeclarationContent } from './content.ts';

/** One thing that differs between two versions: both values are shown, also where one is missing (公示条例 art. 12). */
export interface Difference {
  /** Where it stands, by names: `indicators/噪声/value`, `standard/number`. */
  readonly at: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs between two versions of a declaration, in the order of the newer one; rows are matched by their name. */
export function differencesOf(before: DeclarationContent, after: DeclarationContent): readonly Difference[] {
  const [old, now] = [leaves(before), leaves(after)];
  const places = [...now.keys(), ...[...old.keys()].filter((place) => !now.has(place))];
  return places.flatMap((at) => {
    const [from, to] = [old.get(at) ?? null, now.get(at) ?? null];
    return from === to ? [] : [{ at, before: from, after: to }];
  });
}

function leaves(value: unknown, place: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (item: unknown, at: readonly string[]): void => {
    if (item === null || item === undefined) return;
    if (Array.isArray(item)) item.forEach((one, i) => walk(one, [...at, nameOf(one) ?? String(i + 1)]));
    else if (typeof item === 'object') for (const [key, one] of Object.entries(item)) walk(one, [...at, key]);
    else found.set(at.join('/'), String(item));
  };
  walk(value, place);
  return found;
}

function nameOf(row: unknown): string | null {
  if (typeof row === 'string') return row;
  if (row === null || typeof row !== 'object' || !('name' in row)) return null;
  return typeof row.name === 'string' ? row.name : null;
}
