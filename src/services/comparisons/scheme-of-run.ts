import { sha256Hex } from '../../domain/bytes.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { type ComparisonRun, findTrialScheme } from '../../store/comparison-runs.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { findSchemeVersion } from '../../store/schemes.ts';

/** The scheme of a run: a version of the register, or of a trial the draft as it was then, read for its body. */
export async function schemeOfRun(
  database: Database,
  run: Pick<ComparisonRun, 'id' | 'bodyId' | 'schemeCode' | 'schemeVersion'>,
): Promise<{ readonly scheme: Scheme; readonly schemeSha256: string }> {
  const { id, bodyId, schemeCode, schemeVersion } = run;
  const document =
    schemeVersion === null
      ? await transaction(database, { organisationId: bodyId, owner: 'worker' }, (tx) => findTrialScheme(tx, id))
      : (await publicRead(database, (db) => findSchemeVersion(db, schemeCode, schemeVersion)))?.document;
  if (!document) throw new Error(`no scheme ${schemeCode}/${schemeVersion} of ${id}`);
  return { scheme: Scheme.parse(JSON.parse(document)), schemeSha256: sha256Hex(document) };
}
