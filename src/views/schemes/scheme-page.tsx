import type { VNode } from 'preact';
import { SCHEME_STATE_TEXT, type SchemeState } from '../../domain/schemes/life.ts';
import type { SchemeDifference } from '../../domain/schemes/difference.ts';
import type { SchemePreview } from '../../domain/schemes/preview.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Facts, Hash, StateTag } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatDate } from '../format.ts';
import { type Frame, link, withQuery, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { ChangesSection, HistorySection, type ShownStage } from './history-section.tsx';
import { IndicatorList } from './indicator-section.tsx';
import { MethodSection } from './method-section.tsx';
import { PreviewFigures } from './preview-section.tsx';
import { choiceWords } from './scheme-words.ts';

interface Props {
  readonly frame: Frame;
  readonly scheme: Scheme;
  readonly body: string;
  readonly sha256: string;
  readonly publishedAt: Date;
  readonly state: SchemeState;
  readonly stages: readonly ShownStage[];
  /** What it changed of the version before; null for the first. */
  readonly differences: readonly SchemeDifference[] | null;
  readonly preview: (SchemePreview & { readonly bounded: boolean }) | null;
}

/** A version of a scheme in full: what is compared, by which thresholds, how it is graded, and how it came to be. */
export function SchemePage(props: Props): VNode {
  const { frame, scheme, state, preview } = props;
  const t = frame.t.schemes;
  const title = `${words(frame, scheme.title)} · ${frame.t.scheme.kicker} ${scheme.code}`;
  return (
    <Layout frame={frame} title={title} section="boards">
      <article class="scheme">
        <p class="kicker">{`${frame.t.scheme.kicker} ${scheme.code} · ${frame.t.scheme.version(scheme.version)}`}</p>
        <h1>{words(frame, scheme.title)}</h1>
        <p class="lead">
          <StateTag state={state} text={words(frame, SCHEME_STATE_TEXT[state])} />
        </p>
        <SchemeFacts {...props} />
        {scheme.scope ? (
          <section aria-labelledby="scope">
            <h2 id="scope">{t.scope}</h2>
            <p class="reading">{words(frame, scheme.scope)}</p>
          </section>
        ) : null}
        <Requirements frame={frame} scheme={scheme} />
        <IndicatorList frame={frame} indicators={scheme.indicators} />
        <MethodSection frame={frame} scheme={scheme} example={preview?.example ?? null} />
        {preview ? (
          <section aria-labelledby="distribution">
            <h2 id="distribution">{t.distribution}</h2>
            <PreviewFigures frame={frame} preview={preview} core />
          </section>
        ) : null}
        <HistorySection frame={frame} stages={props.stages} body={props.body} />
        {props.differences ? (
          <ChangesSection frame={frame} version={scheme.version - 1} differences={props.differences} />
        ) : null}
        <Files {...props} />
      </article>
    </Layout>
  );
}

function SchemeFacts({ frame, scheme, body, publishedAt }: Props): VNode {
  const t = frame.t.scheme;
  return (
    <>
      <Facts
        strip
        facts={[
          [t.body, <OrganisationName frame={frame} name={body} />],
          [t.category, scheme.category],
          [t.valid, `${scheme.validFrom} ${t.to} ${scheme.validTo}`],
          [frame.t.boards.publishedOn, formatDate(publishedAt)],
        ]}
      />
      {scheme.basis ? <p class="reading">{`${t.basis}${frame.t.site.colon}${scheme.basis}`}</p> : null}
    </>
  );
}

function Requirements({ frame, scheme }: Pick<Props, 'frame' | 'scheme'>): VNode | null {
  const t = frame.t.schemes;
  if (!scheme.requirements || scheme.requirements.length === 0) return null;
  return (
    <section aria-labelledby="requirements">
      <h2 id="requirements">{t.requirements}</h2>
      <ul>
        {scheme.requirements.map(({ text, evidence }) => (
          <li>
            {words(frame, text)}{' '}
            <small>{`${t.evidence}${frame.t.site.colon}${choiceWords(frame, 'requirement', 'evidence', evidence)}`}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Files({ frame, scheme, sha256, state }: Props): VNode {
  const t = frame.t.schemes;
  const at = `/api/v1/schemes/${scheme.code}/${scheme.version}`;
  const objection = withQuery('/objections/new', { object: `scheme/${scheme.code}/${scheme.version}` });
  return (
    <section aria-labelledby="document">
      <h2 id="document">{frame.t.board.sha256}</h2>
      <p>
        <Hash value={sha256} />
      </p>
      <p class="actions">
        <a class="button" href={at}>
          {t.json}
        </a>{' '}
        <a class="button" href={`${at}/workbook`}>
          {t.workbook}
        </a>{' '}
        <a href={link(frame, `/boards/${scheme.code}`)}>{frame.t.scheme.boards}</a>{' '}
        <a href={link(frame, '/schemes')}>{t.allVersions}</a>
      </p>
      <p>
        {state === 'objection' ? `${t.objectHint} ` : ''}
        <a href={link(frame, objection)}>{t.object}</a>
      </p>
    </section>
  );
}
