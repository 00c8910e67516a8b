import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { ListRow } from '../../domain/rankings/list.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import { findRowsWith, type ReadEdition, type Reading, withDocuments } from '../../services/rankings/read-list.ts';

/** Rows that one filter looks through at most; the page says when a list is longer. */
const MOST_SEARCHED = 20_000;
const BATCH = 5000;

/** Rows whose enterprise, number, product or model contains the words. */
export async function findRows(
  reading: Reading,
  read: ReadEdition,
  words: string,
  from: number,
  count: number,
): Promise<{ readonly rows: readonly ListEntry[]; readonly matches: number; readonly searched: number }> {
  const folded = foldForSearch(words);
  const found: ListRow[] = [];
  let searched = 0;
  while (searched < MOST_SEARCHED) {
    const batch = await findRowsWith(reading, read, folded, searched, BATCH);
    found.push(...batch.rows);
    searched += batch.searched;
    if (batch.searched < BATCH) break;
  }
  const rows = await withDocuments(reading, read, found.slice(from, from + count));
  return { rows, matches: found.length, searched };
}

export function rowMatcher(words: string): (row: ListEntry) => boolean {
  const folded = foldForSearch(words);
  return ({ enterprise, number, product, model }) =>
    foldForSearch([enterprise.name, enterprise.code, number, product, model].join(' ')).includes(folded);
}
