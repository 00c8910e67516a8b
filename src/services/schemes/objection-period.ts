import { workingDaysAfter } from '../../domain/calendar/calendar.ts';
import { OBJECTION_DAYS, type Scheme } from '../../domain/schemes/scheme.ts';
import type { Transaction } from '../../store/database.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';

/**
 * The last day of the objection period of a version proposed today: seven working days at least, more where it says so. The
 * day is frozen with the proposal, so that a year's arrangement published later moves no period that has begun.
 */
export async function objectionsUntil(
  { db }: Pick<Transaction, 'db'>,
  { objectionDays = OBJECTION_DAYS }: Scheme,
  today: string,
): Promise<string> {
  return workingDaysAfter(today, Math.max(OBJECTION_DAYS, objectionDays), await loadCalendar(db)).day;
}
