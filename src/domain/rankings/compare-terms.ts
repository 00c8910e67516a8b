import { circumstances, type Compared, type Comparer, compareIndicator } from '../comparisons/compare.ts';
import { overallOf } from '../comparisons/grade.ts';
import { PLACE, readParametersTerm, readRowTerm } from '../comparisons/packed.ts';
import type { ComparisonResult } from '../comparisons/result.ts';
import type { DeclaredIndicator } from '../declarations/content.ts';
import type { Parameter } from '../schemes/conditions.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { outcomeCode } from './list.ts';

/** What a packed version came to; all parts are shared with the others that came to the same. */
export interface ComparedTerms {
  readonly result: ComparisonResult;
  readonly outcomes: string;
  readonly keys: readonly (string | null)[];
}

/** A row of a category's terms, and which of the scheme's indicators it may mean. */
interface ReadTerm {
  readonly row: DeclaredIndicator;
  readonly indicators: readonly number[];
}

const NONE = -1;
const SEVERAL = -2;

/**
 * Compares packed versions by the numbers of their terms. Every distinct declared row is compared once in each of the
 * circumstances that parameters make, by the exact comparer itself; whoever declares the same gets the same. No float takes
 * part: what is fast here is that values repeat.
 */
export function termComparer(scheme: Scheme, { prepared, readName }: Comparer, terms: readonly string[]) {
  const rows: (ReadTerm | undefined)[] = [];
  const parameters: (readonly Parameter[] | undefined)[] = [];
  const places: (readonly number[] | undefined)[] = [];
  const known = prepared.map((): Map<string, number> => new Map());
  const alone = prepared.map((): Map<number, Compared>[] => []);
  const together = prepared.map((): Map<string, Compared> => new Map());
  // An overall grade looks at outcomes and tiers alone.
  const overall = new Map<string, Pick<ComparisonResult, 'grade' | 'score' | 'excluded'> & { outcomes: string }>();
  const slots = new Int32Array(prepared.length);

  const rowOf = (term: number): ReadTerm => {
    const before = rows[term];
    if (before) return before;
    const row = readRowTerm(terms[term] ?? '');
    const name = readName(row.name);
    const indicators = prepared.flatMap(({ names, parts }, i) =>
      names.has(name) || parts.some((part) => part.has(name)) ? [i] : [],
    );
    return (rows[term] = { row, indicators });
  };
  const parametersOf = (term: number) => (parameters[term] ??= readParametersTerm(terms[term] ?? ''));
  /** Of each indicator, the number of the circumstances that a set of parameters makes. */
  const placesOf = (term: number): readonly number[] =>
    (places[term] ??= prepared.map((one, i) => {
      const name = circumstances(one, parametersOf(term));
      const before = known[i]?.get(name);
      if (before !== undefined) return before;
      const place = known[i]?.size ?? 0;
      known[i]?.set(name, place);
      alone[i]?.push(new Map());
      return place;
    }));
  const compareExactly = (i: number, declared: readonly DeclaredIndicator[], term: number): Compared => {
    const one = prepared[i];
    if (!one) throw new Error(`no indicator ${i}`);
    const content = { indicators: [...declared], parameters: [...parametersOf(term)] };
    return compareIndicator(
      one,
      content,
      declared.map(({ name }) => readName(name)),
    );
  };
  const severalRows = (i: number, place: number, declared: Int32Array, term: number): Compared => {
    const meant = [...declared].filter((row) => rowOf(row).indicators.includes(i));
    const name = `${place} ${meant.join(' ')}`;
    const before = together[i]?.get(name);
    if (before) return before;
    const rowsOf = meant.map((row) => rowOf(row).row);
    const made = compareExactly(i, rowsOf, term);
    together[i]?.set(name, made);
    return made;
  };

  return {
    /** Compares the version whose numbers begin at `at`. */
    compare(numbers: Int32Array, at: number): ComparedTerms {
      const first = at + PLACE.rows;
      const end = first + (numbers[at + PLACE.rowCount] ?? 0);
      const term = numbers[at + PLACE.parameters] ?? 0;
      slots.fill(NONE);
      for (let r = first; r < end; r++) {
        const row = numbers[r] ?? 0;
        for (const i of rowOf(row).indicators) slots[i] = slots[i] === NONE ? row : SEVERAL;
      }
      const circumstancesOf = placesOf(term);
      const indicators: Compared['result'][] = [];
      const keys: (string | null)[] = [];
      let name = '';
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] ?? NONE;
        const place = circumstancesOf[i] ?? 0;
        let compared: Compared | undefined;
        if (slot === SEVERAL) compared = severalRows(i, place, numbers.subarray(first, end), term);
        else {
          const cells = alone[i]?.[place];
          compared = cells?.get(slot);
          if (!compared) {
            compared = compareExactly(i, slot === NONE ? [] : [rowOf(slot).row], term);
            cells?.set(slot, compared);
          }
        }
        indicators.push(compared.result);
        keys.push(compared.key);
        name += outcomeCode(compared.result);
      }
      let came = overall.get(name);
      if (!came) {
        came = { ...overallOf(scheme, indicators), outcomes: name };
        overall.set(name, came);
      }
      const { grade, score, excluded, outcomes } = came;
      return { result: { indicators, grade, score, excluded }, outcomes, keys };
    },
    /** The rows of a version that mean no indicator of the scheme. */
    unmatched(numbers: Int32Array, at: number): readonly DeclaredIndicator[] {
      const first = at + PLACE.rows;
      const found: DeclaredIndicator[] = [];
      for (let r = first; r < first + (numbers[at + PLACE.rowCount] ?? 0); r++) {
        const { row, indicators } = rowOf(numbers[r] ?? 0);
        if (indicators.length === 0) found.push(row);
      }
      return found;
    },
  };
}
