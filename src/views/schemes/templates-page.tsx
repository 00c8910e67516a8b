import type { VNode } from 'preact';
import type { GradedTable } from '../../domain/schemes/graded-tables.ts';
import { hasOverallGrade } from '../../domain/schemes/scheme.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { IndicatorList } from './indicator-section.tsx';

/** The graded tables that ship with the register, one of them opened; each threshold with what is known of it. */
export function TemplatesPage({
  frame,
  tables,
  opened,
}: {
  readonly frame: Frame;
  readonly tables: readonly GradedTable[];
  readonly opened: GradedTable | null;
}): VNode {
  const t = frame.t.schemes;
  return (
    <Layout frame={frame} title={opened ? words(frame, opened.scheme.title) : t.templates} section="boards">
      {opened ? <Opened frame={frame} table={opened} /> : <h1>{t.templates}</h1>}
      {opened ? null : <p class="lead">{t.templatesLead}</p>}
      <ul class="object-list" aria-label={t.templates}>
        {tables.map(({ id, scheme, supersededBy }) => (
          <li>
            <a href={link(frame, `/schemes/templates/${id}`)}>{words(frame, scheme.title)}</a>
            <p class="under">{[scheme.category, ...(supersededBy ? [t.superseded(supersededBy)] : [])].join(' · ')}</p>
          </li>
        ))}
      </ul>
      <p>
        <a href={link(frame, '/schemes')}>{t.allVersions}</a>
      </p>
    </Layout>
  );
}

function Opened({ frame, table }: { readonly frame: Frame; readonly table: GradedTable }): VNode {
  const t = frame.t.schemes;
  const { scheme, supersededBy } = table;
  return (
    <article class="scheme">
      <p class="kicker">{t.templates}</p>
      <h1>{words(frame, scheme.title)}</h1>
      {supersededBy ? <p class="notice">{t.superseded(supersededBy)}</p> : null}
      <p class="reading">{t.templatesLead}</p>
      <p class="reading">{scheme.basis}</p>
      {hasOverallGrade(scheme) ? null : <p class="reading">{t.tiersOnly}</p>}
      <IndicatorList frame={frame} indicators={scheme.indicators} />
      <h2>{t.templates}</h2>
    </article>
  );
}
