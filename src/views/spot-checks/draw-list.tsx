import type { VNode } from 'preact';
import type { DrawState } from '../../domain/spot-checks/vocabulary.ts';
import { StateTag } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link } from '../frame.ts';

export interface ShownDraw {
  readonly id: string;
  readonly title: string;
  readonly state: DrawState;
  readonly regulator: string;
  readonly plannedAt: Date;
  readonly drawn: number;
}

export function DrawList({ frame, draws }: { readonly frame: Frame; readonly draws: readonly ShownDraw[] }): VNode {
  const t = frame.t.draws;
  return (
    <ul class="object-list">
      {draws.map((draw) => (
        <li>
          <a href={link(frame, `/draws/${draw.id}`)}>
            <Chinese frame={frame}>{draw.title}</Chinese>
          </a>{' '}
          <StateTag state={draw.state} text={t.states[draw.state]} />
          <p class="under">
            <span class="code">{draw.id}</span>
            {' · '}
            <OrganisationName frame={frame} name={draw.regulator} />
            {` · ${t.plannedOn} ${formatDate(draw.plannedAt)}`}
            {draw.drawn > 0 ? ` · ${t.objects(formatCount(draw.drawn))}` : ''}
          </p>
        </li>
      ))}
    </ul>
  );
}
