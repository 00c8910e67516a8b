import type { VNode } from 'preact';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { DrawList, type ShownDraw } from './draw-list.tsx';

export function DrawsPage({ frame, draws }: { readonly frame: Frame; readonly draws: readonly ShownDraw[] }): VNode {
  const t = frame.t.draws;
  return (
    <Layout frame={frame} title={t.title} section="draws">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {draws.length > 0 ? <DrawList frame={frame} draws={draws} /> : <p>{t.none}</p>}
    </Layout>
  );
}
