import type { DeclaredIndicator } from '../declarations/content.ts';
import { factOf, type IndicatorFact, incomparable, judged } from './fact.ts';
import { hull, type Interval, taken } from './interval.ts';
import type { PreparedIndicator } from './prepare.ts';

/** The declared rows that mean an indicator: one group, or two of a pair rule. Empty where nothing was declared. */
export type MatchedRows = readonly (readonly DeclaredIndicator[])[];

/** Finds them by the names as they are read. An indicator declared under its own name needs no pair. */
export function matchRows(
  { names, parts }: PreparedIndicator,
  declared: readonly DeclaredIndicator[],
  read: readonly string[],
): MatchedRows {
  const named = (meant: ReadonlySet<string>) => declared.filter((_, i) => meant.has(read[i] ?? ''));
  const own = named(names);
  if (own.length > 0) return [own];
  const pair = parts.map(named);
  return pair.some((rows) => rows.length > 0) ? pair : [];
}

/** What the matched rows together guarantee; the first row that cannot be compared says why. */
export function factOfRows(groups: MatchedRows, prepared: PreparedIndicator): IndicatorFact {
  const { pair } = prepared.indicator;
  if (groups.some((rows) => rows.length === 0)) return incomparable('pair-incomplete');
  const facts = groups.map((rows) => factOfGroup(rows, prepared));
  const refused = facts.find((fact) => !fact.comparable);
  const [first, second] = facts;
  if (refused || !first) return refused ?? incomparable('not-declared');
  if (!second || !pair || !isInterval(first) || !isInterval(second)) return first;
  return judged(taken(pair.take, first, second), prepared);
}

function factOfGroup(rows: readonly DeclaredIndicator[], prepared: PreparedIndicator): IndicatorFact {
  if (rows.length > 1 && prepared.indicator.repeated !== 'worst') return incomparable('declared-twice');
  return rows.map((row) => factOf(row, prepared)).reduce((worst, fact) => worse(worst, fact, prepared));
}

/** The worse of two facts of one indicator: for intervals what holds both, else the later word, or the no. */
function worse(a: IndicatorFact, b: IndicatorFact, prepared: PreparedIndicator): IndicatorFact {
  if (!a.comparable) return a;
  if (!b.comparable) return b;
  if ('place' in a && 'place' in b) return a.place >= b.place ? a : b;
  if ('yes' in a && 'yes' in b) return a.yes ? b : a;
  return isInterval(a) && isInterval(b) ? judged(hull(a, b), prepared) : a;
}

function isInterval(fact: IndicatorFact): fact is IndicatorFact & { readonly comparable: true } & Interval {
  return 'low' in fact;
}
