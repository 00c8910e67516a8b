import type { NumberForm } from './xlsx-workbook.ts';

/** ECMA-376 part 1, 18.18.11: number, shared string, inline string, string of a formula, boolean, error, day. */
export type CellType = 'n' | 's' | 'inlineStr' | 'str' | 'b' | 'e' | 'd';

interface Cell {
  readonly type: CellType;
  readonly form: NumberForm;
  readonly value: string | null;
  readonly inline: string;
}

/** What a person sees in a cell, as text: digits as shown, a day as YYYY-MM-DD, a share in percent. */
export function cellText(
  { type, form, value, inline }: Cell,
  { shared, since1904 }: { readonly shared: readonly string[]; readonly since1904: boolean },
): string {
  if (type === 'inlineStr') return inline;
  if (value === null) return '';
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 10);
  return type === 'n' ? numberText(value, form, since1904) : value;
}

function numberText(written: string, form: NumberForm, since1904: boolean): string {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  if (form?.kind === 'date') return dayText(value, since1904) ?? plain(value);
  if (form?.kind === 'percent') return `${plain(value * 100)}%`;
  if (form?.kind === 'decimals') {
    const shown = value.toFixed(Math.min(form.count, 20));
    // Only where nothing is rounded away: a format must not change what was measured.
    if (Number(shown) === Number(value.toPrecision(15))) return shown;
  }
  return plain(value);
}

/** Fifteen digits, as spreadsheet programs show: the other two are what binary numbers leave of 0.1 + 0.2. */
function plain(value: number): string {
  const rounded = Number(value.toPrecision(15));
  const shown = String(rounded);
  if (!shown.includes('e')) return shown;
  const decimals = rounded.toFixed(20);
  return Math.abs(rounded) >= 1e15 ? BigInt(Math.trunc(rounded)).toString() : decimals.replace(/0+$/u, '');
}

/** Day 60 of 1900 never was; days before it are one behind. */
function dayText(serial: number, since1904: boolean): string | null {
  if (serial < 1 || serial > 2_958_465) return null;
  const day = Math.floor(serial) + (since1904 ? 1462 : 0);
  const shift = day < 60 ? 1 : 0;
  return new Date(Date.UTC(1899, 11, 30) + (day + shift) * 86_400_000).toISOString().slice(0, 10);
}
