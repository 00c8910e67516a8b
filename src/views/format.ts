const BEIJING_MS = 8 * 3_600_000;

/** 12846 → 12,846 */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** The day in Beijing: 2026-04-20. */
export function formatDate(time: Date): string {
  return beijing(time).slice(0, 10);
}

/** Beijing time to the second: 2026-04-20 10:04:37. */
export function formatTime(time: Date): string {
  return beijing(time).slice(0, 19).replace('T', ' ');
}

/** Beijing time to the minute. */
export function formatMinute(time: Date): string {
  return formatTime(time).slice(0, 16);
}

function beijing(time: Date): string {
  return new Date(time.getTime() + BEIJING_MS).toISOString();
}

/** The digits as they are, with a minus sign in place of a hyphen. */
export function formatNumber(decimalText: string): string {
  return decimalText.replace(/^-/u, '−');
}

/** A unit as a reader sees it; "1" is no unit. */
export function formatUnit(unit: string): string {
  return unit === '1' ? '' : unit;
}
