import type { ListEntry } from '../../domain/rankings/list.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import type { Database } from '../../services/context.ts';
import { readRows, type ReadEdition } from '../../services/rankings/read-list.ts';

/** Rows that one filter looks through at most: some 100 ms; the page says when a list is longer. */
const MOST_SEARCHED = 20_000;
const BATCH = 2000;

/** Rows whose enterprise, number or model contains the words; the list's own bytes are all that is searched. */
export async function findRows(
  database: Database,
  edition: ReadEdition['edition'],
  words: string,
  from: number,
  count: number,
): Promise<{ readonly rows: readonly ListEntry[]; readonly matches: number; readonly searched: number }> {
  const isMatch = rowMatcher(words);
  const rows: ListEntry[] = [];
  let matches = 0;
  let searched = 0;
  while (searched < MOST_SEARCHED) {
    const batch = await readRows(database, edition, 'entries', searched, BATCH);
    for (const row of batch) {
      if (!isMatch(row)) continue;
      if (matches >= from && rows.length < count) rows.push(row);
      matches++;
    }
    searched += batch.length;
    if (batch.length < BATCH) break;
  }
  return { rows, matches, searched };
}

export function rowMatcher(words: string): (row: ListEntry) => boolean {
  const folded = foldForSearch(words);
  return ({ enterprise, number, product, model }) =>
    foldForSearch([enterprise.name, enterprise.code, number, product, model].join(' ')).includes(folded);
}
