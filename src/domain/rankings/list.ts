import { compareBytes } from '../bytes.ts';
import { type CanonicalValue, canonicalJson } from '../canonical.ts';
import type { ComparisonResult, IndicatorResult } from '../comparisons/compare.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import {
  type Grade,
  hasOverallGrade,
  PERFORMANCE_LEVELS,
  type PerformanceLevel,
  type Scheme,
} from '../schemes/scheme.ts';

/** Names the rules of this file and of `comparisons/`; a change that can move a row gets a new number. */
export const ENGINE = 'lingpao-weakest-core/1';

/** Said on every list: rows of one grade are equal, their order means nothing and favours nobody. */
export const DISPLAY_ORDER =
  'grade, then credit code, then compact standard number, in byte order; equal grades share a rank';

/** One compared declaration: what a row shows, and what it is ordered by. */
export interface ComparedDeclaration {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: { readonly canonical: string; readonly compact: string };
  readonly product: string;
  readonly model: string;
  readonly result: ComparisonResult;
}

export interface ListEntry {
  readonly rank: number | null;
  readonly grade: Grade | null;
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: string;
  readonly product: string;
  readonly model: string;
  readonly indicators: readonly ListIndicator[];
}

/** An indicator on a list: its result, and its place among the tiers of that indicator (1, 1, 3). */
export type ListIndicator = IndicatorResult & { readonly tierRank?: number };

export interface ExcludedEntry extends ListEntry {
  readonly reason: NonNullable<ComparisonResult['excluded']>['reason'];
  readonly reasonIndicators: readonly string[];
}

export interface IndicatorSummary {
  readonly code: string;
  readonly advanced: number;
  readonly average: number;
  readonly baseline: number;
  readonly below: number;
  readonly notComparable: number;
  readonly notApplicable: number;
  /** False when every comparable value is equal: then no ranking of this indicator is published, and the list says so. */
  readonly ranked: boolean;
}

export interface ListHead {
  readonly v: 1;
  readonly engine: string;
  readonly category: string;
  readonly scheme: { readonly code: string; readonly version: number; readonly sha256: string };
  /** The list is that of the register's first `logSize` public entries; null for inputs from a file. */
  readonly logSize: number | null;
  readonly inputs: { readonly count: number; readonly sha256: string };
  readonly overall: boolean;
  readonly order: string;
  readonly grades: { readonly 1: number; readonly 2: number; readonly 3: number };
  readonly entries: number;
  readonly excluded: number;
  readonly indicators: readonly IndicatorSummary[];
}

export interface RankingList {
  readonly head: ListHead;
  readonly entries: readonly ListEntry[];
  readonly excluded: readonly ExcludedEntry[];
}

export function compared(
  document: DeclarationDocument,
  documentSha256: string,
  result: ComparisonResult,
): ComparedDeclaration {
  const product = document.content.products[0];
  return {
    declaration: document.id,
    revision: document.revision,
    document: documentSha256,
    enterprise: document.enterprise,
    number: document.number,
    product: product?.name ?? '',
    model: product?.models[0] ?? '',
    result,
  };
}

/**
 * Ranks compared declarations into a list. Rank is by grade alone, ties share it and the next skips (1, 1, 3). Every
 * declaration is either an entry or excluded with its reason; the order of the input never matters.
 */
export function rank(
  scheme: Scheme,
  rows: readonly ComparedDeclaration[],
  source: Pick<ListHead, 'logSize' | 'inputs'> & { readonly schemeSha256: string },
): RankingList {
  const overall = hasOverallGrade(scheme);
  const sorted = [...rows].sort(byPlace);
  const summaries = scheme.indicators.map((indicator, i) => summarise(indicator.code, i, sorted));
  const listed = sorted.filter((row) => !row.result.excluded);
  const ranks = gradeRanks(listed);
  const excluded = sorted.filter((row) => row.result.excluded);
  const grades = { 1: countGrade(listed, 1), 2: countGrade(listed, 2), 3: countGrade(listed, 3) };
  return {
    head: {
      v: 1,
      engine: ENGINE,
      category: scheme.category,
      scheme: { code: scheme.code, version: scheme.version, sha256: source.schemeSha256 },
      logSize: source.logSize,
      inputs: source.inputs,
      overall,
      order: DISPLAY_ORDER,
      grades,
      entries: listed.length,
      excluded: excluded.length,
      indicators: summaries,
    },
    entries: listed.map((row) => entry(row, ranks, summaries)),
    excluded: excluded.map((row) => {
      const { revision, ...shown } = entry(row, ranks, summaries);
      const { reason, indicators: reasonIndicators } = row.result.excluded ?? {
        reason: 'nothing-in-a-tier',
        indicators: [],
      };
      return { ...shown, reason, reasonIndicators, revision };
    }),
  };
}

