import { compareBytes } from '../../domain/bytes.ts';
import { Premises } from '../../domain/comparisons/premises.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { text } from '../../domain/fault.ts';
import type { LeftRow, RowChange } from '../../domain/rankings/row-change.ts';
import { listedComparer } from '../../domain/rankings/compare-listed.ts';
import { type ListEntry, readEntry } from '../../domain/rankings/entry.ts';
import type { ListHead, ListRow } from '../../domain/rankings/list.ts';
import { readRow } from '../../domain/rankings/list-text.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { findRun } from '../../store/comparison-runs.ts';
import { type Database, publicRead, type Transaction } from '../../store/database.ts';
import { findDocuments, findPlacesWith, type VersionName } from '../../store/listed-documents.ts';
import {
  editionsOf,
  findEdition,
  findEditionOn,
  findLatestEdition,
  findRowOf,
  type ListEdition,
  listPublished,
  readChunks,
} from '../../store/ranking-lists.ts';
import type { RunReport } from '../comparisons/compare-at-cut-off.ts';
import { notFound } from '../refusal.ts';
import { schemeOfRun } from '../comparisons/scheme-of-run.ts';

export { readObject } from './earlier.ts';

/** Lists as the public sees them: the newest edition of each. */
export async function listRankingLists(database: Database) {
  const lists = await publicRead(database, (db) => listPublished(db));
  return lists.map((list) => ({ ...list, head: JSON.parse(list.head) as ListHead }));
}

/** An edition, or the draft of one, with what its rows are read by. */
export interface ReadEdition {
  readonly edition: ListEdition;
  readonly head: ListHead;
  readonly scheme: Scheme;
  readonly report: RunReport;
}

/** Published editions are immutable, so that the last used are kept, by database. */
const EDITIONS = new WeakMap<Database, Map<string, ReadEdition>>();
const MOST_EDITIONS = 50;

/** A published edition by number, or the newest; refused as not found otherwise. */
export async function readEdition(database: Database, list: string, number: number | 'latest'): Promise<ReadEdition> {
  const kept = EDITIONS.get(database) ?? new Map<string, ReadEdition>();
  EDITIONS.set(database, kept);
  const known = kept.get(`${list}/${number}`);
  if (known) return known;
  const found = await findReadEdition(database, list, number);
  const read = kept.get(`${list}/${found.edition.edition}`) ?? found;
  const oldest = kept.keys().next().value;
  if (kept.size >= MOST_EDITIONS && oldest !== undefined) kept.delete(oldest);
  kept.set(`${list}/${read.edition.edition}`, read);
  return read;
}

async function findReadEdition(database: Database, list: string, number: number | 'latest'): Promise<ReadEdition> {
  const edition = await publicRead(database, (db) =>
    number === 'latest' ? findLatestEdition(db, list) : findEdition(db, list, number),
  );
  const head = edition ? (JSON.parse(edition.head) as ListHead) : null;
  // Editions of the first engine held their rows in another form; their file and log entry stand, their page does not.
  if (!edition || !head || edition.state !== 'published' || head.v !== 2)
    throw notFound(text('榜单期次', 'edition of a ranking list'), '#path/edition', `${list}/${number}`);
  return withScheme(database, edition);
}

/** The number of the edition that was the newest on a day (YYYY-MM-DD, Beijing): what a dated link leads to. */
export async function editionOn(database: Database, list: string, day: string): Promise<number> {
  const edition = await publicRead(database, (db) => findEditionOn(db, list, day));
  if (!edition?.edition) throw notFound(text('当日的榜单期次', 'edition on that day'), '#query/on', `${list} ${day}`);
  return edition.edition;
}

/** Adds to an edition the scheme that it was made by. */
export async function withScheme(database: Database, edition: ListEdition): Promise<ReadEdition> {
  const run = await publicRead(database, (db) => findRun(db, edition.runId));
  if (!run) throw new Error(`no run ${edition.runId}`);
  const { scheme } = await schemeOfRun(database, run);
  return {
    edition,
    scheme,
    head: JSON.parse(edition.head) as ListHead,
    report: JSON.parse(edition.report) as RunReport,
  };
}

/** The editions of a list, newest first. */
export async function readEditions(database: Database, list: string) {
  const editions = await publicRead(database, (db) => editionsOf(db, list));
  return editions.map((edition) => ({ ...edition, head: JSON.parse(edition.head) as ListHead }));
}

/** Who reads: the public, or the body itself its drafts. */
export type Reading = <Answer>(work: (db: Transaction['db']) => Promise<Answer>) => Promise<Answer>;

export function asPublic(database: Database): Reading {
  return (work) => publicRead(database, work);
}

/** Rows [from, from + count) of a section, each with what its declaration says, cut out of the edition's own bytes. */
export async function readRows(
  reading: Reading,
  read: ReadEdition,
  section: 'entries' | 'excluded',
  from: number,
  count: number,
): Promise<readonly ListEntry[]> {
  const rows = await readBare(reading, read.edition, section, from, count);
  return withDocuments(reading, read, rows);
}

