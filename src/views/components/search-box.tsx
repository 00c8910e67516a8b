import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';

/** The one search of the register. */
export function SearchBox({
  frame,
  query = '',
  category,
}: {
  readonly frame: Frame;
  readonly query?: string;
  readonly category?: string | undefined;
}): VNode {
  const t = frame.t.search;
  return (
    <form class="search-box" action={link(frame, '/search')} role="search">
      <label for="q">{t.label}</label>
      <div class="search-row">
        <input
          id="q"
          type="search"
          name="q"
          value={query}
          maxLength={100}
          autocomplete="off"
          aria-describedby="q-hint"
        />
        {category ? <input type="hidden" name="category" value={category} /> : null}
        <button class="primary">{t.button}</button>
      </div>
      <p id="q-hint" class="hint">
        {t.hint}
      </p>
    </form>
  );
}
