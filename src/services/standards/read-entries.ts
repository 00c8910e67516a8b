import { type Fault, text } from '../../domain/fault.ts';
import type { Result } from '../../domain/result.ts';
import type { CatalogueEntry } from '../../domain/standards/catalogue-entry.ts';
import { readCatalogueEntry } from '../../domain/standards/catalogue-entry.ts';
import { type CatalogueRow, readCatalogueHeader, readCatalogueRow } from '../../domain/standards/catalogue-row.ts';
import { CORRECT_ENTRY, entryFault, MOST_FAULTS } from '../../domain/standards/import-fault.ts';
import { type LimitEntry, readLimitEntry } from '../../domain/standards/limit-entry.ts';
import { type EntryFormat, type EntryRow, readEntryRows } from '../../formats/entry-rows.ts';
import { invalid } from '../refusal.ts';

/** Entries of one file: 270,000 standards are in force in China at all levels together. */
const MOST_ENTRIES = 500_000;

/** The rows of a catalogue file. Throws a refusal that lists what is wrong, up to a length that is still read. */
export async function readStandards(
  bytes: Uint8Array,
  format: EntryFormat,
  day: string,
): Promise<readonly CatalogueRow[]> {
  let columns: ReturnType<typeof readCatalogueHeader> | null = null;
  return collect(bytes, format, (row): Result<CatalogueRow, readonly Fault[]> | null => {
    if ('value' in row) return withoutReplaced(readCatalogueEntry(row.value, row.at));
    if (columns?.ok) return readCatalogueRow(row.cells, columns.value, day, row.at);
    columns = readCatalogueHeader(row.cells, row.at);
    if (!columns.ok) throw invalid(columns.problem);
    return null;
  });
}

/** The rows of a file of limits, which is JSON only: conditions do not fit into a table. */
export function readLimits(bytes: Uint8Array, format: EntryFormat): Promise<readonly LimitEntry[]> {
  return collect(bytes, format, (row) => {
    if ('value' in row) return readLimitEntry(row.value, row.at);
    const expected = text('JSON 数组或 JSON 行', 'a JSON array or JSON lines');
    throw invalid([entryFault('file', 'format', 'csv', expected, CORRECT_ENTRY)]);
  });
}

function withoutReplaced(read: Result<CatalogueEntry, readonly Fault[]>): Result<CatalogueRow, readonly Fault[]> {
  return read.ok ? { ok: true, value: { ...read.value, replaces: [] } } : read;
}

async function collect<Entry>(
  bytes: Uint8Array,
  format: EntryFormat,
  read: (row: Exclude<EntryRow, { readonly fault: Fault }>) => Result<Entry, readonly Fault[]> | null,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  for await (const row of readEntryRows(bytes, format)) {
    const one = 'fault' in row ? { ok: false as const, problem: [row.fault] } : read(row);
    if (one === null) continue;
    if (one.ok) entries.push(one.value);
    else faults.push(...one.problem);
    if (faults.length >= MOST_FAULTS) break;
    if (entries.length > MOST_ENTRIES) throw invalid([tooMany()]);
  }
  refuseIfAny(faults);
  if (entries.length === 0) throw invalid([empty()]);
  return entries;
}

/** Throws with the faults, cut where nobody reads on. */
export function refuseIfAny(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const shown = faults.slice(0, MOST_FAULTS);
  throw invalid(faults.length >= MOST_FAULTS ? [...shown, more()] : shown);
}

function more(): Fault {
  const expected = text(`至多列出 ${MOST_FAULTS} 处`, `at most ${MOST_FAULTS} are listed`);
  return entryFault('file', 'more', null, expected, text('请先改正以上各处', 'correct these first'));
}

function tooMany(): Fault {
  const expected = text(`至多 ${MOST_ENTRIES} 条`, `at most ${MOST_ENTRIES} entries`);
  return entryFault('file', 'too-many', null, expected, text('请分部分导入', 'import it in parts'));
}

function empty(): Fault {
  const expected = text('至少一条', 'at least one entry');
  return entryFault('file', 'empty', null, expected, text('请核对文件', 'check the file'));
}
