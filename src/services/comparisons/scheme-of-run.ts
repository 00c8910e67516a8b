import { sha256Hex } from '../../domain/bytes.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import type { ComparisonRun } from '../../store/comparison-runs.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findSchemeVersion } from '../../store/schemes.ts';

/** The scheme of a run: a version of the register, or of a trial the draft as it was then. */
export async function schemeOfRun(
  database: Database,
  run: Pick<ComparisonRun, 'schemeCode' | 'schemeVersion' | 'schemeDocument'>,
): Promise<{ readonly scheme: Scheme; readonly schemeSha256: string }> {
  const { schemeCode, schemeVersion, schemeDocument } = run;
  const stored =
    schemeVersion === null
      ? null
      : await publicRead(database, (db) => findSchemeVersion(db, schemeCode, schemeVersion));
  const document = schemeDocument ?? stored?.document;
  if (!document) throw new Error(`no scheme ${schemeCode}/${schemeVersion}`);
  return { scheme: Scheme.parse(JSON.parse(document)), schemeSha256: sha256Hex(document) };
}
