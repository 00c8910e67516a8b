import type { Distribution } from '../../domain/rankings/distribution.ts';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { Grade, Scheme } from '../../domain/schemes/scheme.ts';
import type { Frame } from '../frame.ts';
import type { EditionState } from './board-state.tsx';
import type { ShownLeft } from './left-table.tsx';

/** Rows a page shows. */
export const BOARD_ROWS = 100;

export interface BoardQuery {
  readonly chart: string | null;
  readonly q: string;
  /** Rows of one grade only; null for all. */
  readonly grade: Grade | null;
  /** Pages from 1: of the rows, and of those left out. */
  readonly page: number;
  readonly left: number;
}

export interface BoardProps {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly newest: number;
  readonly publishedAt: Date;
  readonly sha256: string;
  readonly run: string;
  readonly body: string;
  readonly head: ListHead;
  readonly scheme: Scheme;
  readonly distributions: readonly Distribution[];
  readonly query: BoardQuery;
  readonly rows: readonly ListEntry[];
  /** With a filter: how many rows match, and how far was searched. */
  readonly filtered: { readonly matches: number; readonly searched: number } | null;
  readonly excluded: readonly ListEntry[];
  /** What has left, the newest first, as many as the page shows. */
  readonly gone: { readonly rows: readonly ShownLeft[]; readonly total: number };
  readonly state: EditionState;
  /** The program that recomputes the edition in the reader's browser; null where nothing was built. */
  readonly verifier: { readonly worker: string; readonly kilobytes: number } | null;
  /** What this edition says of rows on the page: new, or changed. */
  readonly marks: ReadonlyMap<string, 'entered' | 'moved'>;
  /** Objections that are accepted and not decided, by declaration; those to the whole edition under ''. */
  readonly disputes: ReadonlyMap<string, readonly (readonly [declaration: string | null, objection: string])[]>;
}
