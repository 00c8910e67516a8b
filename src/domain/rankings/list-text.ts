import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import type { LeftRow, RowChange } from './row-change.ts';
import type { ListHead, ListRow, RankingList } from './list.ts';

export const LIST_SECTIONS = ['entries', 'excluded', 'changes', 'left'] as const;
/** `head` is also the text between the sections. */
export type ListSection = 'head' | (typeof LIST_SECTIONS)[number];

/**
 * The list as one JSON document of one row a line, so that it can be hashed, streamed and read in parts: the head, the
 * entries, the rows left out, what changed, what has left; each line with the section it stands in. The SHA-256 of all of
 * it names the edition.
 */
export function* writeList(list: RankingList): Generator<readonly [section: ListSection, line: string]> {
  yield ['head', `{"head":${canonical(list.head)},\n"entries":[\n`];
  yield* lines('entries', list.entries, writeRow);
  yield ['head', '],\n"excluded":[\n'];
  yield* lines('excluded', list.excluded, writeRow);
  yield ['head', '],\n"changes":[\n'];
  yield* lines('changes', list.changes, canonical);
  yield ['head', '],\n"left":[\n'];
  yield* lines('left', list.left, canonical);
  yield ['head', ']}\n'];
}

function* lines<Row>(
  section: ListSection,
  rows: readonly Row[],
  write: (row: Row) => string,
): Generator<readonly [ListSection, string]> {
  const last = rows.length - 1;
  for (const [i, row] of rows.entries()) yield [section, `${write(row)}${i === last ? '' : ','}\n`];
}

function canonical(value: object): string {
  return canonicalJson(value as CanonicalValue);
}

/** An array holds only strings, integers and null, so this is its RFC 8785 text. */
function writeRow({ declaration, revision, document, grade, outcomes, score, excluded }: ListRow): string {
  const common = [declaration, revision, document, grade, outcomes, score];
  return JSON.stringify(excluded ? [...common, excluded.reason, excluded.about] : common);
}

/** Reads one row back from its line. */
export function readRow(line: string): ListRow {
  const [declaration, revision, document, grade, outcomes, score, reason, about] = JSON.parse(
    line.replace(/,\s*$/u, ''),
  ) as [string, number, string, ListRow['grade'], string, string | null, never, string[]];
  const excluded = reason === undefined ? null : { reason, about };
  return { declaration, revision, document, grade, outcomes, score, excluded };
}

/** Reads a whole list back from its lines, without a look at whether it is right. Throws on what is no list of ours. */
export function readList(text: Iterable<string>): RankingList {
  let whole = '';
  for (const line of text) whole += line;
  const read = JSON.parse(whole) as {
    head: ListHead;
    entries: unknown[];
    excluded: unknown[];
    changes: RowChange[];
    left: LeftRow[];
  };
  if (read.head.v !== 2) throw new Error(`a list of version ${read.head.v}`);
  const rows = (section: unknown[]) => section.map((row) => readRow(JSON.stringify(row)));
  return { ...read, entries: rows(read.entries), excluded: rows(read.excluded) };
}
