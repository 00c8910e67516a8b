import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';

/** From a ranking list to the forerunners that came of it, or to the round that is under way. */
export function BoardForerunners({
  frame,
  list,
  of,
}: {
  readonly frame: Frame;
  readonly list: string;
  readonly of: { readonly edition: number | null; readonly round: string | null };
}): VNode | null {
  const t = frame.t.forerunners;
  if (of.edition === null && of.round === null) return null;
  return (
    <p>
      {of.edition === null ? null : (
        <a href={link(frame, `/forerunners/${list}/${of.edition}`)}>{`${t.link} ${t.edition(String(of.edition))}`}</a>
      )}{' '}
      {of.round === null ? null : <a href={link(frame, `/forerunner-rounds/${of.round}`)}>{t.roundLink}</a>}
    </p>
  );
}
