import { type Calendar, calendarOf, type YearArrangement } from '../../domain/calendar/calendar.ts';
import { PUBLISHED_YEARS } from '../../domain/calendar/years.ts';
import { listYears, type StoredYear } from '../../store/calendar.ts';
import { type Database, publicRead, type Transaction } from '../../store/database.ts';

/** The working-day calendar as it is known now: what came with the release, and what was published since. */
export async function loadCalendar(db: Transaction['db']): Promise<Calendar> {
  return calendarOf([...PUBLISHED_YEARS, ...(await listYears(db)).map(readYear)]);
}

/** Every year that is arranged, with the notice it is from; `sha256` only of those that stand in the log. */
export async function readCalendar(database: Database) {
  const stored = await publicRead(database, (db) => listYears(db));
  const years = new Map<number, YearArrangement & { readonly sha256: string | null }>();
  for (const one of PUBLISHED_YEARS) years.set(one.year, { ...one, sha256: null });
  for (const one of stored) years.set(one.year, { ...readYear(one), sha256: one.documentSha256 });
  return [...years.values()]
    .toSorted((a, b) => a.year - b.year)
    .map(({ holidays, workdays, ...one }) => ({ ...one, holidays: [...holidays], workdays: [...workdays] }));
}

function readYear({ document }: StoredYear): YearArrangement {
  const { year, source, holidays, workdays } = JSON.parse(document) as YearArrangement;
  return { year, source, holidays, workdays };
}
