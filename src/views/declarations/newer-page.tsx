import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

/** A declaration that moved on while someone was changing it. */
export function NewerPage({ frame, id }: { readonly frame: Frame; readonly id: string }): VNode {
  const t = frame.t.submit;
  return (
    <Layout frame={frame} title={t.newer} section="desk" hasErrors>
      <h1>{t.newer}</h1>
      <p class="lead">{t.newerLead}</p>
      <p>
        <a class="button primary" href={link(frame, `/s/${id}`)}>
          {t.newerLink}
        </a>
      </p>
    </Layout>
  );
}
