import { z } from 'zod';
import { IMPORT_SEVERITIES } from '../../domain/imports/sheet.ts';
import { IMPORT_STATES } from '../../domain/imports/states.ts';
import type { StoredFault, StoredImport } from '../../services/imports/read-import.ts';
import { FoundFault } from '../problem.ts';
import { instant } from './answers.ts';

export const ImportId = z.object({ id: z.string().max(70) });
export const CellFault = FoundFault.omit({ severity: true })
  .extend({
    row: z.int(),
    column: z.int().nullable(),
    header: z.string().nullable(),
    severity: z.enum(IMPORT_SEVERITIES),
    run: z.int().meta({ description: '0: found by the check; n: while importing after the n-th decision' }),
  })
  .meta({ id: 'CellFault' });
export const Import = z
  .object({
    id: z.string(),
    state: z.enum(IMPORT_STATES),
    format: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    sha256: z.string().nullable(),
    sentAt: instant,
    lines: z.int().meta({ description: 'line breaks of the file: about its rows' }),
    checkedThrough: z.int(),
    good: z.int(),
    warned: z.int(),
    bad: z.int(),
    already: z.int().meta({ description: 'rows that are declared with the same content; nothing is done with them' }),
    faults: z.int(),
    refusal: z.array(FoundFault).nullable(),
    toImport: z.int(),
    importedThrough: z.int(),
    imported: z.int(),
    late: z.int().meta({ description: 'rows that were good when checked, and refused when they were to be declared' }),
  })
  .meta({ id: 'Import' });
export const ImportResult = Import.extend({
  waiting: z.object({ asIs: z.int(), waived: z.int() }),
  groups: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(IMPORT_SEVERITIES),
      header: z.string().nullable(),
      count: z.int(),
      example: CellFault,
    }),
  ),
}).meta({ id: 'ImportResult' });

export function importAnswer(given: StoredImport): z.infer<typeof Import> {
  const { refusal, sentAt, ...rest } = given;
  return { ...rest, sentAt: sentAt.toISOString(), refusal: refusal ? [...refusal] : null };
}

export function faultAnswer({ col, about, ...fault }: StoredFault): z.infer<typeof CellFault> {
  return { ...fault, column: col, ...(about === null ? {} : { about }) };
}
