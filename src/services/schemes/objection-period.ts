import { addDays } from '../../domain/calendar/day.ts';
import { OBJECTION_DAYS, type Scheme } from '../../domain/schemes/scheme.ts';

/** The last day of the objection period of a version proposed today: seven working days at least, more where it says so. */
export function objectionsUntil(scheme: Scheme, today: string): string {
  const days = Math.max(OBJECTION_DAYS, scheme.objectionDays ?? OBJECTION_DAYS);
  let day = today;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return day;
}
