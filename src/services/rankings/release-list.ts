import { addMonths, dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { lockName, type Transaction } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { markExecuted } from '../../store/objections.ts';
import { findLatestEdition, publishEdition } from '../../store/ranking-lists.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { objectionsUntil } from '../schemes/objection-period.ts';
import { transact } from '../transact.ts';
import { conflictFaults, holdRun, mustBeInForce, publishable, releasedBefore, resourceOf } from './prepare-release.ts';

export interface PublishedList {
  readonly list: string;
  readonly edition: number;
  readonly sha256: string;
}

/**
 * The second of the two persons makes the prepared draft public, as the next numbered edition; it never changes again. Its
 * objection period runs in working days from now.
 */
export async function releaseList(context: ServiceContext, runId: string): Promise<PublishedList> {
  return transact(context, async (tx) => {
    const held = await holdRun(tx, runId);
    authorise(context, 'list.publish', await resourceOf(tx, context, held));
    const { organisation, userId } = actingOrganisation(context);
    const { run, scheme, draft, head } = publishable(held, runId);
    if (draft.preparedBy === null) throw unprepared();
    const faults = await conflictFaults(tx, draft, scheme.category, userId);
    if (faults.length > 0) throw invalid(faults);
    await mustBeInForce(tx, scheme);
    // Editions are numbered without a gap, so publications of one list follow each other.
    await lockName(tx, `edition ${run.schemeCode}`);
    const edition = await mustFollow(tx, head);
    const today = dayInBeijing(tx.now);
    const rules = JSON.parse(scheme.document) as Scheme;
    const published = await publishEdition(tx, draft.id, {
      edition,
      publishedBy: userId,
      objectionsUntil: await objectionsUntil(tx, rules, today),
      validUntil: addMonths(today, head.months),
    });
    if (!published) throw releasedBefore(draft.edition);
    await addToLog(tx, {
      t: 'list.published',
      id: run.schemeCode,
      rev: edition,
      body: organisation.creditCode,
      scheme: head.scheme.sha256,
      engine: head.engine,
      size: run.logSize,
      inputs: head.inputs.sha256,
      list: draft.listSha256,
      at: logTime(tx.now),
    });
    for (const objection of head.premises.decisions)
      await markExecuted(tx, objection, { list: run.schemeCode, edition });
    await audit(tx, context, 'list.publish', `${run.schemeCode}/${edition}`, { run: runId, list: draft.listSha256 });
    return { list: run.schemeCode, edition, sha256: draft.listSha256 };
  });
}

/** The number that the draft says it is to have; another edition released since makes its differences wrong. */
async function mustFollow(tx: Transaction, head: ListHead): Promise<number> {
  const latest = await findLatestEdition(tx.db, head.list);
  const next = (latest?.edition ?? 0) + 1;
  if (head.edition === next && (head.previous?.sha256 ?? null) === (latest?.listSha256 ?? null)) return next;
  throw conflict(
    text('比对之后又发布了新的一期', 'another edition was released since this run'),
    '#path/id',
    String(head.edition),
    text(`接在第 ${latest?.edition ?? 0} 期之后的结果`, `a result that follows edition ${latest?.edition ?? 0}`),
    text('请重新比对，使变动说明相对最新一期', 'run again, so that its changes are those since the newest edition'),
  );
}

function unprepared() {
  return conflict(
    text('尚未由第一人核对', 'the first person has not prepared it'),
    '#path/id',
    'draft',
    text('已核对的结果', 'a prepared result'),
    text('请先由另一人完成发布前核对', 'let another person make the checks first'),
  );
}
