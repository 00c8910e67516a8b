import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { codePointName, foldIdentifier } from '../text/fold.ts';
import { SECTOR_CODES } from './sector-codes.ts';

export const STANDARD_LEVELS = [
  'national',
  'sector',
  'local',
  'association',
  'enterprise',
  'international',
  'foreign',
] as const;
export type StandardLevel = (typeof STANDARD_LEVELS)[number];

export interface StandardNumber {
  readonly level: StandardLevel;
  /** Everything before the serial: `GB/T`, `DB21/T`, `T/CNHA`, `Q`. */
  readonly prefix: string;
  /** Serial with its parts; of an enterprise standard everything between `Q/` and the year, as the split is ambiguous. */
  readonly serial: string;
  readonly year: number | null;
  /** Mandatory by its form: GB, and sector or local numbers without /T, which only old standards have. */
  readonly mandatory: boolean;
  /** The form to print: `GB/T 2828.1-2012`. */
  readonly canonical: string;
  /** The key to compare by: the canonical form without spaces. */
  readonly compact: string;
}

const SERIAL = String.raw`(?<serial>\d{1,6}(?:\.\d{1,4}){0,3}[A-Z]?)`;
const YEAR = String.raw`(?:[-:](?<year>\d{4}|\d{2}))?`;
const GOVERNMENT = new RegExp(
  String.raw`^(?<code>[A-Z]{2,4})(?<kind>(?:/[A-Z]{2})?(?:/[TZ])?) ?${SERIAL}${YEAR}$`,
  'u',
);
const LOCAL = new RegExp(String.raw`^DB(?<region>\d{2}|\d{4})(?<kind>/[TZ])? ?${SERIAL}${YEAR}$`, 'u');
// Unlike an enterprise code, an association's code never ends in a digit that could belong to the serial.
const ASSOCIATION = new RegExp(String.raw`^T/(?<code>[A-Z][A-Z0-9]{0,15}?) ?${SERIAL}${YEAR}$`, 'u');
const ENTERPRISE = /^Q\/(?<body>[A-Z0-9][A-Z0-9 ./()-]{1,58}?)(?:(?<separator>[- ])(?<year>(?:19|20)\d{2}))?$/u;
const FOREIGN =
  /^(?<code>ISO\/IEC|ISO|IEC|ITU-T|EN ISO|EN|AS\/NZS|ASTM|JIS|DIN|BS|ANSI|IEEE|UL|CFR) ?(?<serial>[A-Z]{0,3}\.?\d[A-Z0-9./-]{0,30}?)(?:[-:](?<year>(?:19|20)\d{2}))?$/u;
const INTERNATIONAL = ['ISO/IEC', 'ISO', 'IEC', 'ITU-T'];

/**
 * Reads a standard number of any level as typed, GB to Q/ (标准化法 art. 24; forms of GB/T 1.1). GBZ is occupational
 * health, not GB/Z. DB without region digits is the earthquake sector. Years of two digits are those before 1995.
 */
export function parseStandardNumber(typed: string, at = ''): Result<StandardNumber, Fault> {
  const folded = foldIdentifier(typed);
  if (!folded.ok) {
    const name = codePointName(folded.problem.character);
    return err(wrong(at, typed, text(`请删去或改正字符 ${name}`, `remove or correct the character ${name}`)));
  }
  const parsed =
    enterprise(folded.value) ??
    association(folded.value) ??
    local(folded.value) ??
    foreign(folded.value) ??
    government(folded.value);
  return parsed ? ok(parsed) : err(wrong(at, typed, remedyFor(folded.value)));
}

function enterprise(folded: string): StandardNumber | null {
  const found = ENTERPRISE.exec(folded)?.groups;
  if (!found?.body || !/\d/u.test(folded)) return null;
  // "Q/HLS0001S 2012": a year after a space is one only when a serial already stands before it.
  const yearAfterSpace = found.separator === ' ' && !/\d/u.test(found.body);
  const body = yearAfterSpace ? `${found.body} ${found.year}` : found.body;
  const year = yearAfterSpace ? null : toYear(found.year);
  if (!/\d/u.test(body) || /[-/. ]$/u.test(body)) return null;
  return number('enterprise', 'Q', body, year, false, `Q/${body}`);
}