/** Rows whose enterprise, number, product or model has the words, among `count` rows from `from`. */
export async function findRowsWith(
  reading: Reading,
  { edition }: ReadEdition,
  folded: string,
  from: number,
  count: number,
): Promise<{ readonly searched: number; readonly rows: readonly ListRow[] }> {
  const rows = await readBare(reading, edition, 'entries', from, count);
  const places = await reading((db) => findPlacesWith(db, rows.map(nameOf), folded));
  return { searched: rows.length, rows: places.flatMap((place) => rows[place] ?? []) };
}

/** The row of a declaration on an edition, wherever it stands; null where it is on none of its sections. */
export async function readRowOf(reading: Reading, read: ReadEdition, declaration: string): Promise<ListEntry | null> {
  const found = await reading((db) => findRowOf(db, read.edition.id, declaration));
  if (!found) return null;
  const [entry] = await withDocuments(reading, read, [readRow(found.line)]);
  return entry ?? null;
}

/**
 * The tiers of one indicator, best first, each with its first rows by declaration number, which favours nobody; rows
 * without an overall grade stand in the tiers of what they declare as well.
 */
export async function readTiers(reading: Reading, read: ReadEdition, indicator: number, shown: number) {
  const tiers = new Map<string, ListRow[]>();
  for (const section of ['entries', 'excluded'] as const) {
    for (let from = 0; ; from += ROWS_AT_ONCE) {
      const rows = await readBare(reading, read.edition, section, from, ROWS_AT_ONCE);
      for (const row of rows) {
        const outcome = row.outcomes.charAt(indicator);
        if (/[1-9]/u.test(outcome)) tiers.set(outcome, [...(tiers.get(outcome) ?? []), row]);
      }
      if (rows.length < ROWS_AT_ONCE) break;
    }
  }
  const found = [];
  for (const [tier, rows] of [...tiers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const neutral = rows.toSorted((a, b) => compareBytes(a.declaration, b.declaration)).slice(0, shown);
    found.push({ tier: Number(tier), count: rows.length, rows: await withDocuments(reading, read, neutral) });
  }
  return found;
}

const ROWS_AT_ONCE = 5000;

/** What changed in an edition, and what has left and not come back. */
export async function readChanges(
  reading: Reading,
  { edition }: ReadEdition,
  section: 'changes',
  from: number,
  count: number,
): Promise<readonly RowChange[]>;
export async function readChanges(
  reading: Reading,
  { edition }: ReadEdition,
  section: 'left',
  from: number,
  count: number,
): Promise<readonly LeftRow[]>;
export async function readChanges(
  reading: Reading,
  { edition }: ReadEdition,
  section: 'changes' | 'left',
  from: number,
  count: number,
): Promise<readonly unknown[]> {
  return (await readLines(reading, edition, section, from, count)).map((line) => JSON.parse(line) as unknown);
}

/** What the declarations that rows name say of themselves: for rows that are shown without being compared again. */
export async function readNamed(
  reading: Reading,
  versions: readonly VersionName[],
): Promise<readonly (DeclarationDocument | null)[]> {
  const found = await reading((db) => findDocuments(db, versions));
  return found.map(({ document }) => (document === null ? null : (JSON.parse(document) as DeclarationDocument)));
}

export async function withDocuments(
  reading: Reading,
  read: ReadEdition,
  rows: readonly ListRow[],
): Promise<readonly ListEntry[]> {
  const { edition, head } = read;
  const found = await reading((db) => findDocuments(db, rows.map(nameOf)));
  const compare = compareListed(read);
  return rows.map((row, i) => {
    const { document, sha256 } = found[i] ?? { document: null, sha256: null };
    if (document === null || sha256 !== row.document)
      throw new Error(
        `${edition.schemeCode}/${edition.edition}: the document of ${row.declaration} is not the listed one`,
      );
    return readEntry(head, row, JSON.parse(document) as DeclarationDocument, compare);
  });
}

const COMPARERS = new WeakMap<ReadEdition, ReturnType<typeof listedComparer>>();

/** The comparer of an edition, made once for as long as the edition is kept. */
function compareListed(read: ReadEdition): ReturnType<typeof listedComparer> {
  const known = COMPARERS.get(read);
  if (known) return known;
  const made = listedComparer(read.scheme, Premises.parse(JSON.parse(read.edition.premises)));
  COMPARERS.set(read, made);
  return made;
}

function nameOf({ declaration, revision }: ListRow): VersionName {
  return { declaration, revision };
}

async function readBare(
  reading: Reading,
  edition: ListEdition,
  section: 'entries' | 'excluded',
  from: number,
  count: number,
): Promise<readonly ListRow[]> {
  return (await readLines(reading, edition, section, from, count)).map(readRow);
}

async function readLines(
  reading: Reading,
  edition: ListEdition,
  section: 'entries' | 'excluded' | 'changes' | 'left',
  from: number,
  count: number,
): Promise<readonly string[]> {
  const chunks = await reading((db) => readChunks(db, edition.id, section, from, count));
  const first = chunks[0]?.firstRow ?? 0;
  return chunks
    .flatMap((chunk) => chunk.content.trimEnd().split('\n'))
    .slice(from - first, from - first + count)
    .map((line) => line.replace(/,$/u, ''));
}
