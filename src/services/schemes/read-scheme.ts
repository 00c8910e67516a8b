import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { type SchemeState, schemeState } from '../../domain/schemes/life.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { readRegister } from '../../store/register.ts';
import { stagesOfAll, stagesOf, type StoredStage } from '../../store/scheme-stages.ts';
import { findSchemeVersion, listSchemeVersions, type SchemeVersion } from '../../store/schemes.ts';
import { notFound } from '../refusal.ts';

export type { SchemeVersion };

/** A version with the name of its body. */
export async function readScheme(
  database: Database,
  code: string,
  version: number,
): Promise<SchemeVersion & { readonly body: string }> {
  const scheme = await publicRead(database, async (db) => {
    const found = await findSchemeVersion(db, code, version);
    const body = found ? await findOrganisation(db, found.bodyId) : null;
    return found ? { ...found, body: body?.name ?? '' } : null;
  });
  if (!scheme) throw notFound(text('评估方案', 'scheme'), '#path/code', `${code}/${version}`);
  return scheme;
}

/** A stage as the public sees it: its person is named by the body alone, which is the scheme's. */
export type PublicStage = Omit<StoredStage, 'doneBy' | 'code' | 'version'>;

export interface SchemeLife {
  readonly state: SchemeState;
  readonly stages: readonly PublicStage[];
  /** Today in the register. */
  readonly today: string;
}

/** What a version is today, and how it came to be. */
export async function readSchemeLife(database: Database, stored: SchemeVersion): Promise<SchemeLife> {
  const { now } = await readRegister(database);
  const today = dayInBeijing(now);
  const stages = await publicRead(database, (db) => stagesOf(db, stored.code, [stored.version]));
  const { validTo } = JSON.parse(stored.document) as Scheme;
  return { state: schemeState(stages, today, validTo), stages: stages.map(publicStage), today };
}

/** Every version, newest first of each code, with what it is today. */
export async function listSchemes(database: Database) {
  const { now } = await readRegister(database);
  const today = dayInBeijing(now);
  const [versions, stages] = await publicRead(database, (db) => Promise.all([listSchemeVersions(db), stagesOfAll(db)]));
  return versions.map((one) => {
    const { validTo } = JSON.parse(one.document) as Scheme;
    const own = stages.get(`${one.code}/${one.version}`) ?? [];
    return { ...one, state: schemeState(own, today, validTo), stages: own.map(publicStage) };
  });
}

function publicStage({ stage, effectiveOn, objectionsUntil, reason, doneAt }: StoredStage): PublicStage {
  return { stage, effectiveOn, objectionsUntil, reason, doneAt };
}
