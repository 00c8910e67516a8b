import type { DeclarationEvent } from '../declarations/content.ts';
import type { Grade } from '../schemes/scheme.ts';

/** What can move a row of a list: what its enterprise or an authority did, or what the rules did. */
export const CHANGE_CAUSES = ['objection', 'version', 'standard', 'scheme', 'mapping', 'engine'] as const;

/** Why a row changed: the cause, the evidence that proves it, who acted, and on which day. */
export interface ChangeCause {
  readonly cause: (typeof CHANGE_CAUSES)[number];
  /** Of `version`: what happened to the declaration. */
  readonly event?: DeclarationEvent;
  /** Number of the objection, `declaration/revision`, number of the standard, `scheme/version`, hash, engine. */
  readonly evidence: string;
  /** Of a new declaration: the ended one that it goes on from. */
  readonly follows?: string;
  readonly by: string | null;
  readonly on: string | null;
}

/** Where a row stood or stands. */
export interface Standing {
  readonly revision: number;
  readonly document: string;
  readonly listed: boolean;
  readonly grade: Grade | null;
  readonly outcomes: string;
}

/** A row that entered the list, moved on it, or left it since the edition before. */
export interface RowChange {
  readonly change: 'entered' | 'moved' | 'left';
  readonly declaration: string;
  readonly from: Standing | null;
  readonly to: Standing | null;
  readonly causes: readonly ChangeCause[];
}

/** A row that has left: where it last stood, and in which edition it left. */
export interface LeftRow {
  readonly declaration: string;
  readonly edition: number;
  readonly last: Standing;
  readonly causes: readonly ChangeCause[];
}
