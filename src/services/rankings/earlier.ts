import type { EarlierList } from '../../domain/rankings/changes.ts';
import { readList } from '../../domain/rankings/list-text.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findLatestEdition, type ListEdition, readChunk } from '../../store/ranking-lists.ts';

export interface EarlierEdition {
  readonly edition: number;
  readonly sha256: string;
  readonly list: EarlierList;
}

/** The newest published edition of a list with all its rows; null for the first. */
export async function readEarlier(database: Database, list: string): Promise<EarlierEdition | null> {
  const edition = await publicRead(database, (db) => findLatestEdition(db, list));
  if (!edition?.edition) return null;
  return { edition: edition.edition, sha256: edition.listSha256, list: await readWhole(database, edition) };
}

/** All rows of an edition, published or a draft of the body that reads it. */
export async function readWhole(database: Database, edition: Pick<ListEdition, 'id'>): Promise<EarlierList> {
  const lines: string[] = [];
  for await (const content of readObject(database, edition)) lines.push(content);
  return readList(lines);
}

/** The whole object, chunk by chunk: the bytes whose SHA-256 names the edition. */
export async function* readObject(database: Database, edition: Pick<ListEdition, 'id'>): AsyncGenerator<string> {
  for (let n = 0; ; n++) {
    const content = await publicRead(database, (db) => readChunk(db, edition.id, n));
    if (content === null) return;
    yield content;
  }
}
