import type { ComponentChildren, VNode } from 'preact';
import type { Explanation } from '../../domain/comparisons/explain.ts';
import type { NextGrade } from '../../domain/comparisons/next-grade.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { RowChange } from '../../domain/rankings/row-change.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Facts, Hash } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { Causes } from './changes-page.tsx';
import { whyInWords } from './excluded-table.tsx';
import { NextGradeList } from './next-grade.tsx';
import { IndicatorSteps } from './provenance-steps.tsx';

export interface ProvenanceProps {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly head: ListHead;
  readonly scheme: Scheme;
  readonly entry: ListEntry;
  readonly document: DeclarationDocument;
  readonly explanation: Explanation;
  readonly next: NextGrade | null;
  readonly change: RowChange | null;
  /** Objections to the row, and the way to raise one. */
  readonly disputes: ComponentChildren;
}

/** How one row came to be: from the declared text to the grade, each step with the rule that it follows. */
export function ProvenancePage(props: ProvenanceProps): VNode {
  const { frame, list, edition, head, scheme, entry, document, explanation, next, change } = props;
  const t = frame.t.lists.source;
  const board = `${words(frame, scheme.title)} ${frame.t.boards.suffix} · ${frame.t.boards.edition(edition)}`;
  const schemeAddress = link(frame, `/schemes/${head.scheme.code}/${head.scheme.version}`);
  const version = `/api/v1/declarations/${entry.declaration}/versions/${entry.revision}`;
  return (
    <Layout frame={frame} title={`${t.title} ${entry.number} · ${board}`} section="boards">
      <article class="provenance">
        <p class="kicker">
          <a href={link(frame, `/boards/${list}/${edition}`)}>{board}</a>
        </p>
        <h1>{`${t.title} ${entry.number}`}</h1>
        <p class="lead">{t.lead(document.enterprise.name, entry.product)}</p>
        <Facts
          facts={[
            [t.result, resultInWords(frame, scheme, entry)],
            [
              frame.t.board.enterpriseName,
              <OrganisationName frame={frame} name={entry.enterprise.name} href={`/e/${entry.enterprise.code}`} />,
            ],
            [
              t.declaration,
              <a href={link(frame, `/s/${entry.declaration}`)}>
                <Chinese frame={frame}>{`${entry.number} · ${entry.model}`}</Chinese>
              </a>,
            ],
            [t.document, <a href={version}>{t.version(entry.revision)}</a>],
            [t.documentSha256, <Hash value={entry.document} />],
            [frame.t.boards.scheme, <a href={schemeAddress}>{`${head.scheme.code} v${head.scheme.version}`}</a>],
          ]}
        />
        {change ? (
          <section aria-labelledby="change">
            <h2 id="change">{t.change}</h2>
            <Causes frame={frame} causes={change.causes} />
          </section>
        ) : null}
        {explanation.indicators.map((indicator, i) => {
          const of = scheme.indicators[i];
          return of ? (
            <IndicatorSteps frame={frame} indicator={of} explained={indicator} shown={entry.indicators[i]} />
          ) : null;
        })}
        <section aria-labelledby="grade">
          <h2 id="grade">{t.general.grade}</h2>
          <p>{`${t.gradeWords[scheme.method]}${frame.t.site.colon}${resultInWords(frame, scheme, entry)}`}</p>
        </section>
        {next ? <NextGradeList frame={frame} scheme={scheme} next={next} /> : null}
        {props.disputes}
      </article>
    </Layout>
  );
}

function resultInWords(frame: Frame, scheme: Scheme, entry: ListEntry): string {
  const t = frame.t.board;
  if (entry.excluded) return `${frame.t.lists.source.excluded}${frame.t.site.colon}${whyInWords(frame, scheme, entry)}`;
  const score = entry.score === null ? '' : ` · ${frame.t.lists.score} ${entry.score}`;
  return entry.grade === null ? frame.t.lists.state.published : `${t.grades[entry.grade]}${score}`;
}
