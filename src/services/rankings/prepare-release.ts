import { dayInBeijing } from '../../domain/calendar/day.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import { checkSample, type ReleaseChecklist, sampleOf } from '../../domain/rankings/release.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { readRow } from '../../domain/rankings/list-text.ts';
import { type ComparisonRun, findRun } from '../../store/comparison-runs.ts';
import type { Opened, Transaction } from '../../store/database.ts';
import { findListedOf } from '../../store/listed-documents.ts';
import { findEditionOfRun, type ListEdition, prepareEdition, readChunks } from '../../store/ranking-lists.ts';
import { findSchemeVersion, type SchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { conflictStatementFor } from '../bodies/conflicts.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { schemeStateOf, wrongState } from '../schemes/scheme-state.ts';
import { transact } from '../transact.ts';

/**
 * The first of the two persons who release a list: rechecks the sample, answers for cut-off and objections, and has a
 * conflict-of-interest statement with no interest in a listed enterprise. May be done again until the list is released.
 */
export async function prepareRelease(
  context: ServiceContext,
  runId: string,
  checklist: ReleaseChecklist,
): Promise<{ readonly run: string; readonly sample: readonly string[] }> {
  return transact(context, async (tx) => {
    const held = await holdRun(tx, runId);
    authorise(context, 'list.prepare', await resourceOf(tx, context, held));
    const { userId } = actingOrganisation(context);
    const { draft, scheme } = publishable(held, runId);
    const sample = await sampleRows(tx.db, draft);
    const faults = [
      ...checkSample(checklist.sample, sample),
      ...(await conflictFaults(tx, draft, scheme.category, userId)),
    ];
    if (faults.length > 0) throw invalid(faults);
    await mustBeInForce(tx, scheme);
    if (!(await prepareEdition(tx, draft.id, { preparedBy: userId, checklist: JSON.stringify(checklist) })))
      throw releasedBefore(draft.edition);
    await audit(tx, context, 'list.prepare', runId, { list: draft.listSha256 });
    return { run: runId, sample };
  });
}

export interface HeldRun {
  readonly run: ComparisonRun | null;
  readonly scheme: SchemeVersion | null;
  readonly draft: ListEdition | null;
}

export async function holdRun(tx: Transaction, runId: string): Promise<HeldRun> {
  const run = await findRun(tx.db, runId);
  const scheme = run?.schemeVersion ? await findSchemeVersion(tx.db, run.schemeCode, run.schemeVersion) : null;
  return { run, scheme, draft: run ? await findEditionOfRun(tx.db, runId) : null };
}

export async function resourceOf(tx: Transaction, context: ServiceContext, { run, scheme, draft }: HeldRun) {
  return {
    ...(await accreditedFor(tx, context, scheme?.category ?? '')),
    ...(run ? { ownerId: run.bodyId } : {}),
    ...(draft?.preparedBy ? { firstPersonId: draft.preparedBy } : {}),
  };
}

/** The draft of a finished run that may become an edition; refused for a trial, an unfinished run, and one released. */
export function publishable({ run, scheme, draft }: HeldRun, runId: string) {
  if (!run) throw notFound(text('比对任务', 'comparison run'), '#path/id', runId);
  if (run.kind === 'trial' || !scheme) throw trialOnly();
  if (!draft) throw unfinished(run.state);
  if (draft.state !== 'draft') throw releasedBefore(draft.edition);
  return { run, scheme, draft, head: JSON.parse(draft.head) as ListHead };
}

/** The declarations to recheck, as the list's own hash draws them. */
export async function sampleRows(db: Transaction['db'], draft: ListEdition): Promise<readonly string[]> {
  const { entries } = JSON.parse(draft.head) as ListHead;
  const rows: string[] = [];
  for (const place of sampleOf(draft.listSha256, entries)) {
    const [chunk] = await readChunks(db, draft.id, 'entries', place, 1);
    const line = chunk?.content.split('\n')[place - chunk.firstRow];
    if (line) rows.push(readRow(line).declaration);
  }
  return rows;
}

/** A person who releases has a statement, and none of its interests is in an enterprise on the list. */
export async function conflictFaults(
  tx: Opened,
  draft: ListEdition,
  category: string,
  userId: string,
): Promise<readonly Fault[]> {
  const statement = await conflictStatementFor(tx, draft.bodyId, userId, category, dayInBeijing(tx.now));
  if (!statement) {
    return [
      fault(
        '',
        'release.no-conflict-statement',
        null,
        text('本人在该类别的有效利益冲突声明', 'a valid conflict-of-interest statement of yours for the category'),
        text('请先在“利益冲突声明”中作出声明', 'make the statement first, under conflicts of interest'),
      ),
    ];
  }
  const interested = await findListedOf(
    tx.db,
    draft.id,
    statement.interests.map(({ creditCode }) => creditCode),
  );
  return interested.map((creditCode) =>
    fault(
      '',
      'release.interest',
      creditCode,
      text('与上榜企业没有利害关系的人', 'a person without an interest in a listed enterprise'),
      text('请由没有利害关系的人办理', 'ask a person without such an interest'),
    ),
  );
}

export async function mustBeInForce(tx: Opened, scheme: SchemeVersion): Promise<void> {
  const state = await schemeStateOf(tx, scheme.code, scheme.version, dayInBeijing(tx.now));
  if (state !== 'in-force') throw wrongState(state ?? 'retired', ['in-force']);
}

function trialOnly() {
  return conflict(
    text('试算不能发布', 'a trial is never published'),
    '#path/id',
    'trial',
    text('正式比对的结果', 'the result of a regular run'),
    text('方案生效后请重新比对', 'run again once the scheme is in force'),
  );
}

function unfinished(state: string) {
  return conflict(
    text('比对尚未完成', 'the comparison is not finished'),
    '#path/id',
    state,
    text('已完成的比对任务', 'a finished run'),
    text('请等待任务完成后再发布', 'publish it when it has finished'),
  );
}

export function releasedBefore(edition: number | null) {
  return conflict(
    text('该结果已发布', 'this result is published already'),
    '#path/id',
    edition === null ? null : String(edition),
    text('未发布的结果', 'a result not published'),
    text('更正请重新比对，作为新一期发布', 'to correct it, run again and publish a new edition'),
  );
}
