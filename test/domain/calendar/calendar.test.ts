import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkArrangement } from '../../../src/domain/calendar/arrangement.ts';
import {
  calendarOf,
  isWorkingDay,
  workingDaysAfter,
  workingDaysBetween,
} from '../../../src/domain/calendar/calendar.ts';
import { addDays, dayInBeijing } from '../../../src/domain/calendar/day.ts';
import { PUBLISHED_YEARS } from '../../../src/domain/calendar/years.ts';

const calendar = calendarOf(PUBLISHED_YEARS);
const weekdaysOnly = calendarOf([]);

describe('the working-day calendar', () => {
  it.each([
    ['2024-10-01', false, '国庆节'],
    ['2024-10-12', true, '周六调休上班'],
    ['2024-10-13', false, '周日'],
    ['2024-09-14', true, '周六调休上班'],
    ['2026-02-14', true, '周六调休上班'],
    ['2026-02-23', false, '春节，周一'],
    ['2026-09-20', true, '周日调休上班'],
    ['2020-01-31', false, '春节延长，周五'],
    ['2018-12-29', true, '周六调休上班，为次年元旦'],
    ['2018-12-31', false, '周一，次年元旦的调休'],
    ['2026-11-23', true, '周一'],
  ])('%s is worked: %s (%s)', (day, expected) => expect(isWorkingDay(day, calendar)).toBe(expected));

  it.each([
    ['2024-09-20', 20, '2024-10-23'],
    ['2024-09-30', 1, '2024-10-08'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-08', 2, '2026-10-10'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-22', 0, '2026-11-22'],
  ])('%s and %i working days is %s', (start, n, day) =>
    expect(workingDaysAfter(start, n, calendar)).toEqual({ day, provisional: false }),
  );

  it('is not Monday to Friday: that would end five days too early', () => {
    expect(workingDaysAfter('2024-09-20', 20, weekdaysOnly).day).toBe('2024-10-18');
  });

  it('is provisional behind the last published year, and counted anew when that is published', () => {
    expect(workingDaysAfter('2026-12-30', 1, calendar)).toEqual({ day: '2026-12-31', provisional: false });
    expect(workingDaysAfter('2026-12-30', 2, calendar)).toEqual({ day: '2027-01-01', provisional: true });
    const published = { year: 2027, source: '测试', holidays: ['2027-01-01'], workdays: ['2027-01-02'] };
    expect(workingDaysAfter('2026-12-30', 2, calendarOf([...PUBLISHED_YEARS, published]))).toEqual({
      day: '2027-01-02',
      provisional: false,
    });
  });

  it('of two arrangements for a year holds the later', () => {
    const amended = { year: 2026, source: '修订', holidays: [], workdays: [] };
    expect(isWorkingDay('2026-10-01', calendarOf([...PUBLISHED_YEARS, amended]))).toBe(true);
  });

  it('counts back what it counted', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2018-01-01', n));
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (start, n) => {
        const { day } = workingDaysAfter(start, n, calendar);
        expect(isWorkingDay(day, calendar)).toBe(true);
        expect(workingDaysBetween(start, day, calendar)).toBe(n);
        expect(workingDaysBetween(day, start, calendar)).toBe(-n);
        expect(workingDaysAfter(start, n + 1, calendar).day > day).toBe(true);
      }),
    );
  });

  it('holds of each year the holidays of the notice, and works only days of a weekend', () => {
    for (const { year, holidays, workdays, source } of PUBLISHED_YEARS) {
      expect(checkArrangement(year, { source, holidays: [...holidays], workdays: [...workdays] })).toEqual([]);
      for (const fixed of ['01-01', '05-01', '10-01', '10-02', '10-03']) expect(holidays).toContain(`${year}-${fixed}`);
      // 11 days by law until 2024, 13 from 2025 on; those on a weekend are moved, and a notice may add some.
      const gained = holidays.filter((day) => !isWeekend(day)).length - workdays.length;
      expect(gained, String(year)).toBeGreaterThanOrEqual(10);
      expect(gained, String(year)).toBeLessThanOrEqual(14);
    }
    expect(PUBLISHED_YEARS.map(({ year }) => year)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
  });

  it.each([
    ['a day of another year', { holidays: ['2026-12-31'], workdays: [] }, ['/holidays/0']],
    ['a Monday as make-up day', { holidays: ['2027-01-01'], workdays: ['2027-01-04'] }, ['/workdays/0']],
    ['a day both off and worked', { holidays: ['2027-01-02'], workdays: ['2027-01-02'] }, ['/workdays/0']],
    ['a sound one', { holidays: ['2027-01-01'], workdays: ['2027-01-03'] }, []],
  ])('of a further year %s is told', (_, given, expected) =>
    expect(checkArrangement(2027, { source: 's', ...given }).map(({ at }) => at)).toEqual(expected),
  );

  it('a day begins at midnight in Beijing', () => {
    expect(dayInBeijing(new Date('2026-11-21T15:59:59Z'))).toBe('2026-11-21');
    expect(dayInBeijing(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22');
  });
});

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}
