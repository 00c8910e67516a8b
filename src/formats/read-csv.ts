import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { text } from '../domain/fault.ts';
import type { SheetRow } from '../domain/imports/sheet.ts';
import { decode, type Encoding } from './encoding.ts';
import { LIMITS } from './limits.ts';
import { FileRefusal, LINES, refuseFile, tooMany } from './refusal.ts';

const SLICE = 16 * 1024;

/**
 * The rows of a CSV file (RFC 4180; comma, semicolon or tab), one at a time: memory does not grow with the file. Empty
 * lines are counted and left out. Throws FileRefusal where the file cannot be read on.
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding = 'utf-8',
): AsyncGenerator<SheetRow> {
  const source = decode(bytes, encoding);
  const { head, rest } = await takeLine(source);
  const parser = parse({
    delimiter: delimiterOf(head),
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LIMITS.record,
    relax_column_count: true,
    // A quote inside of a bare cell is a character, as in 30'29.9988"N.
    relax_quotes: true,
    skip_empty_lines: false,
  });
  // What goes wrong in the source comes out of the parser below.
  pipeline(Readable.from(rest, { highWaterMark: 1 }), parser, () => undefined);
  let row = 0;
  let filled = 0;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      row += 1;
      refuseTooLarge(cells, row);
      if (row > LIMITS.lines) throw tooMany('file.lines', String(row), `> ${LIMITS.lines}`, LIMITS.lines, LINES);
      if (cells.every((cell) => cell === '')) continue;
      filled += 1;
      // The heading is no row of the limit.
      if (filled > LIMITS.textRows + 1) {
        throw tooMany('file.rows', String(row), `> ${LIMITS.textRows}`, LIMITS.textRows, text('行', 'rows'));
      }
      yield { row, cells };
    }
  } catch (error) {
    // The parser is some rows ahead of us.
    throw error instanceof CsvError ? inWords(error, Number(error['records'] ?? row) + 1) : error;
  } finally {
    parser.destroy();
  }
}

/** The start of the text up to its first line break, and the whole of it again. */
async function takeLine(source: AsyncGenerator<string>) {
  let head = '';
  for (;;) {
    const { value, done } = await source.next();
    if (done) break;
    head += value;
    if (/[\r\n]/u.test(head) || head.length > LIMITS.record) break;
  }
  async function* rest() {
    yield* slices(head);
    for await (const piece of source) yield* slices(piece);
  }
  return { head: head.split(/[\r\n]/u, 1)[0]?.slice(0, 10_000) ?? '', rest: rest() };
}

/** The parser gives all rows of a piece at once, and 256 KiB may be as many empty lines. */
function* slices(piece: string): Generator<string> {
  for (let at = 0; at < piece.length; at += SLICE) yield piece.slice(at, at + SLICE);
}

/** Whatever stands most often in the heading outside of quotes. */
function delimiterOf(head: string): string {
  const bare = head.replace(/"[^"]*"/gu, '');
  const count = (sign: string) => bare.split(sign).length;
  return [',', '\t', ';'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function refuseTooLarge(cells: readonly string[], row: number): void {
  if (cells.length > LIMITS.columns)
    throw tooMany('file.columns', String(row), String(cells.length), LIMITS.columns, text('列', 'columns'));
  const long = cells.findIndex((cell) => cell.length > LIMITS.cell);
  if (long !== -1) {
    const found = `${cells[long]?.length}`;
    throw tooMany('file.cell', String(row), found, LIMITS.cell, text('个字符的单元格', 'characters in a cell'));
  }
}

function inWords(error: CsvError, row: number): FileRefusal {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return tooMany(
      'file.record',
      String(row),
      `> ${LIMITS.record}`,
      LIMITS.record,
      text('字节的一行（引号是否未闭合？）', 'bytes in a row (is a quote left open?)'),
    );
  }
  return refuseFile(
    'file.csv',
    String(row),
    error.message.slice(0, 200),
    text('符合 RFC 4180 的 CSV', 'CSV as in RFC 4180'),
    text('请检查该行的引号：单元格内的引号写两遍', 'check the quotes of this row: a quote inside a cell is doubled'),
  );
}
