import type { ComparisonResult, IndicatorResult } from '../comparisons/result.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import type { Grade } from '../schemes/scheme.ts';
import { type ListHead, type ListRow, outcomeCode, rankOf, tierRankOf } from './list.ts';

/** An indicator of a row: its result, and its place among the tiers of that indicator (1, 1, 3). */
export type ListIndicator = IndicatorResult & { readonly tierRank?: number };

/** A row with what follows from the document that it names, as people read it. */
export interface ListEntry {
  readonly rank: number | null;
  readonly grade: Grade | null;
  readonly score: string | null;
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: string;
  readonly product: string;
  readonly model: string;
  readonly indicators: readonly ListIndicator[];
  readonly excluded: ListRow['excluded'];
}

/**
 * Reads a row together with its document, by comparing that one declaration again. Throws where the outcome is not the
 * one that stands in the list: then list and documents do not belong together.
 */
export function readEntry(
  head: ListHead,
  row: ListRow,
  document: DeclarationDocument,
  compare: (document: DeclarationDocument) => ComparisonResult,
): ListEntry {
  const result = compare(document);
  const admitted = !row.outcomes.startsWith('!');
  const outcomes = result.indicators.map(outcomeCode).join('');
  if ((admitted && outcomes !== row.outcomes) || result.grade !== row.grade)
    throw new Error(`${row.declaration}/${row.revision} compares to ${outcomes}, and the list says ${row.outcomes}`);
  const product = document.content.products[0];
  return {
    rank: row.excluded ? null : rankOf(head, row.grade),
    grade: row.grade,
    score: row.score,
    declaration: row.declaration,
    revision: row.revision,
    document: row.document,
    enterprise: document.enterprise,
    number: document.number.canonical,
    product: product?.name ?? '',
    model: product?.models[0] ?? '',
    indicators: result.indicators.map((indicator, i) => {
      const summary = head.indicators[i];
      const tierRank = admitted && summary ? tierRankOf(summary, indicator.tier) : null;
      return tierRank === null ? indicator : { ...indicator, tierRank };
    }),
    excluded: row.excluded,
  };
}
