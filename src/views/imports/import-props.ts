import type { Fault } from '../../domain/fault.ts';
import type { CellFault, ImportSeverity } from '../../domain/imports/sheet.ts';
import type { ImportState } from '../../domain/imports/states.ts';

/** An import as lists and its page show it. */
export interface ShownImport {
  readonly id: string;
  readonly fileName: string;
  readonly format: 'csv' | 'jsonl' | 'xlsx';
  readonly bytes: number;
  readonly sha256: string | null;
  readonly state: ImportState;
  readonly sentAt: Date;
  readonly lines: number;
  readonly checkedThrough: number;
  readonly good: number;
  readonly warned: number;
  readonly bad: number;
  readonly already: number;
  readonly refusal: readonly Fault[] | null;
  readonly toImport: number;
  readonly imported: number;
  readonly late: number;
}

export type ShownFault = Pick<CellFault, 'at' | 'header' | 'code' | 'found' | 'expected' | 'remedy'> & {
  readonly severity: ImportSeverity;
};

export interface ShownGroup {
  readonly code: string;
  readonly severity: ImportSeverity;
  readonly header: string | null;
  readonly count: number;
  readonly example: ShownFault;
}
