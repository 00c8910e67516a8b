import { compareBytes } from '../bytes.ts';
import type { ComparedDocument } from '../comparisons/compare.ts';
import type { ComparisonResult, ExclusionReason, IndicatorResult } from '../comparisons/result.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import { type Grade, hasOverallGrade, LIST_MONTHS, type Scheme } from '../schemes/scheme.ts';
import type { LeftRow, RowChange } from './row-change.ts';

/** Names the rules of this floor and of `comparisons/`; a change that can move a row gets a new number. */
export const ENGINE = 'lingpao-comparison/2';

/** Said on every list: rows of one grade are equal, their order means nothing and favours nobody. */
export const DISPLAY_ORDER =
  'grade, then credit code, then compact standard number, in byte order; equal grades share a rank';

/** How a row is written: what it names is in the declaration whose document has that SHA-256. */
export const ROW_LEGEND =
  '[declaration, revision, sha256 of its document, grade, outcome of each indicator (1 advanced, 2 average, 3 baseline, 4-9 lower tiers, b below, n not comparable, - not applicable, ! not admitted), score; of a row left out: reason, what it is about]';

/** One compared declaration: what it is ordered by, and what it came to. */
export interface ComparedDeclaration {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly creditCode: string;
  readonly numberCompact: string;
  readonly result: ComparisonResult;
  /** The outcome of each indicator, as rows have it. */
  readonly outcomes: string;
  /** Of each indicator, what is equal for equal values only. */
  readonly keys: readonly (string | null)[];
  readonly cited: readonly string[];
}

export type NeutralPlace = Pick<ComparedDeclaration, 'creditCode' | 'numberCompact' | 'declaration'>;

/** A row as it stands in the list's bytes; everything else follows from the document that it names. */
export interface ListRow {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly grade: Grade | null;
  readonly outcomes: string;
  readonly score: string | null;
  readonly excluded: { readonly reason: ExclusionReason; readonly about: readonly string[] } | null;
}

export interface IndicatorSummary {
  readonly code: string;
  /** Rows in tier 1, 2, …; levels are tiers 1 to 3. */
  readonly tiers: readonly number[];
  readonly below: number;
  readonly notComparable: number;
  readonly notApplicable: number;
  /** False when every comparable value is equal: then no ranking of this indicator is published, and the list says so. */
  readonly ranked: boolean;
}

export interface ListHead {
  readonly v: 2;
  readonly engine: string;
  readonly list: string;
  /** Credit code of the body that answers for the list; null for a list that is no edition. */
  readonly body: string | null;
  /** The edition that this is to be; null for a list that is no edition. */
  readonly edition: number | null;
  readonly previous: { readonly edition: number; readonly sha256: string } | null;
  /** Of an edition that corrects the one before: why, and after which objections. */
  readonly correction: { readonly reason: string; readonly objections: readonly string[] } | null;
  readonly category: string;
  readonly scheme: { readonly code: string; readonly version: number; readonly sha256: string };
  /** The list is that of the register's first `logSize` public entries; null for inputs from a file. */
  readonly logSize: number | null;
  readonly inputs: { readonly count: number; readonly sha256: string };
  readonly premises: { readonly sha256: string; readonly mappings: string; readonly decisions: readonly string[] };
  readonly overall: boolean;
  readonly method: string;
  readonly order: string;
  readonly rows: string;
  readonly ties: 'competition' | 'dense';
  readonly months: number;
  readonly grades: { readonly 1: number; readonly 2: number; readonly 3: number };
  readonly entries: number;
  readonly excluded: number;
  /** Rows that entered, moved, and left since the edition before. */
  readonly changes: { readonly entered: number; readonly moved: number; readonly left: number };
  readonly indicators: readonly IndicatorSummary[];
}

export interface RankingList {
  readonly head: ListHead;
  readonly entries: readonly ListRow[];
  readonly excluded: readonly ListRow[];
  readonly changes: readonly RowChange[];
  /** Rows that left, in this edition or an earlier one, and have not come back: they stay, struck through. */
  readonly left: readonly LeftRow[];
}

/** What a list is made from beside the compared declarations. */
export type ListSource = Pick<
  ListHead,
  'body' | 'logSize' | 'inputs' | 'premises' | 'edition' | 'previous' | 'correction'
> & { readonly schemeSha256: string };

export function compared(
  document: DeclarationDocument,
  documentSha256: string,
  { keys, cited, ...result }: ComparedDocument,
): ComparedDeclaration {
  return {
    declaration: document.id,
    revision: document.revision,
    document: documentSha256,
    creditCode: document.enterprise.code,
    numberCompact: document.number.compact,
    result,
    outcomes: outcomesOf(result.indicators),
    keys,
    cited,
  };
}

/**
 * Ranks compared declarations into a list. Every declaration is either an entry or excluded with its reason; the order of
 * the input never matters. `rankOf` gives the rank of a row: by grade alone, ties share it.
 */