export type ListSection = 'head' | 'entries' | 'excluded';

/**
 * The list as one JSON document of one row a line, so that it can be hashed, streamed and read in parts: the head, the
 * entries, the excluded rows; each line with the section it stands in. The SHA-256 of all of it names the edition.
 */
export function* writeList(list: RankingList): Generator<readonly [section: ListSection, line: string]> {
  yield ['head', `{"head":${canonicalJson(list.head as unknown as CanonicalValue)},\n"entries":[\n`];
  yield* writeRows('entries', list.entries);
  yield ['head', '],\n"excluded":[\n'];
  yield* writeRows('excluded', list.excluded);
  yield ['head', ']}\n'];
}

function* writeRows(section: ListSection, rows: readonly ListEntry[]): Generator<readonly [ListSection, string]> {
  const last = rows.length - 1;
  for (const [i, row] of rows.entries()) {
    // The rows are made with their keys in order, so this is their RFC 8785 text, at a sixth of the time of sorting them.
    yield [section, `${JSON.stringify(row)}${i === last ? '' : ','}\n`];
  }
}

function byPlace(a: ComparedDeclaration, b: ComparedDeclaration): number {
  return (
    (a.result.grade ?? 9) - (b.result.grade ?? 9) ||
    compareBytes(a.enterprise.code, b.enterprise.code) ||
    compareBytes(a.number.compact, b.number.compact) ||
    compareBytes(a.declaration, b.declaration)
  );
}

/** Competition rank of each grade: one more than the number of rows of better grades. */
function gradeRanks(listed: readonly ComparedDeclaration[]): ReadonlyMap<Grade, number> {
  const first = countGrade(listed, 1);
  return new Map([
    [1, 1],
    [2, first + 1],
    [3, first + countGrade(listed, 2) + 1],
  ]);
}

function countGrade(rows: readonly ComparedDeclaration[], grade: Grade): number {
  return rows.reduce((count, row) => count + (row.result.grade === grade ? 1 : 0), 0);
}

function summarise(code: string, index: number, rows: readonly ComparedDeclaration[]): IndicatorSummary {
  const counts = { advanced: 0, average: 0, baseline: 0, below: 0, 'not-comparable': 0, 'not-applicable': 0 };
  let first: string | null = null;
  let differs = false;
  for (const row of rows) {
    const result = row.result.indicators[index];
    if (!result) continue;
    counts[result.outcome]++;
    if (result.value === null || result.outcome === 'not-comparable') continue;
    if (first === null) first = result.value;
    else if (first !== result.value) differs = true;
  }
  return {
    code,
    advanced: counts.advanced,
    average: counts.average,
    baseline: counts.baseline,
    below: counts.below,
    notComparable: counts['not-comparable'],
    notApplicable: counts['not-applicable'],
    ranked: differs,
  };
}

function entry(
  row: ComparedDeclaration,
  ranks: ReadonlyMap<Grade, number>,
  summaries: readonly IndicatorSummary[],
): ListEntry {
  const { grade } = row.result;
  return {
    declaration: row.declaration,
    document: row.document,
    enterprise: { code: row.enterprise.code, name: row.enterprise.name },
    grade,
    indicators: row.result.indicators.map(({ value, ...result }, i) => {
      const tierRank = tierRankOf(result.outcome, summaries[i]);
      return tierRank === null ? { ...result, value } : { ...result, tierRank, value };
    }),
    model: row.model,
    number: row.number.canonical,
    product: row.product,
    rank: grade === null ? null : (ranks.get(grade) ?? null),
    revision: row.revision,
  };
}

function tierRankOf(outcome: IndicatorResult['outcome'], summary: IndicatorSummary | undefined): number | null {
  const level = PERFORMANCE_LEVELS.indexOf(outcome as PerformanceLevel);
  if (!summary?.ranked || level < 0) return null;
  return 1 + PERFORMANCE_LEVELS.slice(0, level).reduce((count, better) => count + summary[better], 0);
}
