import { addDays } from './day.ts';

/** What the State Council's notice arranges for one year. */
export interface YearArrangement {
  readonly year: number;
  /** Number and name of the notice. */
  readonly source: string;
  readonly holidays: readonly string[];
  /** 调休: days of a weekend that are worked. */
  readonly workdays: readonly string[];
}

export interface Calendar {
  readonly years: ReadonlySet<number>;
  readonly holidays: ReadonlySet<string>;
  readonly workdays: ReadonlySet<string>;
}

/** A day that was counted to; provisional while the arrangement of a year on the way is not published. */
export interface CountedDay {
  readonly day: string;
  readonly provisional: boolean;
}

/** One calendar of all arrangements; of two for the same year the later in the list holds. */
export function calendarOf(arrangements: readonly YearArrangement[]): Calendar {
  const years = new Map(arrangements.map((one) => [one.year, one]));
  return {
    years: new Set(years.keys()),
    holidays: new Set([...years.values()].flatMap(({ holidays }) => holidays)),
    workdays: new Set([...years.values()].flatMap(({ workdays }) => workdays)),
  };
}

/** Monday to Friday without the holidays, and the days of a weekend that are worked; of an unpublished year weekends only. */
export function isWorkingDay(day: string, { holidays, workdays }: Calendar): boolean {
  if (workdays.has(day)) return true;
  if (holidays.has(day)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The n-th working day after a day, which itself does not count, whether worked or not. */
export function workingDaysAfter(start: string, n: number, calendar: Calendar): CountedDay {
  let day = start;
  let provisional = false;
  for (let counted = 0; counted < n; ) {
    day = addDays(day, 1);
    if (!calendar.years.has(yearOf(day))) provisional = true;
    if (isWorkingDay(day, calendar)) counted++;
  }
  return { day, provisional };
}

/** How many working days lie behind `from`, up to and with `to`; negative where `to` comes first. */
export function workingDaysBetween(from: string, to: string, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let counted = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) counted++;
  }
  return counted;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
