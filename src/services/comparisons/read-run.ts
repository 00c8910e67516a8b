import { text } from '../../domain/fault.ts';
import { type ComparisonRun, findRun, listRuns as list } from '../../store/comparison-runs.ts';
import { type InputPlace, readInputPage } from '../../store/cut-off.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findOrganisationByCode } from '../../store/organisations.ts';
import { notFound } from '../refusal.ts';
import { schemeOfRun } from './scheme-of-run.ts';

export async function readRun(database: Database, id: string): Promise<ComparisonRun> {
  const run = await publicRead(database, (db) => findRun(db, id));
  if (!run) throw notFound(text('比对任务', 'comparison run'), '#path/id', id);
  return run;
}

/** The runs of a body, newest first; they are public, their results only when published. */
export async function listRuns(database: Database, creditCode: string): Promise<readonly ComparisonRun[]> {
  return publicRead(database, async (db) => {
    const body = await findOrganisationByCode(db, creditCode);
    return body ? list(db, body.id) : [];
  });
}

/**
 * The inputs of a run as JSON lines, in neutral order; its list names them by their SHA-256s. A slow reader holds no
 * connection between two parts.
 */
export async function* readInputs(database: Database, run: ComparisonRun): AsyncGenerator<string> {
  const { scheme } = await schemeOfRun(database, run);
  let after: InputPlace | null = null;
  for (;;) {
    const { rows, last } = await readInputPage(database, scheme.category, run.logSize, after);
    if (last === null) return;
    yield rows.map((row) => `${row.document}\n`).join('');
    after = last;
  }
}