export function rank(scheme: Scheme, rows: readonly ComparedDeclaration[], source: ListSource): RankingList {
  // Rows mostly come in neutral order already, which costs one look each; grades are few.
  const neutral = [...rows].sort(inNeutralOrder);
  const sorted = [1, 2, 3, null].flatMap((grade) => neutral.filter(({ result }) => result.grade === grade));
  const written = sorted.map(rowOf);
  const entries = written.filter((row) => !row.excluded);
  const excluded = written.filter((row) => row.excluded);
  const counted = (grade: Grade) => entries.filter((row) => row.grade === grade).length;
  const { schemeSha256, ...rest } = source;
  const outcomes = new Map<string, number>();
  for (const row of written) outcomes.set(row.outcomes, (outcomes.get(row.outcomes) ?? 0) + 1);
  return {
    head: {
      v: 2,
      engine: ENGINE,
      list: scheme.code,
      category: scheme.category,
      scheme: { code: scheme.code, version: scheme.version, sha256: schemeSha256 },
      ...rest,
      overall: hasOverallGrade(scheme),
      method: scheme.method,
      order: DISPLAY_ORDER,
      rows: ROW_LEGEND,
      ties: scheme.ties ?? 'competition',
      months: scheme.listMonths ?? LIST_MONTHS,
      grades: { 1: counted(1), 2: counted(2), 3: counted(3) },
      entries: entries.length,
      excluded: excluded.length,
      changes: { entered: 0, moved: 0, left: 0 },
      indicators: scheme.indicators.map(({ code }, i) => summarise(code, i, outcomes, written, sorted)),
    },
    entries,
    excluded,
    changes: [],
    left: [],
  };
}

/** Rank of a grade: ties share it, and the next skips (1, 1, 3) or not (1, 1, 2), as the scheme says. */
export function rankOf({ grades, ties }: Pick<ListHead, 'grades' | 'ties'>, grade: Grade | null): number | null {
  if (grade === null) return null;
  const better = ([1, 2, 3] as const).filter((one) => one < grade).map((one) => grades[one]);
  return 1 + better.reduce((sum, count) => sum + (ties === 'dense' ? Math.min(count, 1) : count), 0);
}

/** Place of a tier among the rows of one indicator (1, 1, 3); null where no ranking of it is published. */
export function tierRankOf({ ranked, tiers }: IndicatorSummary, tier: number | undefined): number | null {
  if (!ranked || tier === undefined) return null;
  return 1 + tiers.slice(0, tier - 1).reduce((sum, count) => sum + count, 0);
}

/** The row with the reason for which it is admitted to no list, once that is known. */
export function leaveOut(row: ComparedDeclaration, excluded: NonNullable<ListRow['excluded']>): ComparedDeclaration {
  return { ...row, result: { ...row.result, grade: null, score: null, excluded } };
}

/** Reasons for which a declaration stands in no tier either: it did not meet the entry condition. */
const NOT_ADMITTED: readonly ExclusionReason[] = ['decided-out', 'standard-not-in-force'];

function rowOf({ declaration, revision, document, result, outcomes }: ComparedDeclaration): ListRow {
  const admitted = !result.excluded || !NOT_ADMITTED.includes(result.excluded.reason);
  return {
    declaration,
    revision,
    document,
    grade: result.grade,
    outcomes: admitted ? outcomes : '!'.repeat(outcomes.length),
    score: result.score,
    excluded: result.excluded,
  };
}

export function outcomesOf(indicators: ComparisonResult['indicators']): string {
  return indicators.map(outcomeCode).join('');
}

export function outcomeCode({ outcome, tier }: Pick<IndicatorResult, 'outcome' | 'tier'>): string {
  if (tier !== undefined) return String(tier);
  if (outcome === 'not-comparable') return 'n';
  return outcome === 'not-applicable' ? '-' : 'b';
}

/** The order that favours nobody: credit code, compact number, declaration, byte by byte. */
export function inNeutralOrder(a: NeutralPlace, b: NeutralPlace): number {
  return (
    compareBytes(a.creditCode, b.creditCode) ||
    compareBytes(a.numberCompact, b.numberCompact) ||
    compareBytes(a.declaration, b.declaration)
  );
}

function summarise(
  code: string,
  index: number,
  outcomes: ReadonlyMap<string, number>,
  rows: readonly ListRow[],
  compared: readonly ComparedDeclaration[],
): IndicatorSummary {
  const tiers = [0, 0, 0];
  const counts = { b: 0, n: 0, '-': 0, '!': 0 };
  for (const [each, count] of outcomes) {
    const outcome = each.charAt(index);
    if (outcome in counts) counts[outcome as keyof typeof counts] += count;
    else tiers[Number(outcome) - 1] = (tiers[Number(outcome) - 1] ?? 0) + count;
  }
  return {
    code,
    tiers: Array.from(tiers, (count) => count ?? 0),
    below: counts.b,
    notComparable: counts.n,
    notApplicable: counts['-'],
    ranked: hasDifferentValues(index, rows, compared),
  };
}

function hasDifferentValues(
  index: number,
  rows: readonly ListRow[],
  compared: readonly ComparedDeclaration[],
): boolean {
  let first: string | null = null;
  for (const [i, row] of compared.entries()) {
    const key = rows[i]?.outcomes.startsWith('!') ? null : (row.keys[index] ?? null);
    if (key === null) continue;
    first ??= key;
    if (first !== key) return true;
  }
  return false;
}
