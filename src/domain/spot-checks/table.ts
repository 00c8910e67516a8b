import { compareBytes } from '../bytes.ts';
import { type Fault, type Text, text } from '../fault.ts';
import type { PublishedFile } from './names.ts';
import { checkTextFile, lineFault, MAX_FAULTS, splitLines } from './text-file.ts';

/** One column of a TSV file: what it is called and what it may hold. */
export interface Column {
  readonly name: string;
  readonly pattern: RegExp;
  readonly expected: Text;
}

export interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly faults: readonly Fault[];
}

/** Reads a file that is sorted as `LC_ALL=C sort -u` of whole lines sorts it (rd1 §1.9); stops at 20 faults. */
export function parseTable(file: PublishedFile, bytes: Uint8Array, columns: readonly Column[]): Table {
  const faults = checkTextFile(file, bytes);
  const rows: string[][] = [];
  let previous: string | undefined;
  let number = 0;
  for (const line of splitLines(bytes)) {
    number++;
    faults.push(...checkLine(file, number, line, columns));
    if (previous !== undefined) faults.push(...checkOrder(file, number, previous, line));
    if (faults.length >= MAX_FAULTS) break;
    previous = line;
    rows.push(line.split('\t'));
  }
  return { rows, faults };
}

/** The rows as a file: sorted, without repeats, each line ended; the inverse of `parseTable`. */
export function formatTable(rows: Iterable<readonly string[]>): string {
  const lines = new Set<string>();
  for (const row of rows) lines.add(`${row.join('\t')}\n`);
  return [...lines].sort(compareBytes).join('');
}

/** What is wrong with one line taken alone. */
export function checkLine(file: PublishedFile, number: number, line: string, columns: readonly Column[]): Fault[] {
  if (line === '') return [blankLine(file, number)];
  const cells = line.split('\t');
  const names = columns.map((column) => column.name).join(' TAB ');
  if (cells.length !== columns.length) {
    return [
      lineFault(
        file,
        number,
        'draw.column-count',
        line,
        text(`${columns.length} 列：${names}`, `${columns.length} columns: ${names}`),
        text('补上或去掉列，列间只用一个制表符', 'add or remove columns; one TAB between two'),
      ),
    ];
  }
  return columns.flatMap((column, i) => {
    const cell = cells[i] ?? '';
    if (column.pattern.test(cell)) return [];
    const remedy = text(`改正“${column.name}”列`, `correct the column “${column.name}”`);
    return [lineFault(file, number, `draw.malformed-${column.name}`, cell, column.expected, remedy)];
  });
}

export function blankLine(file: PublishedFile, number: number): Fault {
  const remedy = text('删去空行', 'remove the blank line');
  return lineFault(file, number, 'draw.blank-line', '', text('没有空行', 'no blank lines'), remedy);
}

export function outOfOrder(file: PublishedFile, number: number, line: string, order: string): Fault {
  return lineFault(
    file,
    number,
    'draw.out-of-order',
    line,
    text(`按字节序排列，如 ${order}`, `in byte order, as ${order} gives`),
    text('重新排序并重新计算文件的 SHA-256', 'sort again and take the SHA-256 of the file anew'),
  );
}

export function repeated(file: PublishedFile, number: number, found: string, what: Text): Fault {
  return lineFault(
    file,
    number,
    'draw.repeated',
    found,
    text(`${what.zh}不重复`, `each ${what.en} once`),
    text('删去重复的一行', 'remove the repeated line'),
  );
}

function checkOrder(file: PublishedFile, number: number, previous: string, line: string): Fault[] {
  const order = compareBytes(previous, line);
  if (order < 0 || line === '') return [];
  if (order === 0) return [repeated(file, number, line, text('行', 'line'))];
  return [outOfOrder(file, number, line, 'LC_ALL=C sort -u')];
}
