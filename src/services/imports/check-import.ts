import { fault, text } from '../../domain/fault.ts';
import type { CellFault } from '../../domain/imports/sheet.ts';
import { FileRefusal } from '../../formats/refusal.ts';
import { type ImportedRow, readDeclarations } from '../../formats/read-declarations.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { type Database, type Transaction, transaction } from '../../store/database.ts';
import { findImportedContents, findRowsByNumber, insertFaults, insertRows } from '../../store/import-findings.ts';
import { advanceCheck, endImportStep, findImport, readFile, type StoredImport } from '../../store/imports.ts';
import { finishJob, recordJobProgress } from '../../store/outbox.ts';
import { audit } from '../audit.ts';
import type { ServiceContext } from '../context.ts';
import { contextOf, workingFor } from './acting.ts';
import { givenForAll, inBatches } from './batches.ts';
import { type JudgedRow, judgeRows } from './judge-rows.ts';

/** More than this, and nobody reads them: the file is refused with the ones found so far. */
const MOST_FAULTS = 200_000;

/** The work was taken on by another worker, or the import was cancelled meanwhile: there is nothing left to do here. */
export class Overtaken extends Error {}

/**
 * Checks the rows of a file and writes nothing but what it finds: of each batch the faults, the verdicts and how far it
 * came, in one transaction. Killed at any moment, it goes on behind the last batch, so each bad cell is told once.
 */
export async function checkImport(
  database: Database,
  { import: id, organisation }: { readonly import: string; readonly organisation: string },
  stop: AbortSignal,
): Promise<void> {
  const acting = workingFor(organisation);
  const key = jobKey('check-import', id);
  const given = await transaction(database, acting, (tx) => findImport(tx, id));
  if (!given) throw new Error(`no import ${id}`);
  if (given.state !== 'checking') return transaction(database, acting, (tx) => finishJob(tx, key));
  const context = await contextOf(database, given, 'sent');
  let refusal: FileRefusal | null = null;
  try {
    await checkRows(context, given, key, stop);
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (!(error instanceof FileRefusal)) throw error;
    refusal = error;
  }
  await transaction(database, acting, async (tx) => {
    const to = refusal ? 'refused' : 'checked';
    const ended = await endImportStep(tx, id, 'checking', to, refusal?.faults ?? null);
    if (ended) await audit(tx, context, refusal ? 'import.refuse' : 'import.check', id, { sha256: given.sha256 });
    await finishJob(tx, key);
  });
}

async function checkRows(context: ServiceContext, given: StoredImport, key: string, stop: AbortSignal): Promise<void> {
  const { database } = context;
  const acting = workingFor(given.organisationId);
  const file = { format: given.format, encoding: given.encoding, bytes: readFile(database, acting, given.id) };
  let through = given.checkedThrough;
  let faults = given.faults;
  for await (const batch of inBatches(readDeclarations(file, await givenForAll(database, given)), through)) {
    stop.throwIfAborted();
    const judged = await judgeRows(context, batch, null);
    const last = batch.at(-1)?.row ?? through;
    const written = await transaction(database, acting, async (tx) => {
      const counted = await withTwice(tx, given.id, judged, batch);
      const found = counted.flatMap((one) => one.faults);
      const count = (verdict: JudgedRow['verdict']) => counted.filter((one) => one.verdict === verdict).length;
      const added = { good: count('good'), warned: count('warned'), bad: count('bad'), already: count('already') };
      const moved = await advanceCheck(tx, given.id, through, last, { ...added, faults: found.length });
      if (!moved) throw new Overtaken();
      await insertFaults(tx, given.id, given.organisationId, 0, found);
      await insertRows(tx, given.id, given.organisationId, counted.flatMap(asRow));
      await recordJobProgress(tx, key);
      return found.length;
    });
    through = last;
    faults += written;
    if (faults > MOST_FAULTS) throw tooManyFaults(faults);
  }
}

function asRow({ row, verdict, number, contentSha256 }: JudgedRow) {
  if (verdict === 'bad') return [];
  return [{ row, verdict, ownNumber: number?.level === 'enterprise' ? number.compact : null, contentSha256 }];
}

/**
 * What only the whole file tells: an own number that an earlier row has, and a row that an earlier import declared already
 * and that stands unchanged.
 */
async function withTwice(
  tx: Transaction,
  id: string,
  judged: readonly JudgedRow[],
  batch: readonly ImportedRow[],
): Promise<readonly JudgedRow[]> {
  const own = ({ number }: JudgedRow) => (number?.level === 'enterprise' ? number.compact : null);
  const hopeful = judged.filter(({ verdict }) => verdict !== 'bad');
  const seen = new Map(
    await findRowsByNumber(
      tx,
      id,
      hopeful.flatMap((one) => own(one) ?? []),
    ),
  );
  const declared = await findImportedContents(
    tx,
    hopeful.filter((one) => own(one) === null).map(({ contentSha256 }) => contentSha256),
  );
  return judged.map((one, i): JudgedRow => {
    if (one.verdict === 'bad') return one;
    const number = own(one);
    if (number === null) return declared.has(one.contentSha256) ? { ...one, verdict: 'already', faults: [] } : one;
    const earlier = seen.get(number);
    if (earlier === undefined) {
      seen.set(number, one.row);
      return one;
    }
    const place = batch[i]?.place;
    return { ...one, verdict: 'bad', faults: [...one.faults, ...(place ? [twice(place, one, earlier)] : [])] };
  });
}

function twice(place: ImportedRow['place'], { number }: JudgedRow, earlier: number): CellFault {
  return place(
    fault(
      '/standard/number',
      'standard-number.twice',
      number?.canonical,
      text(`第 ${earlier} 行未用过的编号`, `a number that row ${earlier} does not have`),
      text('请删去重复的一行，或改正编号', 'remove one of the two rows, or correct the number'),
    ),
  );
}

function tooManyFaults(found: number): FileRefusal {
  return new FileRefusal([
    fault(
      '',
      'file.faults',
      String(found),
      text(`至多 ${MOST_FAULTS} 处问题`, `at most ${MOST_FAULTS} things to correct`),
      text(
        '请先改正同类问题后重新上传；已列出前面的部分',
        'correct those of a kind first and send it again; the first ones are listed',
      ),
    ),
  ]);
}

/** Ends a check whose job was given up, so that its page says so and the file can be sent again. */
export async function giveUpImport(
  database: Database,
  { import: id, organisation }: { readonly import: string; readonly organisation: string },
  step: 'checking' | 'importing',
): Promise<void> {
  await transaction(database, workingFor(organisation), async (tx) => {
    const given = await findImport(tx, id);
    if (!given || !(await endImportStep(tx, id, step, 'failed'))) return;
    const actor = { kind: 'worker', organisationId: organisation } as const;
    await audit(tx, { database, actor, requestId: null, idempotency: null }, 'import.fail', id);
  });
}
