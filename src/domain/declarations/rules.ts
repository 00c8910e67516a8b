import { type PreparedIndicator, prepareIndicator } from '../comparisons/prepare.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { findUnit, type Unit } from '../indicators/units.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { CatalogueStandard } from '../standards/catalogue.ts';
import type { StandardLimit } from '../standards/limit.ts';
import { parseStandardNumber } from '../standards/number.ts';
import { foldForSearch } from '../text/fold.ts';

/** A limit with what is the same for every declaration worked out once. */
export interface PreparedLimit {
  readonly limit: StandardLimit;
  readonly unit: Unit;
  readonly value: ExactDecimal;
  /** Folded names that mean its indicator. */
  readonly names: ReadonlySet<string>;
}

/** What a declaration of one category is checked against on one day; the same in API, form, importer and CLI. */
export interface DeclarationRules {
  /** The day (YYYY-MM-DD, the register's) for which the checks ask what is in force. */
  readonly day: string;
  /** Looks a standard up by the compact form of its number; null when the catalogue lacks it. */
  readonly standard: (compact: string) => CatalogueStandard | null;
  readonly limits: readonly PreparedLimit[];
  /** Indicators of the schemes in force for the category: plausible ranges, units, test methods. */
  readonly indicators: readonly PreparedIndicator[];
}

/** Throws on a unit outside the table: limits and schemes are checked for that when they enter the register. */
export function prepareLimit(limit: StandardLimit): PreparedLimit {
  const unit = findUnit(limit.unit);
  if (!unit) throw new Error(`limit ${limit.code} has the unknown unit ${limit.unit}`);
  const names = new Set([limit.indicator, ...limit.aliases].map(foldForSearch));
  return { limit, unit, value: exact(limit.value), names };
}

export function prepareSchemes(schemes: readonly Scheme[]): readonly PreparedIndicator[] {
  return schemes.flatMap((scheme) => scheme.indicators.map(prepareIndicator));
}

/** Checks that need no register: what a browser can say while someone types. */
export function rulesWithoutRegister(day: string): DeclarationRules {
  return { day, standard: () => null, limits: [], indicators: [] };
}

/** Whether rules made for `prefix` (a GB/T 4754 class or a product category) concern a category. */
export function concerns(prefix: string, category: string): boolean {
  return category === prefix || (category.startsWith(prefix) && !prefix.includes('.'));
}

const CITATION = /[A-Z]{1,4}(?:\d{2,4})?(?:\/[A-Z]{1,6}){0,2} ?\d[\dA-Z.]{0,20}(?:[-—–:]\d{2,4})?/gu;

/** The standard numbers that a free text cites ("按 GB/T 18801-2022 第 6 章"): compact, each once. */
export function citedIn(text: string): readonly string[] {
  const known = cited.get(text);
  if (known) return known;
  const found = findCited(text);
  if (cited.size >= MOST_TEXTS) cited.clear();
  cited.set(text, found);
  return found;
}

// A few methods are cited by nearly all declarations, and each declaration is asked for its citations three times.
const MOST_TEXTS = 5000;
const cited = new Map<string, readonly string[]>();

function findCited(text: string): readonly string[] {
  const folded = text.normalize('NFKC').toUpperCase();
  const numbers = [...folded.matchAll(CITATION)].flatMap(([printed]) => {
    const number = parseStandardNumber(printed);
    return number.ok ? [number.value.compact] : [];
  });
  return [...new Set(numbers)];
}
