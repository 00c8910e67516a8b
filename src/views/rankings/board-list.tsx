import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { PeriodTag } from './board-state.tsx';

/** The newest edition of a list, as lists of lists show it. */
export interface ShownBoard {
  readonly list: string;
  readonly edition: number;
  readonly title: Text;
  readonly body: string;
  readonly compared: number;
  readonly ranked: number;
  readonly publishedAt: Date;
  readonly objectionsUntil: string | null;
  readonly validUntil: string | null;
}

interface Props {
  readonly frame: Frame;
  readonly boards: readonly ShownBoard[];
  readonly today: string;
}

export function BoardList({ frame, boards, today }: Props): VNode {
  const t = frame.t.boards;
  return (
    <ul class="object-list">
      {boards.map((board) => (
        <li>
          <a href={link(frame, `/boards/${board.list}/${board.edition}`)}>
            {`${words(frame, board.title)} · ${t.edition(board.edition)}`}
          </a>{' '}
          <PeriodTag frame={frame} today={today} {...board} />
          <p class="under">
            <OrganisationName frame={frame} name={board.body} />
            {` · ${formatDate(board.publishedAt)} · ${t.compared} ${t.items(formatCount(board.compared))} · ${t.ranked} ${formatCount(board.ranked)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
