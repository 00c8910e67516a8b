import type { VNode } from 'preact';
import { type Frame, link, withQuery } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly object: string;
  /** Numbers of all objections to the row, decided ones too. */
  readonly numbers: readonly string[];
}

/** The objections to a row, which stay in its history, and the way to raise one. */
export function RowDisputes({ frame, object, numbers }: Props): VNode {
  const t = frame.t.lists.source;
  return (
    <section aria-labelledby="disputes">
      <h2 id="disputes">{t.disputes}</h2>
      {numbers.length > 0 ? (
        <ul>
          {numbers.map((number) => (
            <li>
              <a href={link(frame, `/objections/${number}`)}>{number}</a>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a class="button" href={link(frame, withQuery('/objections/new', { object }))}>
          {t.raise}
        </a>
      </p>
    </section>
  );
}
