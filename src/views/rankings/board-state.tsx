import type { VNode } from 'preact';
import { StateTag } from '../components/facts.tsx';
import { formatCount } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import type { ListHead } from '../../domain/rankings/list.ts';

/** What becomes of an edition after its release; none of it is in its bytes. */
export interface EditionState {
  readonly today: string;
  readonly objectionsUntil: string | null;
  readonly validUntil: string | null;
  /** The next edition, where it corrects this one. */
  readonly correctedBy: number | null;
  readonly openObjections: number;
  /** The newest forerunners that came of the list, and the round of them that is under way. */
  readonly forerunners?: { readonly edition: number | null; readonly round: string | null };
  /** Standards that its listed rows cite and that stopped being in force since. */
  readonly outdated: readonly {
    readonly number: string;
    readonly listed: number;
    readonly on: string | null;
    readonly by: readonly string[];
  }[];
}

export function EditionTags({ frame, state }: { readonly frame: Frame; readonly state: EditionState }): VNode {
  const t = frame.t.lists.state;
  const { correctedBy, openObjections } = state;
  return (
    <span class="tags">
      {correctedBy === null ? null : <StateTag state="failed" text={t.corrected(correctedBy)} />}
      <PeriodTag frame={frame} {...state} />
      {openObjections > 0 ? <StateTag state="requested" text={t.disputes(formatCount(openObjections))} /> : null}
    </span>
  );
}

/** Open to objections, published, or past its validity; each counted in days of Beijing. */
export function PeriodTag({
  frame,
  today,
  objectionsUntil,
  validUntil,
}: { readonly frame: Frame } & Pick<EditionState, 'today' | 'objectionsUntil' | 'validUntil'>): VNode {
  const t = frame.t.lists.state;
  if (validUntil !== null && validUntil < today) return <StateTag state="failed" text={t.expired(validUntil)} />;
  return objectionsUntil !== null && today <= objectionsUntil ? (
    <StateTag state="running" text={t.objections(objectionsUntil)} />
  ) : (
    <StateTag state="finished" text={t.published} />
  );
}

/** What a reader has to know before the rows: a correction, a standard that is replaced, what changed. */
export function EditionNotices({
  frame,
  list,
  edition,
  head,
  state,
}: {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly head: ListHead;
  readonly state: EditionState;
}): VNode {
  const t = frame.t.lists;
  const { entered, moved, left } = head.changes;
  return (
    <>
      {head.correction && head.previous ? (
        <p class="notice">{t.correctionOf(head.previous.edition, head.correction.reason)}</p>
      ) : null}
      {state.outdated.map(({ number, listed, on, by }) => (
        <p class="notice">
          {`${t.outdated(number, on ?? '', formatCount(listed))} ${by.length > 0 ? t.replacedBy(by.join(frame.t.site.comma)) : ''}`.trim()}
        </p>
      ))}
      <p>
        {head.previous ? (
          <a href={link(frame, `/boards/${list}/${edition}/changes`)}>
            {t.changesLink(formatCount(entered), formatCount(moved), formatCount(left))}
          </a>
        ) : (
          t.firstEdition
        )}
      </p>
    </>
  );
}
