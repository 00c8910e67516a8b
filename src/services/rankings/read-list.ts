import type { Database } from '../../store/database.ts';
import { publicRead } from '../../store/database.ts';
import type { Distribution } from '../../domain/rankings/distribution.ts';
import type { ExcludedEntry, ListEntry, ListHead } from '../../domain/rankings/list.ts';
import { text } from '../../domain/fault.ts';
import {
  editionsOf,
  findEdition,
  findLatestEdition,
  type ListEdition,
  listPublished,
  readChunk,
  readChunks,
} from '../../store/ranking-lists.ts';
import { notFound } from '../refusal.ts';

/** Lists as the public sees them: the newest edition of each. */
export async function listRankingLists(database: Database) {
  const lists = await publicRead(database, (db) => listPublished(db));
  return lists.map((list) => ({ ...list, head: JSON.parse(list.head) as ListHead }));
}

export interface ReadEdition {
  readonly edition: ListEdition;
  readonly head: ListHead;
  readonly distributions: readonly Distribution[];
}

/** A published edition by number, or the newest; refused as not found otherwise. */
export async function readEdition(database: Database, list: string, number: number | 'latest'): Promise<ReadEdition> {
  const edition = await publicRead(database, (db) =>
    number === 'latest' ? findLatestEdition(db, list) : findEdition(db, list, number),
  );
  if (edition?.state !== 'published')
    throw notFound(text('榜单期次', 'edition of a ranking list'), '#path/edition', `${list}/${number}`);
  return {
    edition,
    head: JSON.parse(edition.head) as ListHead,
    distributions: JSON.parse(edition.distributions) as readonly Distribution[],
  };
}

export async function readEditions(database: Database, list: string) {
  return publicRead(database, (db) => editionsOf(db, list));
}

/** Rows [from, from + count) of a section, cut out of the edition's own bytes. */
export async function readRows(
  database: Database,
  edition: ListEdition,
  section: 'entries',
  from: number,
  count: number,
): Promise<readonly ListEntry[]>;
export async function readRows(
  database: Database,
  edition: ListEdition,
  section: 'excluded',
  from: number,
  count: number,
): Promise<readonly ExcludedEntry[]>;
export async function readRows(
  database: Database,
  edition: ListEdition,
  section: 'entries' | 'excluded',
  from: number,
  count: number,
): Promise<readonly ListEntry[]> {
  const chunks = await publicRead(database, (db) => readChunks(db, edition.id, section, from, count));
  const first = chunks[0]?.firstRow ?? 0;
  const lines = chunks.flatMap((chunk) => chunk.content.trimEnd().split('\n'));
  return lines
    .slice(from - first, from - first + count)
    .map((line) => JSON.parse(line.replace(/,$/u, '')) as ListEntry);
}

/** The whole object, chunk by chunk: the bytes whose SHA-256 names the edition. */
export async function* readObject(database: Database, edition: ListEdition): AsyncGenerator<string> {
  for (let n = 0; ; n++) {
    const content = await publicRead(database, (db) => readChunk(db, edition.id, n));
    if (content === null) return;
    yield content;
  }
}
