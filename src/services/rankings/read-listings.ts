import type { Text } from '../../domain/fault.ts';
import { type ListHead, type ListRow, rankOf } from '../../domain/rankings/list.ts';
import { readRow } from '../../domain/rankings/list-text.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findRowOf, listPublished } from '../../store/ranking-lists.ts';
import { findSchemeVersion } from '../../store/schemes.ts';

/** Where a declaration stands on the newest edition of a list. */
export interface Listing {
  readonly list: string;
  readonly edition: number;
  readonly title: Text;
  readonly overall: boolean;
  readonly row: ListRow;
  readonly rank: number | null;
  readonly entries: number;
}

/** A row is found by reading the list through: some 30 ms among 100,000 rows. Of longer lists the row has its own page only. */
const MOST_ROWS = 200_000;

/** The newest editions in which a declaration of a category was compared, listed or left out. */
export async function readListings(
  database: Database,
  declaration: string,
  category: string,
): Promise<readonly Listing[]> {
  const lists = (await publicRead(database, (db) => listPublished(db))).map((list) => ({
    ...list,
    head: JSON.parse(list.head) as ListHead,
  }));
  const listings: Listing[] = [];
  for (const { id, schemeCode, schemeVersion, edition, head } of lists) {
    if (head.v !== 2 || head.category !== category || edition === null || schemeVersion === null) continue;
    if (head.inputs.count > MOST_ROWS) continue;
    const found = await publicRead(database, (db) => findRowOf(db, id, declaration));
    if (!found) continue;
    const scheme = await publicRead(database, (db) => findSchemeVersion(db, schemeCode, schemeVersion));
    const { title } = JSON.parse(scheme?.document ?? '{}') as Scheme;
    const row = readRow(found.line);
    const rank = row.excluded ? null : rankOf(head, row.grade);
    listings.push({ list: schemeCode, edition, title, overall: head.overall, row, rank, entries: head.entries });
  }
  return listings;
}
