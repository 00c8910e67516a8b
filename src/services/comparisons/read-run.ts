import { text } from '../../domain/fault.ts';
import { type ComparisonRun, findRun } from '../../store/comparison-runs.ts';
import { readAtCutOff } from '../../store/cut-off.ts';
import { type Database, NOBODY, publicRead, transaction } from '../../store/database.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { notFound } from '../refusal.ts';

export async function readRun(database: Database, id: string): Promise<ComparisonRun> {
  const run = await publicRead(database, (db) => findRun(db, id));
  if (!run) throw notFound(text('比对任务', 'comparison run'), '#path/id', id);
  return run;
}

/** The inputs of a run as JSON lines, in neutral order: the bytes whose SHA-256 stands on its list. */
export async function streamInputs(
  database: Database,
  run: ComparisonRun,
  write: (lines: string) => Promise<void>,
): Promise<void> {
  const scheme = await publicRead(database, (db) => findSchemeVersion(db, run.schemeCode, run.schemeVersion));
  if (!scheme) return;
  await transaction(database, NOBODY, async (tx) => {
    for await (const batch of readAtCutOff(tx.client, scheme.category, run.logSize)) {
      await write(batch.map((row) => `${row.document}\n`).join(''));
    }
  });
}
