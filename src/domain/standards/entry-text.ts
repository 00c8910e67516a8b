import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import type { CatalogueStandard } from './catalogue.ts';
import type { StandardLimit } from './limit.ts';

/** RFC 8785 text of an entry without what is absent, so that it is the same text whatever kind of file it came in. */
export function writeEntry(entry: CatalogueStandard | StandardLimit): string {
  const present = JSON.stringify(entry, (_, value: unknown) => (value === null ? undefined : value));
  return canonicalJson(JSON.parse(present) as CanonicalValue);
}
