import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { BoardList, type ShownBoard } from './board-list.tsx';

export function BoardsPage({
  frame,
  boards,
  today,
}: {
  readonly frame: Frame;
  readonly boards: readonly ShownBoard[];
  readonly today: string;
}): VNode {
  const t = frame.t.boards;
  return (
    <Layout frame={frame} title={t.title} section="boards">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ul class="inline-list">
        {(
          [
            ['/schemes', frame.t.schemes.title],
            ['/bodies', frame.t.bodies.title],
            ['/objections', frame.t.objections.title],
          ] as const
        ).map(([path, title]) => (
          <li>
            <a href={link(frame, path)}>{title}</a>
          </li>
        ))}
      </ul>
      {boards.length > 0 ? <BoardList frame={frame} boards={boards} today={today} /> : <p>{t.none}</p>}
    </Layout>
  );
}
