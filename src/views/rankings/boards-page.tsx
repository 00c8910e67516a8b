import type { VNode } from 'preact';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { BoardList, type ShownBoard } from './board-list.tsx';

export function BoardsPage({
  frame,
  boards,
}: {
  readonly frame: Frame;
  readonly boards: readonly ShownBoard[];
}): VNode {
  const t = frame.t.boards;
  return (
    <Layout frame={frame} title={t.title} section="boards">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {boards.length > 0 ? <BoardList frame={frame} boards={boards} /> : <p>{t.none}</p>}
    </Layout>
  );
}
