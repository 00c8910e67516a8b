import type { ComparisonResult } from '../../domain/comparisons/result.ts';
import type { DeclaredIndicator } from '../../domain/declarations/content.ts';

/** How a category is read for a comparison, whichever way. */
export interface CategoryReading {
  readonly logSize: number;
  readonly stop: AbortSignal | undefined;
  readonly onCompared: (done: number, total: number) => Promise<void>;
  /** The declared rows of a declaration, or only those that mean no indicator of the scheme. */
  readonly onUnmatched: (
    document: { readonly id: string; readonly content: { readonly indicators: readonly DeclaredIndicator[] } },
    result: Pick<ComparisonResult, 'indicators'>,
  ) => void;
}
