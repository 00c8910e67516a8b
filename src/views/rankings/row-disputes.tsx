import type { VNode } from 'preact';
import { type Frame, link, withQuery } from '../frame.ts';

/** The way to the objections to a row, and to raise one. */
export function RowDisputes({ frame, object }: { readonly frame: Frame; readonly object: string }): VNode {
  const t = frame.t.lists.source;
  return (
    <section aria-labelledby="disputes">
      <h2 id="disputes">{t.disputes}</h2>
      <p>
        <a href={link(frame, withQuery('/objections', { object }))}>{t.disputes}</a>{' '}
        <a class="button" href={link(frame, withQuery('/objections/new', { object }))}>
          {t.raise}
        </a>
      </p>
    </section>
  );
}
