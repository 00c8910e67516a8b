import { randomUUID } from 'node:crypto';
import { jobKey } from '../../jobs/jobs.ts';
import { endRun, findRun, updateProgress } from '../../store/comparison-runs.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { finishJob } from '../../store/outbox.ts';
import { insertRunResult } from '../../store/ranking-lists.ts';
import { audit } from '../audit.ts';
import type { ServiceContext } from '../context.ts';
import { writeChunks } from '../rankings/chunks.ts';
import { compareAtCutOff } from './compare-at-cut-off.ts';

/**
 * Does a requested run: reads the category at its cut-off, compares, ranks, and stores the draft edition and the end of the
 * job in one transaction. Run twice, or by two workers, it leaves one result. `stop` ends it early, to be done again later.
 */
export async function runComparison(database: Database, runId: string, stop?: AbortSignal): Promise<void> {
  const run = await publicRead(database, (db) => findRun(db, runId));
  if (!run) throw new Error(`no comparison run ${runId}`);
  const key = jobKey('run-comparison', run.id);
  const acting = { organisationId: run.bodyId, owner: 'worker' };
  if (run.state === 'finished') {
    await transaction(database, acting, (tx) => finishJob(tx, key));
    return;
  }
  const { list, premises, report, citations, done } = await compareAtCutOff(database, run, stop);
  const { chunks, sha256: listSha256 } = writeChunks(list);
  await updateProgress(database, run, { phase: 'storing', done, total: done });
  const context: ServiceContext = {
    database,
    actor: { kind: 'worker', organisationId: run.bodyId },
    requestId: null,
    idempotency: null,
  };
  await transaction(database, acting, async (tx) => {
    const stored = await insertRunResult(
      tx,
      {
        id: randomUUID(),
        runId: run.id,
        bodyId: run.bodyId,
        schemeCode: run.schemeCode,
        schemeVersion: run.schemeVersion,
        state: run.kind === 'trial' ? 'trial' : 'draft',
        head: JSON.stringify(list.head),
        report: JSON.stringify(report),
        premises,
        listSha256,
      },
      chunks,
      citations,
    );
    const ended = await endRun(tx, run.id, { state: 'finished', done });
    if (stored && ended) await audit(tx, context, 'comparison.finish', run.id, { list: listSha256 });
    await finishJob(tx, key);
  });
}

/** Ends a run whose job was given up, so that its page says so and the body can ask again. */
export async function giveUpComparison(database: Database, runId: string): Promise<void> {
  const run = await publicRead(database, (db) => findRun(db, runId));
  if (!run) return;
  const actor = { kind: 'worker', organisationId: run.bodyId } as const;
  await transaction(database, { organisationId: run.bodyId, owner: 'worker' }, async (tx) => {
    const failed = await endRun(tx, runId, { state: 'failed', failure: 'given up after eight tries' });
    if (failed) await audit(tx, { database, actor, requestId: null, idempotency: null }, 'comparison.fail', runId);
  });
}
