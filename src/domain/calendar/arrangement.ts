import { z } from 'zod';
import { canonicalJson } from '../canonical.ts';
import { type Fault, fault, text } from '../fault.ts';
import { yearOf } from './calendar.ts';

/** A further year, as the coordinating body publishes it from the State Council's notice. */
export const CalendarYear = z
  .strictObject({
    source: z.string().trim().min(1).max(200),
    holidays: z.array(z.iso.date()).min(1).max(60),
    workdays: z.array(z.iso.date()).max(30),
  })
  .meta({ id: 'CalendarYear' });
export type CalendarYear = z.infer<typeof CalendarYear>;

/** Days of another year, days of a working week given as worked, and days given as both. */
export function checkArrangement(year: number, { holidays, workdays }: CalendarYear): readonly Fault[] {
  const foreign = (list: 'holidays' | 'workdays', days: readonly string[]) =>
    days.flatMap((day, i) =>
      yearOf(day) === year
        ? []
        : [fault(`/${list}/${i}`, 'calendar.year', day, text(`${year} 年的日期`, `a day of ${year}`), remedy)],
    );
  const remedy = text(
    '请按通知核对；跨年的日期填在其所在的年份',
    'compare with the notice; file each day under its own year',
  );
  const off = new Set(holidays);
  const wrong = workdays.flatMap((day, i) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (!off.has(day) && (weekday === 0 || weekday === 6)) return [];
    const expected = text('不放假的周六或周日', 'a Saturday or Sunday that is no day off');
    return [fault(`/workdays/${i}`, 'calendar.workday', day, expected, remedy)];
  });
  return [...foreign('holidays', holidays), ...foreign('workdays', workdays), ...wrong];
}

/** The public record of an arrangement; its hash is in the log. */
export function arrangementDocument(year: number, { source, holidays, workdays }: CalendarYear): string {
  const inOrder = (days: readonly string[]) => [...new Set(days)].sort();
  return canonicalJson({ v: 1, year, source, holidays: inOrder(holidays), workdays: inOrder(workdays) });
}
