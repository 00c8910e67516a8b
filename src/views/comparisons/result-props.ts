import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { Distribution } from '../../domain/rankings/distribution.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { Outlier } from '../../domain/rankings/outliers.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import type { AtDesk } from '../desk/desk-layout.tsx';
import type { Frame } from '../frame.ts';
import type { ShownChange } from '../rankings/changes-page.tsx';

export interface ResultProps {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly run: string;
  readonly scheme: Scheme;
  readonly head: ListHead;
  readonly isTrial: boolean;
  readonly released: number | null;
  readonly distributions: readonly Distribution[];
  readonly chart: string;
  readonly outliers: readonly Outlier[];
  readonly unmatched: number;
  readonly changes: readonly ShownChange[];
  /** The first rows of the list. */
  readonly rows: readonly ListEntry[];
  /** Other results by the same code, newest first, and the difference to the chosen one. */
  readonly others: readonly { readonly run: string; readonly requestedAt: Date }[];
  readonly against: { readonly run: string; readonly changes: readonly ShownChange[] } | null;
  readonly sample: readonly ListEntry[];
  readonly isPrepared: boolean;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}
