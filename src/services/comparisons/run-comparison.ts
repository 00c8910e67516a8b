import { createHash, randomUUID } from 'node:crypto';
import { comparison } from '../../domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { distributionsOf } from '../../domain/rankings/distribution.ts';
import { type ComparedDeclaration, compared, rank, type RankingList } from '../../domain/rankings/list.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { type ComparisonRun, endRun, findRun, updateProgress } from '../../store/comparison-runs.ts';
import { countAtCutOff, readAtCutOff } from '../../store/cut-off.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { finishJob } from '../../store/outbox.ts';
import { insertDraftEdition } from '../../store/ranking-lists.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { writeChunks } from '../rankings/chunks.ts';
import type { ServiceContext } from '../context.ts';

/** A progress row each so many declarations: often enough to watch, rare enough to cost nothing. */
const PROGRESS_EVERY = 2000;

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
  const { list, scheme, done } = await compareAtCutOff(database, run, stop);
  const { chunks, sha256: listSha256 } = writeChunks(list);
  const context: ServiceContext = {
    database,
    actor: { kind: 'worker', organisationId: run.bodyId },
    requestId: null,
    idempotency: null,
  };
  await transaction(database, acting, async (tx) => {
    const stored = await insertDraftEdition(
      tx,
      {
        id: randomUUID(),
        runId: run.id,
        bodyId: run.bodyId,
        schemeCode: run.schemeCode,
        schemeVersion: run.schemeVersion,
        head: JSON.stringify(list.head),
        distributions: JSON.stringify(distributionsOf(list, scheme)),
        listSha256,
      },
      chunks,
    );
    const ended = await endRun(tx, run.id, { state: 'finished', done });
    if (stored && ended) await audit(tx, context, 'comparison.finish', run.id, { list: listSha256 });
    await finishJob(tx, key);
  });
}

/** The list of a run, recomputed from what is stored; pure in scheme, engine and cut-off. */
export async function compareAtCutOff(
  database: Database,
  run: ComparisonRun,
  stop?: AbortSignal,
): Promise<{ readonly list: RankingList; readonly scheme: Scheme; readonly done: number }> {
  const stored = await publicRead(database, (db) => findSchemeVersion(db, run.schemeCode, run.schemeVersion));
  if (!stored) throw new Error(`no scheme ${run.schemeCode}/${run.schemeVersion}`);
  const scheme = Scheme.parse(JSON.parse(stored.document));
  const compare = comparison(scheme);
  const inputs = createHash('sha256');
  const rows: ComparedDeclaration[] = [];
  // One snapshot for count and rows; a cut-off is frozen anyway, so a repeat reads the same.
  await transaction(
    database,
    { organisationId: run.bodyId, owner: 'worker' },
    async (tx) => {
      const total = await countAtCutOff(tx.client, scheme.category, run.logSize);
      let shown = 0;
      await updateProgress(database, run, 0, total);
      for await (const batch of readAtCutOff(tx.client, scheme.category, run.logSize)) {
        stop?.throwIfAborted();
        for (const { document, documentSha256 } of batch) {
          inputs.update(`${document}\n`);
          const read = JSON.parse(document) as DeclarationDocument;
          rows.push(compared(read, documentSha256, compare(read)));
        }
        if (rows.length - shown >= PROGRESS_EVERY) {
          shown = rows.length;
          await updateProgress(database, run, shown, total);
        }
      }
    },
    { isolation: 'repeatable read' },
  );
  const list = rank(scheme, rows, {
    logSize: run.logSize,
    inputs: { count: rows.length, sha256: inputs.digest('hex') },
    schemeSha256: stored.documentSha256,
  });
  return { list, scheme, done: rows.length };
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
