import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import type { CellFault } from '../../domain/imports/sheet.ts';
import type { WaiverForAll } from '../../domain/imports/answer.ts';
import { type ImportedRow, readDeclarations } from '../../formats/read-declarations.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { type Database, transaction } from '../../store/database.ts';
import { findWaitingRows, insertFaults, setDeclarations } from '../../store/import-findings.ts';
import { advanceImport, endImportStep, findImport, readFile, type StoredImport } from '../../store/imports.ts';
import { finishJob, recordJobProgress } from '../../store/outbox.ts';
import { audit } from '../audit.ts';
import type { ServiceContext } from '../context.ts';
import { writeMany } from '../declarations/publish-many.ts';
import { contextOf, workingFor } from './acting.ts';
import { givenForAll, inBatches } from './batches.ts';
import { Overtaken } from './check-import.ts';
import { judgeRows } from './judge-rows.ts';

/**
 * Declares the rows that were chosen, a batch in one transaction with how far it came: killed at any moment, no row is lost
 * and none goes in twice. Each row is checked anew by the rules of the moment; one that they refuse now is told.
 */
export async function importRows(
  database: Database,
  {
    import: id,
    organisation,
    decision,
  }: { readonly import: string; readonly organisation: string; readonly decision: number },
  stop: AbortSignal,
): Promise<void> {
  const acting = workingFor(organisation);
  const key = jobKey('import-rows', `${id}.${decision}`);
  const given = await transaction(database, acting, (tx) => findImport(tx, id));
  if (!given) throw new Error(`no import ${id}`);
  if (given.state !== 'importing' || given.decision !== decision)
    return transaction(database, acting, (tx) => finishJob(tx, key));
  const context = await contextOf(database, given, 'decided');
  try {
    await writeRows(context, given, key, stop);
  } catch (error) {
    if (error instanceof Overtaken) return;
    throw error;
  }
  await transaction(database, acting, async (tx) => {
    const ended = await endImportStep(tx, id, 'importing', 'imported');
    const done = ended ? await findImport(tx, id) : null;
    if (done) await audit(tx, context, 'import.finish', id, { imported: done.imported, late: done.late });
    await finishJob(tx, key);
  });
}

async function writeRows(context: ServiceContext, given: StoredImport, key: string, stop: AbortSignal): Promise<void> {
  const { database } = context;
  const { id, organisationId } = given;
  const acting = workingFor(organisationId);
  const file = { format: given.format, encoding: given.encoding, bytes: readFile(database, acting, id) };
  const waiver = waiverOf(given);
  let through = given.importedThrough;
  // While the database writes a batch the rules judge the next: two cores work, and the order of the batches stays.
  let writing: Promise<void> = Promise.resolve();
  for await (const batch of inBatches(readDeclarations(file, await givenForAll(database, given)), through)) {
    stop.throwIfAborted();
    const rows = batch.map(({ row }) => row);
    const waiting = await transaction(database, acting, (tx) => findWaitingRows(tx, id, rows, given.waivedCodes));
    const judged = await judgeWaiting(context, batch, waiting, waiver);
    await writing;
    const last = batch.at(-1)?.row ?? through;
    writing = writeBatch(context, given, key, judged, { through, last });
    writing.catch(() => {}); // it is awaited at the next turn
    through = last;
  }
  await writing;
}

/** One transaction: the declarations of a batch, what became of their rows, and how far the import came. */
async function writeBatch(
  context: ServiceContext,
  { id, organisationId, decision }: StoredImport,
  key: string,
  { accepted, late }: Awaited<ReturnType<typeof judgeWaiting>>,
  { through, last }: { readonly through: number; readonly last: number },
): Promise<void> {
  await transaction(context.database, workingFor(organisationId), async (tx) => {
    const outcomes = await writeMany(
      tx,
      context,
      accepted.map((one) => one.accepted),
    );
    const written = accepted.flatMap(({ row }, i) => {
      const outcome = outcomes[i];
      return outcome && 'receipt' in outcome ? [{ row: row.row, declaration: outcome.receipt.id }] : [];
    });
    const taken = accepted.flatMap(({ row }, i) => {
      const outcome = outcomes[i];
      return outcome && 'findings' in outcome ? outcome.findings.map((finding) => row.place(finding)) : [];
    });
    const refused = new Set([...late, ...taken].map(({ row }) => row)).size;
    const moved = await advanceImport(tx, id, decision, through, last, { imported: written.length, late: refused });
    if (!moved) throw new Overtaken();
    await setDeclarations(tx, id, written);
    await insertFaults(tx, id, organisationId, decision, [...late, ...taken]);
    await recordJobProgress(tx, key);
  });
}

/** What the rules of the moment say of rows that were good, or warned and answered, when they were checked. */
async function judgeWaiting(
  context: ServiceContext,
  batch: readonly ImportedRow[],
  waiting: ReadonlySet<number>,
  waiver: WaiverForAll | null,
): Promise<{
  readonly accepted: readonly { readonly row: ImportedRow; readonly accepted: AcceptedDeclaration }[];
  readonly late: readonly CellFault[];
}> {
  const rows = batch.filter(({ row }) => waiting.has(row));
  const judged = await judgeRows(context, rows, waiver);
  return {
    accepted: rows.flatMap((row, i) => {
      const accepted = judged[i]?.accepted;
      return accepted ? [{ row, accepted }] : [];
    }),
    late: judged.flatMap(({ verdict, faults }) =>
      verdict === 'bad' || verdict === 'warned' ? faults.filter(({ severity }) => severity !== 'note') : [],
    ),
  };
}

function waiverOf({ waivedCodes, waivedReason, waivedBy }: StoredImport): WaiverForAll | null {
  if (waivedCodes.length === 0 || !waivedReason || !waivedBy) return null;
  return { codes: waivedCodes, reason: waivedReason, person: waivedBy };
}
