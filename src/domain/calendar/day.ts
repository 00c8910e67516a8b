const BEIJING_MS = 8 * 3_600_000;

/** The calendar day in Beijing, YYYY-MM-DD: periods and deadlines of the register are counted in these. */
export function dayInBeijing(time: Date): string {
  return new Date(time.getTime() + BEIJING_MS).toISOString().slice(0, 10);
}

/** Some days later or earlier. */
export function addDays(day: string, days: number): string {
  const time = new Date(`${day}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + days);
  return time.toISOString().slice(0, 10);
}

/** The same day some months later; the last of the month where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
