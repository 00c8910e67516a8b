import { text } from '../../domain/fault.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { findRun } from '../../store/comparison-runs.ts';
import { lockName } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { findEditionOfRun, nextEditionNumber, publishEdition } from '../../store/ranking-lists.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export interface PublishedList {
  readonly list: string;
  readonly edition: number;
  readonly sha256: string;
}

/** A person of the body makes the draft of a finished run public, as the next numbered edition; it never changes again. */
export async function publishList(context: ServiceContext, runId: string): Promise<PublishedList> {
  return transact(context, async (tx) => {
    const run = await findRun(tx.db, runId);
    const scheme = run ? await findSchemeVersion(tx.db, run.schemeCode, run.schemeVersion) : null;
    authorise(context, 'list.publish', {
      ...(await accreditedFor(tx, context, scheme?.category ?? '')),
      ...(run ? { ownerId: run.bodyId } : {}),
    });
    const { organisation, userId } = actingOrganisation(context);
    if (!run || !scheme) throw notFound(text('比对任务', 'comparison run'), '#path/id', runId);
    // Editions are numbered without a gap, so publications of one list follow each other.
    await lockName(tx, `edition ${run.schemeCode}`);
    const draft = await findEditionOfRun(tx.db, runId);
    if (!draft) throw unfinished(run.state);
    const edition = await nextEditionNumber(tx.db, run.schemeCode);
    if (!(await publishEdition(tx, draft.id, { edition, publishedBy: userId }))) throw publishedBefore(draft.edition);
    const head = JSON.parse(draft.head) as ListHead;
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
    await audit(tx, context, 'list.publish', `${run.schemeCode}/${edition}`, { run: runId, list: draft.listSha256 });
    return { list: run.schemeCode, edition, sha256: draft.listSha256 };
  });
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

function publishedBefore(edition: number | null) {
  return conflict(
    text('该结果已发布', 'this result is published already'),
    '#path/id',
    edition === null ? null : String(edition),
    text('未发布的结果', 'a result not published'),
    text('更正请重新比对，作为新一期发布', 'to correct it, run again and publish a new edition'),
  );
}
