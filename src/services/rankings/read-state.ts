import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { forerunnerEditionsOf } from '../../store/forerunner-editions.ts';
import { findRunningRound } from '../../store/forerunner-rounds.ts';
import { findEdition, type ListEdition, outdatedCitations } from '../../store/ranking-lists.ts';
import { readRegister } from '../../store/register.ts';

/** What has become of an edition since its release; its bytes never change. */
export interface EditionSince {
  readonly today: string;
  readonly correctedBy: number | null;
  readonly outdated: Awaited<ReturnType<typeof outdatedCitations>>;
  /** The newest forerunners that came of the list, and the round of them that is under way. */
  readonly forerunners: { readonly edition: number | null; readonly round: string | null };
}

/** Today in the register, YYYY-MM-DD in Beijing. */
export async function registerDay(database: Database): Promise<string> {
  return dayInBeijing((await readRegister(database)).now);
}

export async function readEditionSince(database: Database, edition: ListEdition): Promise<EditionSince> {
  const today = await registerDay(database);
  const number = (edition.edition ?? 0) + 1;
  const { schemeCode } = edition;
  const [next, outdated, forerunners, round] = await Promise.all([
    publicRead(database, (db) => findEdition(db, schemeCode, number)),
    publicRead(database, (db) => outdatedCitations(db, edition.id, today)),
    publicRead(database, (db) => forerunnerEditionsOf(db, schemeCode)),
    publicRead(database, (db) => findRunningRound(db, schemeCode)),
  ]);
  const head = next ? (JSON.parse(next.head) as ListHead) : null;
  return {
    today,
    correctedBy: head?.correction ? number : null,
    outdated,
    forerunners: { edition: forerunners[0]?.edition ?? null, round: round?.id ?? null },
  };
}
