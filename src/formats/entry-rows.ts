import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { type Fault, fault, type Text, text } from '../domain/fault.ts';

/** A file of entries: one JSON array, JSON one a line, or a table with a header. */
export const ENTRY_FORMATS = ['json', 'json-lines', 'csv'] as const;
export type EntryFormat = (typeof ENTRY_FORMATS)[number];

/** `fault` ends the file where it cannot be read on. */
export type EntryRow =
  | { readonly at: string; readonly value: unknown }
  | { readonly at: string; readonly cells: readonly string[] }
  | { readonly at: string; readonly fault: Fault };

/** A JSON array is parsed at once, which holds everyone up: 8 MiB take 60 ms. Larger files come as JSON lines or CSV. */
const MOST_ARRAY_BYTES = 8 * 1024 * 1024;
/** Rows after which others get their turn. */
const ROWS_A_TURN = 500;

/** The rows of a file with their places (`file:12`, `file#/11`); the first row of a table is its header. */
export async function* readEntryRows(bytes: Uint8Array, format: EntryFormat): AsyncGenerator<EntryRow> {
  let row = 0;
  for await (const one of READERS[format](bytes)) {
    if (++row % ROWS_A_TURN === 0) await nextTurn();
    yield one;
  }
}

const READERS = { json: readArray, 'json-lines': readLines, csv: readTable } as const;

function* readArray(bytes: Uint8Array): Generator<EntryRow> {
  if (bytes.length > MOST_ARRAY_BYTES) {
    const most = text('至多 8 MiB 的 JSON 数组', 'a JSON array of at most 8 MiB');
    const found = `${bytes.length} bytes`;
    yield broken('file', found, most, text('请改用 JSON 行（每行一条）或 CSV', 'send JSON lines (one a line) or CSV'));
    return;
  }
  const parsed = parseJson(bytes, 'file');
  if ('fault' in parsed) yield parsed;
  else if (!Array.isArray(parsed.value)) {
    const remedy = text('请把条目放进一个数组', 'put the entries into an array');
    yield broken('file', typeof parsed.value, text('JSON 数组', 'a JSON array'), remedy);
  } else for (const [i, value] of parsed.value.entries()) yield { at: `file#/${i}`, value };
}

function* readLines(bytes: Uint8Array): Generator<EntryRow> {
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    const content = bytes.subarray(start, end);
    start = end + 1;
    if (content.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)) continue;
    const parsed = parseJson(content, `file:${line}`);
    yield parsed;
    if ('fault' in parsed) return;
  }
}

function parseJson(bytes: Uint8Array, at: string): { readonly at: string; readonly value: unknown } | BrokenRow {
  try {
    return { at, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    const expected = text('UTF-8 编码的 JSON', 'JSON in UTF-8');
    return broken(
      at,
      (error as Error).message,
      expected,
      text('请检查编码、引号和逗号', 'check the encoding, quotes and commas'),
    );
  }
}

async function* readTable(bytes: Uint8Array): AsyncGenerator<EntryRow> {
  const utf8 = isUtf8(bytes) ? bytes : fromGb18030(bytes);
  if (!utf8) {
    const expected = text('UTF-8 或 GB 18030 编码的 CSV', 'CSV in UTF-8 or GB 18030');
    yield broken('file', null, expected, text('请另存为 CSV UTF-8', 'save it as CSV UTF-8'));
    return;
  }
  const rows = Readable.from(chunksOf(utf8)).pipe(
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }),
  );
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { at: `file:${info.lines}`, cells: record };
    }
  } catch (error) {
    const { message, lines } = error as Error & { readonly lines?: number };
    const remedy = text('请检查引号是否成对', 'check that quotes come in pairs');
    yield broken(`file:${lines ?? 1}`, message, text('CSV（RFC 4180）', 'CSV (RFC 4180)'), remedy);
  }
}

/** What spreadsheets of Chinese systems save as plain "CSV"; null where it is not that either. */
function fromGb18030(bytes: Uint8Array): Uint8Array | null {
  try {
    return Buffer.from(new TextDecoder('gb18030', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function* chunksOf(bytes: Uint8Array): Generator<Buffer> {
  const size = 65_536;
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

interface BrokenRow {
  readonly at: string;
  readonly fault: Fault;
}

function broken(at: string, found: string | null, expected: Text, remedy: Text): BrokenRow {
  return { at, fault: fault(at, 'catalogue.file', found, expected, remedy) };
}
