import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { logTime } from '../../domain/log/leaf.ts';
import { type CatalogueEntry, catalogueSearchText } from '../../domain/standards/catalogue-entry.ts';
import { checkCatalogue, withReplacements } from '../../domain/standards/catalogue-file.ts';
import type { CatalogueRow } from '../../domain/standards/catalogue-row.ts';
import { writeEntry } from '../../domain/standards/entry-text.ts';
import {
  IMPORT_EXTENTS,
  IMPORT_KINDS,
  type ImportHead,
  writeImportReport,
} from '../../domain/standards/import-report.ts';
import { checkLimits, type LimitEntry } from '../../domain/standards/limit-entry.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import { ENTRY_FORMATS } from '../../formats/entry-rows.ts';
import {
  beginEntries,
  compareEntries,
  endEntries,
  entriesBeside,
  insertSnapshot,
  nextSnapshot,
  type StoredEntry,
} from '../../store/catalogue-snapshots.ts';
import { publicRead, type Transaction } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { findRulesVersion, findStandards } from '../../store/standards.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { chineseDay } from '../declarations/load-rules.ts';
import { transact } from '../transact.ts';
import { readLimits, readStandards, refuseIfAny } from './read-entries.ts';

export const CatalogueImport = z
  .strictObject({
    kind: z.enum(IMPORT_KINDS),
    extent: z.enum(IMPORT_EXTENTS),
    source: z.string().trim().min(1).max(300),
    format: z.enum(ENTRY_FORMATS),
  })
  .meta({ id: 'CatalogueImport' });
export type CatalogueImport = z.infer<typeof CatalogueImport>;

export interface ImportedSnapshot extends ImportHead {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** SHA-256 of the report. */
  readonly report: string;
}

/**
 * Imports a catalogue of standards, or limits, as the next snapshot. Nothing is stored unless the whole file is right; a
 * `whole` file also removes what it lacks. The report's hash is public in the log.
 */
export async function importCatalogue(
  context: ServiceContext,
  input: CatalogueImport,
  file: { readonly bytes: Uint8Array; readonly sha256: string },
): Promise<ImportedSnapshot> {
  authorise(context, 'catalogue.import');
  const entries = await (input.kind === 'standards' ? standardsOf : limitsOf)(context, input, file.bytes);
  return transact(context, (tx) => writeSnapshot(tx, context, input, file.sha256, entries));
}

async function standardsOf(
  { database }: ServiceContext,
  { format, extent }: CatalogueImport,
  bytes: Uint8Array,
): Promise<readonly StoredEntry[]> {
  const { now } = await publicRead(database, findRulesVersion);
  const rows = await readStandards(bytes, format, chineseDay(now));
  refuseIfAny(checkCatalogue(rows));
  // A whole file says all; only a part may speak of standards that stand in the catalogue already.
  const replaced = extent === 'whole' ? [] : rows.flatMap(({ replaces }) => replaces.map(({ compact }) => compact));
  const found = await publicRead(database, (db) => findStandards(db, replaced));
  const known = new Map([...found].map(([compact, standard]) => [compact, asEntry(compact, standard)]));
  const entries = withReplacements(rows, known);
  return inTurns(entries, (entry) => {
    const document = writeEntry(entry.standard);
    const replacedBy = entry.standard.replacedBy.map(({ number }) => compactOf(number));
    const values = [entry.compact, document, entry.level, catalogueSearchText(entry), replacedBy.join(',')];
    return { key: entry.compact, document, values };
  });
}

function asEntry(compact: string, standard: CatalogueRow['standard']): CatalogueEntry {
  const number = parseStandardNumber(standard.number);
  if (!number.ok) throw new Error(`the catalogue has the number ${standard.number}`);
  return { at: '', compact, level: number.value.level, standard };
}

function compactOf(number: string): string {
  const parsed = parseStandardNumber(number);
  return parsed.ok ? parsed.value.compact : number;
}

async function limitsOf(
  { database }: ServiceContext,
  { format }: CatalogueImport,
  bytes: Uint8Array,
): Promise<readonly StoredEntry[]> {
  const entries = await readLimits(bytes, format);
  const standards = await publicRead(database, (db) =>
    findStandards(db, [...new Set(entries.map(({ standard }) => standard))]),
  );
  refuseIfAny(checkLimits(entries, (compact) => standards.get(compact) ?? null));
  return entries.map(({ limit, standard }: LimitEntry) => {
    const document = writeEntry(limit);
    return { key: limit.code, document, values: [limit.code, document, limit.category, standard] };
  });
}

/** Maps many, with a turn for others after every few. */
async function inTurns<From, To>(items: readonly From[], map: (item: From) => To): Promise<readonly To[]> {
  const mapped: To[] = [];
  for (const [i, item] of items.entries()) {
    if (i % 500 === 499) await nextTurn();
    mapped.push(map(item));
  }
  return mapped;
}

async function writeSnapshot(
  tx: Transaction,
  context: ServiceContext,
  { kind, extent, source }: CatalogueImport,
  file: string,
  entries: readonly StoredEntry[],
): Promise<ImportedSnapshot> {
  const { organisation, userId } = actingOrganisation(context);
  const snapshot = await nextSnapshot(tx);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const { added, changed } = await compareEntries(tx, kind, entries);
  const removed = extent === 'whole' ? await entriesBeside(tx, kind, new Set(byKey.keys())) : [];
  const head: ImportHead = { snapshot, kind, extent, source, file, entries: entries.length, at: logTime(tx.now) };
  const report = writeImportReport(head, { added, changed, removed });
  const reportSha256 = createHash('sha256').update(report).digest('hex');
  const counts = { added: added.length, changed: changed.length, removed: removed.length };
  await insertSnapshot(tx, {
    snapshot,
    kind,
    organisationId: organisation.id,
    importedBy: userId,
    importedAt: tx.now,
    source,
    extent,
    fileSha256: file,
    entries: entries.length,
    ...counts,
    report,
    reportSha256,
  });
  await endEntries(
    tx,
    kind,
    snapshot,
    [...changed, ...removed].map(({ key }) => key),
  );
  const standing = [...added, ...changed.map(({ key }) => key)].flatMap((key) => byKey.get(key) ?? []);
  await beginEntries(tx, kind, snapshot, standing);
  await addToLog(tx, { t: 'catalogue.snapshot', id: kind, rev: snapshot, file, doc: reportSha256, at: head.at });
  await audit(tx, context, 'catalogue.import', `${kind}/${snapshot}`, { file, report: reportSha256, ...counts });
  return { ...head, ...counts, report: reportSha256 };
}
