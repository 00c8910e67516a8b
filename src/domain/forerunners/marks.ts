import type { RemovalCause } from './vocabulary.ts';
import type { ForerunnerEntry } from './list.ts';

/** What the register knows of a listed declaration today. */
export interface EntryToday {
  readonly state: string;
  readonly revision: number;
  /** Standards that it cites and that are no longer in force, by number. */
  readonly outdated: readonly string[];
  /** Objections to the entry that were decided to take it off. */
  readonly decidedOut: readonly string[];
}

export const MARKS = ['expired', 'ended', 'revised', 'cites-outdated', 'decided-out'] as const;
export type Mark = (typeof MARKS)[number];

export interface EntryMark {
  readonly mark: Mark;
  readonly about: string;
  /** The cause that the body is proposed for taking it off; null: nothing to take off by. */
  readonly proposes: Exclude<RemovalCause, 'expired'> | null;
}

/** What became of an entry since it was listed; computed when it is read, so that nothing waits for a person. */
export function marksOf(
  { declaration, revision, validUntil }: Pick<ForerunnerEntry, 'declaration' | 'revision' | 'validUntil'>,
  today: string,
  now: EntryToday,
): readonly EntryMark[] {
  const marks: EntryMark[] = [];
  const add = (mark: Mark, about: string, proposes: EntryMark['proposes']) => marks.push({ mark, about, proposes });
  if (validUntil < today) add('expired', validUntil, null);
  if (now.state !== 'current') add('ended', `${declaration}/${now.revision}`, 'standard-ended');
  else if (now.revision !== revision) add('revised', `${declaration}/${now.revision}`, 'standard-replaced');
  for (const number of now.outdated) add('cites-outdated', number, 'standard-replaced');
  for (const objection of now.decidedOut) add('decided-out', objection, 'objection');
  return marks;
}
