import type { VNode } from 'preact';
import { SearchBox } from '../components/search-box.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { BoardList, type ShownBoard } from '../rankings/board-list.tsx';
import { DrawList, type ShownDraw } from '../spot-checks/draw-list.tsx';

interface Props {
  readonly frame: Frame;
  readonly counts: { readonly declarations: number; readonly enterprises: number; readonly lists: number };
  readonly asOf: Date;
  readonly boards: readonly ShownBoard[];
  readonly draws: readonly ShownDraw[];
}

export function HomePage({ frame, counts, asOf, boards, draws }: Props): VNode {
  const t = frame.t.home;
  return (
    <Layout frame={frame} title={t.title}>
      <div class="home">
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <SearchBox frame={frame} />
        <section aria-labelledby="counters">
          <h2 id="counters" class="visually-hidden">
            {t.counters}
          </h2>
          <ul class="counters">
            {(['declarations', 'enterprises', 'lists'] as const).map((name) => (
              <li>
                <strong>{formatCount(counts[name])}</strong> {t[name]}
              </li>
            ))}
          </ul>
          <p class="hint">{t.asOf(formatMinute(asOf))}</p>
        </section>
        <div class="columns">
          <section aria-labelledby="newest-boards">
            <h2 id="newest-boards">{t.newestBoards}</h2>
            {boards.length > 0 ? (
              <BoardList frame={frame} boards={boards} today={dayInBeijing(asOf)} />
            ) : (
              <p>{t.noBoards}</p>
            )}
            <a href={link(frame, '/boards')}>{t.allBoards}</a>
          </section>
          <section aria-labelledby="newest-draws">
            <h2 id="newest-draws">{t.newestDraws}</h2>
            {draws.length > 0 ? <DrawList frame={frame} draws={draws} /> : <p>{t.noDraws}</p>}
            <a href={link(frame, '/draws')}>{t.allDraws}</a>
          </section>
        </div>
      </div>
    </Layout>
  );
}
