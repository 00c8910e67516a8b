import { z } from 'zod';
import { type Fault, fault, type Text, text } from '../fault.ts';
import { parseDecimal } from '../indicators/decimal.ts';
import { err, ok, type Result } from '../result.ts';
import {
  readConditions,
  readInnovation,
  readTiers,
  readWords,
  writeConditions,
  writeInnovation,
  writeTiers,
  writeWords,
} from './cell-text.ts';
import type { Column } from './columns.ts';
import { Condition, LevelTable, Scheme } from './scheme.ts';

/** An object of a draft: its shape is not checked yet. What could not be read stays in it as it was typed. */
export type Loose = Readonly<Record<string, unknown>>;

/** What a person reads of one value, in the words of Chinese workbooks; what is of another kind stays as it is, as JSON. */
export function writeCell(column: Column, value: unknown): string {
  if (value === undefined || value === null) return '';
  const choice = column.choices?.find((one) => one.value === value);
  if (choice) return choice.label.zh;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return writeList(column, value) ?? JSON.stringify(value);
}

/** A list in the notation of its column; null where it is none of that kind. */
function writeList({ kind }: Column, value: unknown): string | null {
  const as = <Shape extends z.ZodType>(shape: Shape, write: (list: z.output<Shape>) => string) => {
    const read = shape.safeParse(value);
    return read.success ? write(read.data) : null;
  };
  switch (kind) {
    case 'words':
      return as(z.array(z.string()), writeWords);
    case 'conditions':
      return as(z.array(Condition), writeConditions);
    case 'tiers':
      return as(LevelTable.shape.lower.unwrap(), writeTiers);
    case 'innovation':
      return as(Scheme.shape.innovation.unwrap(), writeInnovation);
    default:
      return null;
  }
}

/** The value that a cell means, or what was expected there. */
function readCell(column: Column, cell: string): Result<unknown, Text> {
  switch (column.kind) {
    case 'text':
      return ok(cell);
    case 'decimal': {
      const read = parseDecimal(cell);
      return read.ok ? read : err(text('十进制数', 'a decimal'));
    }
    case 'integer':
      return /^\d{1,6}$/u.test(cell) ? ok(Number(cell)) : err(text('整数', 'a whole number'));
    case 'words':
      return readWords(cell);
    case 'conditions':
      return readConditions(cell);
    case 'tiers':
      return readTiers(cell);
    case 'innovation':
      return readInnovation(cell);
    case 'choice':
      return readChoice(column, cell);
  }
}

function readChoice({ choices = [] }: Column, cell: string): Result<unknown, Text> {
  const found = choices.find(({ value, label }) => [String(value), label.zh, label.en].includes(cell));
  if (found) return ok(found.value);
  const list = (lang: 'zh' | 'en') => choices.map(({ label }) => label[lang]);
  return err(text(`以下之一：${list('zh').join('、')}`, `one of ${list('en').join(', ')}`));
}

/** An object from its cells by path; an empty cell is nothing, and one that cannot be read stays as it was typed. */
export function readCells(columns: readonly Column[], cells: Readonly<Record<string, string>>): Loose {
  const object: Record<string, unknown> = {};
  for (const column of columns) {
    const cell = (cells[column.path] ?? '').trim();
    if (cell === '') continue;
    const read = readCell(column, cell);
    put(object, column.path.split('/'), read.ok ? read.value : cell);
  }
  return object;
}

/** The cells of an object by path, the empty ones left out. */
export function writeCells(columns: readonly Column[], object: Loose): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const cell = writeCell(column, valueAt(object, column.path));
      return cell === '' ? [] : [[column.path, cell] as const];
    }),
  );
}

/** Where an object still holds what was typed in place of what it means. */
export function unreadCells(columns: readonly Column[], object: Loose, at: string): readonly Fault[] {
  return columns.flatMap((column) => {
    const value = valueAt(object, column.path);
    if (typeof value !== 'string' || column.kind === 'text') return [];
    if (column.choices?.some((one) => one.value === value)) return [];
    const read = readCell(column, value);
    if (read.ok && typeof read.value === 'string') return [];
    const expected = read.ok ? text('按列的写法', 'as the column is written') : read.problem;
    return [
      fault(`${at}/${column.path}`, 'cell.unreadable', value, expected, text('请改正这一格', 'correct this cell')),
    ];
  });
}

export function valueAt(object: unknown, path: string): unknown {
  let value = object;
  for (const step of path.split('/')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** A step that is a number makes a list, but for the grades of a score, whose keys are numbers. */
function put(object: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    // A pair of which only the second is typed: the first is there, and empty.
    if (Array.isArray(object)) while (object.length < Number(step)) object.push([]);
    object[step] = value;
    return;
  }
  const isList = /^\d$/u.test(rest[0] ?? '') && step !== 'grades';
  object[step] ??= isList ? [] : {};
  put(object[step] as Record<string, unknown>, rest, value);
}
