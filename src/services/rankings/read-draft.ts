import { text } from '../../domain/fault.ts';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { ReleaseChecklist } from '../../domain/rankings/release.ts';
import { type ComparisonRun, findRun } from '../../store/comparison-runs.ts';
import { transaction } from '../../store/database.ts';
import { findEditionOfRun } from '../../store/ranking-lists.ts';
import { actingAs, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { sampleRows } from './prepare-release.ts';
import { type ReadEdition, type Reading, readRowOf, withScheme } from './read-list.ts';

/** The result of a run as its body sees it before anybody else: the draft of an edition, or a trial. */
export interface ReadDraft {
  readonly run: ComparisonRun;
  readonly read: ReadEdition;
  readonly reading: Reading;
  /** Rows that the first person rechecks; none of a trial. */
  readonly sample: readonly ListEntry[];
  readonly checklist: ReleaseChecklist | null;
}

export async function readDraft(context: ServiceContext, runId: string): Promise<ReadDraft> {
  const reading: Reading = (work) => transaction(context.database, actingAs(context), ({ db }) => work(db));
  const run = await reading((db) => findRun(db, runId));
  authorise(context, 'list.read-draft', run ? { ownerId: run.bodyId } : {});
  if (!run) throw notFound(text('比对任务', 'comparison run'), '#path/id', runId);
  const edition = await reading((db) => findEditionOfRun(db, runId));
  if (!edition) throw notYet(run.state);
  const read = await withScheme(context.database, edition);
  const ids = edition.state === 'trial' ? [] : await reading((db) => sampleRows(db, edition));
  const sample: ListEntry[] = [];
  for (const id of ids) sample.push(...[await readRowOf(reading, read, id)].flatMap((row) => row ?? []));
  const checklist = edition.checklist === null ? null : (JSON.parse(edition.checklist) as ReleaseChecklist);
  return { run, read, reading, sample, checklist };
}

function notYet(state: string) {
  return conflict(
    text('比对尚未完成', 'the comparison is not finished'),
    '#path/id',
    state,
    text('已完成的比对任务', 'a finished run'),
    text('请等待任务完成', 'wait until it has finished'),
  );
}
