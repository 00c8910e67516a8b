import { text } from '../../domain/fault.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findSchemeVersion, listSchemeVersions, type SchemeVersion } from '../../store/schemes.ts';
import { notFound } from '../refusal.ts';

export async function readScheme(database: Database, code: string, version: number): Promise<SchemeVersion> {
  const scheme = await publicRead(database, (db) => findSchemeVersion(db, code, version));
  if (!scheme) throw notFound(text('评估方案', 'scheme'), '#path/code', `${code}/${version}`);
  return scheme;
}

export function listSchemes(database: Database) {
  return publicRead(database, (db) => listSchemeVersions(db));
}
