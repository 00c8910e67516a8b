import { standardsToLookUp } from '../declarations/cited.ts';
import type { DeclarationContent, DeclaredIndicator } from '../declarations/content.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import { compareQuantities } from '../indicators/units.ts';
import { meetsAll, type Parameter } from '../schemes/conditions.ts';
import type { Scheme, SchemeIndicator } from '../schemes/scheme.ts';
import type { Bounds } from '../schemes/threshold.ts';
import { foldForSearch } from '../text/fold.ts';
import { admission } from './admission.ts';
import { type IncomparableReason, type IndicatorFact, valueKey } from './fact.ts';
import { overallOf } from './grade.ts';
import { factOfRows, type MatchedRows, matchRows } from './matching.ts';
import { NO_PREMISES, type Premises } from './premises.ts';
import { type PreparedIndicator, prepareIndicator } from './prepare.ts';
import type { ComparisonResult, IndicatorResult } from './result.ts';

/** A comparison of one indicator with all that explains it. */
export interface Compared {
  readonly result: IndicatorResult;
  readonly rows: MatchedRows;
  readonly fact: IndicatorFact | null;
  /** Equal for equal values only; null where nothing is comparable. */
  readonly key: string | null;
}

/** What a declaration came to, with what a run needs of it beside: equal values, and the standards that it cites. */
export interface ComparedDocument extends ComparisonResult {
  readonly keys: readonly (string | null)[];
  readonly cited: readonly string[];
}

export interface Comparer {
  readonly prepared: readonly PreparedIndicator[];
  /** A declared name folded, and read as the body's analysts mapped it. */
  readonly readName: (name: string) => string;
  readonly compareIndicators: (document: DeclarationDocument) => readonly Compared[];
  /** The same in, the same out: nothing but scheme, premises and document is looked at. */
  readonly compare: (document: DeclarationDocument) => ComparedDocument;
}

/** Prepares a scheme and its premises once, to compare any number of declarations by them. */
export function comparer(scheme: Scheme, premises: Premises = NO_PREMISES): Comparer {
  const prepared = scheme.indicators.map(prepareIndicator);
  const readName = reading(premises);
  const admit = admission(premises);
  const compareIndicators = (document: DeclarationDocument): readonly Compared[] => {
    const names = document.content.indicators.map((indicator) => readName(indicator.name));
    return prepared.map((one) => compareIndicator(one, document.content, names));
  };
  return {
    prepared,
    readName,
    compareIndicators,
    compare: (document) => {
      const compared = compareIndicators(document);
      const indicators = compared.map(({ result }) => result);
      const keys = compared.map(({ key }) => key);
      const cited = standardsToLookUp(document.content);
      const excluded = admit(document.id, document.revision, cited);
      if (excluded) return { indicators, keys, cited, grade: null, score: null, excluded };
      return { indicators, keys, cited, ...overallOf(scheme, indicators) };
    },
  };
}

/** `comparer` for where only the result is wanted. */
export function comparison(scheme: Scheme, premises?: Premises): Comparer['compare'] {
  return comparer(scheme, premises).compare;
}

/** Names of declared indicators repeat from row to row; folding each once is a third of a run's time. */
const REMEMBERED_NAMES = 10_000;

/** Folds a declared name, and reads it as the name that the body's analysts mapped it to. */
function reading({ mappings }: Premises): (name: string) => string {
  const mapped = new Map(mappings.map(({ name, as }) => [foldForSearch(name), foldForSearch(as)]));
  const read = new Map<string, string>();
  return (name) => {
    const known = read.get(name);
    if (known !== undefined) return known;
    if (read.size >= REMEMBERED_NAMES) read.clear();
    const folded = foldForSearch(name);
    const made = mapped.get(folded) ?? folded;
    read.set(name, made);
    return made;
  };
}

/** Compares one indicator of a declaration; `names` are those of its rows as they are read. */
export function compareIndicator(
  prepared: PreparedIndicator,
  { indicators, parameters }: Pick<DeclarationContent, 'indicators' | 'parameters'>,
  names: readonly string[],
): Compared {
  const { indicator } = prepared;
  const rows = matchRows(prepared, indicators, names);
  const raw = rows.length === 0 ? null : rows.flat().map(printed).join('；');
  const done = (result: Omit<IndicatorResult, 'code' | 'raw'>, fact: IndicatorFact | null = null): Compared => ({
    result: { code: indicator.code, ...result, raw },
    rows,
    fact,
    key: fact?.comparable && result.outcome !== 'not-comparable' ? valueKey(fact) : null,
  });
  const refused = (reason: IncomparableReason, fact: IndicatorFact | null = null) =>
    done({ outcome: 'not-comparable', reason, value: fact?.comparable ? fact.shown : null }, fact);

  const applies = meetsAll(indicator.appliesWhen, parameters);
  if (applies === 'no') return done({ outcome: 'not-applicable', value: null });
  if (rows.length === 0) return refused('not-declared');
  if (applies === 'unknown') return refused('parameter-missing');
  const tested = meetsAll(indicator.testConditions ?? [], parameters);
  if (tested !== 'yes') return refused(tested === 'no' ? 'test-condition-other' : 'test-condition-missing');
  const fact = factOfRows(rows, prepared);
  if (!fact.comparable) return refused(fact.reason, fact);
  const table = applicableTable(indicator, parameters);
  if (typeof table === 'string') return refused(table, fact);
  const reached = prepared.tables[table]?.find(({ bounds }) => reaches(fact, bounds, prepared));
  if (!reached) return done({ outcome: 'below', table, value: fact.shown }, fact);
  return done({ outcome: reached.level ?? 'lower-tier', table, tier: reached.tier, value: fact.shown }, fact);
}

function printed({ raw, comparator, value }: DeclaredIndicator): string {
  return raw ?? `${comparator} ${value}`;
}

/** All that parameters decide of an indicator: two sets of them with one name here are compared alike. */
export function circumstances({ indicator }: PreparedIndicator, parameters: readonly Parameter[]): string {
  const applies = meetsAll(indicator.appliesWhen, parameters);
  const tested = meetsAll(indicator.testConditions ?? [], parameters);
  return `${applies} ${tested} ${applicableTable(indicator, parameters)}`;
}

/** The first level table whose conditions all hold; an undecidable one before it stops the search, as it might be the one. */
function applicableTable(indicator: SchemeIndicator, parameters: readonly Parameter[]): number | IncomparableReason {
  for (const [i, levels] of indicator.levels.entries()) {
    const applies = meetsAll(levels.when, parameters);
    if (applies === 'yes') return i;
    if (applies === 'unknown') return 'parameter-missing';
  }
  return 'no-threshold';
}

/** Whether everything that a fact still allows lies within the bounds of a tier; exactly, across units. */
export function reaches(
  fact: IndicatorFact & { readonly comparable: true },
  bounds: Bounds,
  { unit }: PreparedIndicator,
): boolean {
  if ('yes' in fact) return fact.yes;
  if ('place' in fact) return 'place' in bounds && fact.place <= bounds.place;
  if (!('low' in bounds)) return false;
  const { low, high } = fact;
  const aboveLow = !bounds.low || (low !== null && compareQuantities(low.value, low.unit, bounds.low, unit) >= 0);
  return (
    aboveLow && (!bounds.high || (high !== null && compareQuantities(high.value, high.unit, bounds.high, unit) <= 0))
  );
}
