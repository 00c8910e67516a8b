import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findEdition, type ListEdition, outdatedCitations } from '../../store/ranking-lists.ts';
import { readRegister } from '../../store/register.ts';

/** What has become of an edition since its release; its bytes never change. */
export interface EditionSince {
  readonly today: string;
  readonly correctedBy: number | null;
  readonly outdated: Awaited<ReturnType<typeof outdatedCitations>>;
}

/** Today in the register, YYYY-MM-DD in Beijing. */
export async function registerDay(database: Database): Promise<string> {
  return dayInBeijing((await readRegister(database)).now);
}

export async function readEditionSince(database: Database, edition: ListEdition): Promise<EditionSince> {
  const today = await registerDay(database);
  const number = (edition.edition ?? 0) + 1;
  const [next, outdated] = await Promise.all([
    publicRead(database, (db) => findEdition(db, edition.schemeCode, number)),
    publicRead(database, (db) => outdatedCitations(db, edition.id, today)),
  ]);
  const head = next ? (JSON.parse(next.head) as ListHead) : null;
  return { today, correctedBy: head?.correction ? number : null, outdated };
}
