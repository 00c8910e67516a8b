import type { VNode } from 'preact';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Hash, Scroll } from '../components/facts.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface ShownEdition {
  readonly edition: number;
  readonly publishedAt: Date;
  readonly sha256: string;
  readonly head: ListHead;
}

/** Every edition of a list, dated, with its hash and what changed in it. */
export function EditionsPage({
  frame,
  list,
  scheme,
  editions,
}: {
  readonly frame: Frame;
  readonly list: string;
  readonly scheme: Scheme;
  readonly editions: readonly ShownEdition[];
}): VNode {
  const t = frame.t.lists.editions;
  const title = `${words(frame, scheme.title)} ${frame.t.boards.suffix}`;
  return (
    <Layout frame={frame} title={`${title} · ${t.title}`} section="boards">
      <p class="kicker">{title}</p>
      <h1>{t.title}</h1>
      <Scroll label={t.title}>
        <table class="cards" role="table">
          <thead>
            <tr role="row">
              {[t.number, t.published, t.entries, t.changes, t.sha256].map((head) => (
                <th role="columnheader" scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {editions.map(({ edition, publishedAt, sha256, head }) => (
              <tr role="row">
                <th role="rowheader" scope="row">
                  <a href={link(frame, `/boards/${list}/${edition}`)}>{frame.t.boards.edition(edition)}</a>
                  {head.correction ? <small class="under">{frame.t.lists.correction}</small> : null}
                </th>
                <td role="cell" data-label={t.published}>
                  {formatDate(publishedAt)}
                </td>
                <td role="cell" data-label={t.entries} class="number">
                  {formatCount(head.entries)}
                </td>
                <td role="cell" data-label={t.changes}>
                  {head.previous ? (
                    <a href={link(frame, `/boards/${list}/${edition}/changes`)}>
                      {`+${head.changes.entered} ~${head.changes.moved} −${head.changes.left}`}
                    </a>
                  ) : (
                    frame.t.lists.firstEdition
                  )}
                </td>
                <td role="cell" data-label={t.sha256}>
                  <Hash value={sha256} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Layout>
  );
}
