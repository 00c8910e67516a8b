import { Readable } from 'node:stream';
import type { Fault } from '../../domain/fault.ts';
import { checkDraft } from '../../domain/schemes/draft.ts';
import { exampleScheme } from '../../domain/schemes/example.ts';
import { readSheets as readSchemeSheets, SCHEME_SHEETS, writeSheets } from '../../domain/schemes/sheets.ts';
import { readSheets } from '../../formats/read-xlsx.ts';
import { FileRefusal } from '../../formats/refusal.ts';
import { writeSchemeTemplate, writeSchemeWorkbook } from '../../formats/scheme-workbook.ts';
import { authorise, type Database, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { createSchemeDraft, readSchemeDraft, type SchemeDraft } from './drafts.ts';
import { readScheme } from './read-scheme.ts';

/** A version as a workbook; read back, it is the same scheme. */
export async function exportWorkbook(database: Database, code: string, version: number): Promise<Buffer> {
  const { document } = await readScheme(database, code, version);
  return writeSchemeWorkbook(writeSheets(JSON.parse(document) as Readonly<Record<string, unknown>>));
}

/** A draft as a workbook, with what could not be read in it as it was typed. */
export async function exportDraftWorkbook(context: ServiceContext, id: string): Promise<Buffer> {
  const { content } = await readSchemeDraft(context, id);
  return writeSchemeWorkbook(writeSheets(content as Readonly<Record<string, unknown>>));
}

/** The workbook to fill in, with drop-downs and a filled example. */
export function makeSchemeTemplate(): Promise<Buffer> {
  return writeSchemeTemplate(writeSheets({}), writeSheets(exampleScheme()));
}

export interface ImportedDraft {
  readonly draft: SchemeDraft;
  /** What the draft lacks to be proposed, each at its cell: `指标!F3`. */
  readonly faults: readonly Fault[];
}

/**
 * A new draft from a workbook. Refused is only what cannot be understood as a whole: no workbook, unknown sheets and
 * headings, levels of no indicator. All else becomes the draft as it was typed, and is told cell by cell.
 */
export async function importWorkbook(context: ServiceContext, bytes: Uint8Array): Promise<ImportedDraft> {
  authorise(context, 'scheme-draft.save');
  const { content, faults } = await readWorkbookContent(bytes);
  return { draft: await createSchemeDraft(context, content), faults };
}

async function readWorkbookContent(bytes: Uint8Array) {
  try {
    const sheets = await readSheets(Readable.from([bytes]), Object.values(SCHEME_SHEETS));
    const read = readSchemeSheets(sheets);
    if (!read.ok) throw invalid(read.problem);
    const { content, cellOf } = read.value;
    return { content, faults: checkDraft(content).faults.map((one) => ({ ...one, at: cellOf(one.at) })) };
  } catch (error) {
    throw error instanceof FileRefusal ? invalid(error.faults) : error;
  }
}
