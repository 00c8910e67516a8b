import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

/** The newest edition of a list, as lists of lists show it. */
export interface ShownBoard {
  readonly list: string;
  readonly edition: number;
  readonly title: Text;
  readonly body: string;
  readonly compared: number;
  readonly ranked: number;
  readonly publishedAt: Date;
}

export function BoardList({ frame, boards }: { readonly frame: Frame; readonly boards: readonly ShownBoard[] }): VNode {
  const t = frame.t.boards;
  return (
    <ul class="object-list">
      {boards.map((board) => (
        <li>
          <a href={link(frame, `/boards/${board.list}/${board.edition}`)}>
            {`${words(frame, board.title)} · ${t.edition(board.edition)}`}
          </a>
          <p class="under">
            <OrganisationName frame={frame} name={board.body} />
            {` · ${formatDate(board.publishedAt)} · ${t.compared} ${t.items(formatCount(board.compared))} · ${t.ranked} ${formatCount(board.ranked)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