function association(folded: string): StandardNumber | null {
  const found = ASSOCIATION.exec(folded)?.groups;
  if (!found?.code || !found.serial) return null;
  const prefix = `T/${found.code}`;
  return number('association', prefix, found.serial, toYear(found.year), false, `${prefix} ${found.serial}`);
}

function local(folded: string): StandardNumber | null {
  const found = LOCAL.exec(folded)?.groups;
  if (!found?.region || !found.serial) return null;
  const prefix = `DB${found.region}${found.kind ?? ''}`;
  return number('local', prefix, found.serial, toYear(found.year), !found.kind, `${prefix} ${found.serial}`);
}

function foreign(folded: string): StandardNumber | null {
  const found = FOREIGN.exec(folded)?.groups;
  if (!found?.code || !found.serial) return null;
  const level = INTERNATIONAL.includes(found.code) ? 'international' : 'foreign';
  return number(level, found.code, found.serial, toYear(found.year), false, `${found.code} ${found.serial}`, ':');
}

function government(folded: string): StandardNumber | null {
  const found = GOVERNMENT.exec(folded)?.groups;
  if (!found?.code || !found.serial) return null;
  const kind = found.kind ?? '';
  const national = ['GB', 'GBZ', 'GBJ'].includes(found.code);
  if (!national && !isSectorCode(found.code)) return null;
  const compound = /^\/([A-SU-Y][A-Z]|T[A-Z])/u.exec(kind)?.[1];
  if (compound && (national || !SECTOR_CODES.has(compound))) return null;
  const prefix = `${found.code}${kind}`;
  const mandatory = !/\/[TZ]$/u.test(kind);
  const level = national ? 'national' : 'sector';
  return number(level, prefix, found.serial, toYear(found.year), mandatory, `${prefix} ${found.serial}`);
}

/** A sector's code, or that code with J for engineering construction: JG is buildings, JGJ their engineering standards. */
function isSectorCode(code: string): boolean {
  return SECTOR_CODES.has(code) || (code.length === 3 && code.endsWith('J') && SECTOR_CODES.has(code.slice(0, 2)));
}

function number(
  level: StandardLevel,
  prefix: string,
  serial: string,
  year: number | null,
  mandatory: boolean,
  stem: string,
  separator = '-',
): StandardNumber {
  const canonical = year === null ? stem : `${stem}${separator}${formatYear(year)}`;
  return { level, prefix, serial, year, mandatory, canonical, compact: canonical.replaceAll(' ', '') };
}

function toYear(found: string | undefined): number | null {
  return found === undefined ? null : Number(found);
}

/** Standards of before 1995 are printed with two digits; they stay as they were issued. */
function formatYear(year: number): string {
  return year < 100 ? String(year).padStart(2, '0') : String(year);
}

function remedyFor(folded: string): { zh: string; en: string } {
  const code = /^[A-Z]{2}(?=[/ \d])/u.exec(folded)?.[0];
  if (code && code !== 'GB' && code !== 'DB' && !SECTOR_CODES.has(code)) {
    return text(`行业代号 ${code} 不存在，请核对`, `there is no sector code ${code}; please check it`);
  }
  return text('请照标准封面填写编号', 'write the number as it stands on the cover of the standard');
}

function wrong(at: string, typed: string, remedy: { zh: string; en: string }): Fault {
  return fault(
    at,
    'standard-number.form',
    typed,
    text(
      '标准编号，如 Q/ABCD 001-2026、GB/T 2828.1-2012、QB/T 1234-2020、DB21/T 3131-2023、T/CNHA 1025-2020',
      'a standard number such as Q/ABCD 001-2026, GB/T 2828.1-2012, QB/T 1234-2020, DB21/T 3131-2023, T/CNHA 1025-2020',
    ),
    remedy,
  );
}
