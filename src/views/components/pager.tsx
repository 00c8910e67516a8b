import type { VNode } from 'preact';
import type { Frame } from '../frame.ts';

/** Links to the page before and the page after; an absent one is left out. */
export function Pager({
  frame,
  previous,
  next,
  label,
}: {
  readonly frame: Frame;
  readonly previous: string | null;
  readonly next: string | null;
  readonly label?: string;
}): VNode | null {
  const t = frame.t.board;
  if (!previous && !next) return null;
  return (
    <nav class="pager" aria-label={label ?? t.pages}>
      {previous ? (
        <a rel="prev" href={previous}>
          {t.previous}
        </a>
      ) : null}
      {next ? (
        <a rel="next" href={next}>
          {t.next}
        </a>
      ) : null}
    </nav>
  );
}
