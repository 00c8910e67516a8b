import type { VNode } from 'preact';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export function AccessibilityPage({ frame }: { readonly frame: Frame }): VNode {
  const t = frame.t.accessibility;
  return (
    <Layout frame={frame} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <div class="reading">
        <p>{t.tested}</p>
        <p>{t.untested}</p>
        <p>{t.known}</p>
        <p>{t.feedback}</p>
      </div>
    </Layout>
  );
}
