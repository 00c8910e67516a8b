import type { Fault, Severity } from '../fault.ts';

/** One row of a table that a program of somebody else wrote. Rows count from 1, the heading included, as a spreadsheet does. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** What the reader itself found in single cells: a formula, an error value. */
  readonly remarks?: readonly CellRemark[];
}

export interface CellRemark {
  readonly column: number;
  readonly kind: 'formula' | 'formula-empty' | 'error';
}

/**
 * `note`: told, and stands in nobody's way. The others are those of a declaration's findings: `refuse` and `state` keep the
 * row out, `warn` until a named person leaves it as it is.
 */
export const IMPORT_SEVERITIES = ['refuse', 'state', 'warn', 'note'] as const;
export type ImportSeverity = (typeof IMPORT_SEVERITIES)[number];

/** One thing wrong in a file, at its cell: `E42`, or for JSON lines `42#/indicators/0/unit`. */
export interface CellFault extends Omit<Fault, 'severity'> {
  readonly row: number;
  /** Counted from 0; null in JSON lines, and for what concerns the row as a whole. */
  readonly column: number | null;
  readonly header: string | null;
  readonly severity: Severity | 'note';
}

/** 0, 4 → A, E; 26 → AA. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

/** A, E → 0, 4; -1 for what is no column. */
export function columnIndex(name: string): number {
  if (!/^[A-Z]{1,3}$/u.test(name)) return -1;
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
