import type { VNode } from 'preact';
import type { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import type { CreditCodeMark } from '../../domain/enterprises/credit-code.ts';
import type { ShownDeclaration } from '../components/declaration-rows.tsx';
import { Facts, Hash } from '../components/facts.tsx';
import { FindingList, type ShownFinding } from '../components/finding-list.tsx';
import { Chinese, CreditCode, OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate, formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import type { ShownCategory } from '../search/search-page.tsx';
import { ChangeActions } from './change-actions.tsx';
import { IndicatorTable, ParameterTable, ProductTable } from './declared-tables.tsx';
import { History, type ShownVersion } from './history.tsx';
import { Listings, type ShownListing } from './listings.tsx';
import { Marks } from './marks.tsx';
import { PublicAnswers } from './public-answers.tsx';
import { standardFacts } from './standard-facts.tsx';

export interface DeclarationProps {
  readonly frame: Frame;
  readonly declaration: ShownDeclaration & {
    readonly revision: number;
    readonly documentSha256: string;
    readonly signer: string | null;
  };
  readonly category: ShownCategory | null;
  readonly creditCodeMark: CreditCodeMark | 'unconfirmed';
  readonly invented: boolean;
  /** Null while the entry waits for its place in the public log. */
  readonly logIndex: number | null;
  readonly findings: readonly ShownFinding[];
  readonly versions: readonly ShownVersion[];
  readonly listings: readonly ShownListing[];
  /** Of an executed standard: its catalogue entry, or null where the catalogue lacks it; undefined for own standards. */
  readonly catalogued: CatalogueStandard | null | undefined;
  readonly isDeregistered: boolean;
  /** The register's day, for what its dates say. */
  readonly today: string;
  /** What a member of its enterprise may do with it; null for everyone else. */
  readonly actions: { readonly mayWithdraw: boolean; readonly idempotencyKey: string } | null;
}

export function DeclarationPage(props: DeclarationProps): VNode {
  const { frame, declaration, findings } = props;
  const { number, content } = declaration.document;
  const t = frame.t.declaration;
  return (
    <Layout frame={frame} title={`${number.canonical} ${content.standard.name}`} section="standards">
      <article class="declaration">
        <p class="kicker code">{number.canonical}</p>
        <h1>
          <Chinese frame={frame}>{content.standard.name}</Chinese>
        </h1>
        <Sentence {...props} />
        <Marks {...props} />
        {props.actions ? <ChangeActions frame={frame} id={declaration.id} {...props.actions} /> : null}
        <section aria-labelledby="indicators">
          <h2 id="indicators">{t.indicators}</h2>
          {content.indicators.length > 0 ? (
            <IndicatorTable frame={frame} indicators={content.indicators} />
          ) : (
            <p>{t.noIndicators}</p>
          )}
        </section>
        <section aria-labelledby="products">
          <h2 id="products">{t.products}</h2>
          <ProductTable frame={frame} products={content.products} />
        </section>
        {content.parameters.length > 0 ? (
          <section aria-labelledby="parameters">
            <h2 id="parameters">{t.parameters}</h2>
            <ParameterTable frame={frame} parameters={content.parameters} />
          </section>
        ) : null}
        {(content.statements?.length ?? 0) + (content.waivers?.length ?? 0) > 0 ? (
          <section aria-labelledby="answers">
            <h2 id="answers">{frame.t.answers.title}</h2>
            <PublicAnswers frame={frame} content={content} />
          </section>
        ) : null}
        <Listings frame={frame} declaration={declaration.id} listings={props.listings} />
        <section aria-labelledby="findings">
          <h2 id="findings">{t.findings}</h2>
          <FindingList frame={frame} findings={findings} empty={t.noFindings} />
        </section>
        <section aria-labelledby="standard">
          <h2 id="standard">{t.standard}</h2>
          <StandardFacts {...props} />
        </section>
        <section aria-labelledby="history">
          <h2 id="history">{frame.t.history.title}</h2>
          <History frame={frame} id={declaration.id} versions={props.versions} />
        </section>
        <section aria-labelledby="receipt">
          <h2 id="receipt">{t.receipt}</h2>
          <Receipt {...props} />
        </section>
      </article>
    </Layout>
  );
}

/** The answer to the visitor's question, before anything else. */
function Sentence({ frame, declaration, invented, today }: DeclarationProps): VNode {
  const { enterprise, number, content } = declaration.document;
  const t = frame.t.declaration;
  const product = content.products[0]?.name ?? '';
  const { effectiveOn } = content.standard;
  const isUpcoming = declaration.state === 'current' && effectiveOn > today;
  const state = isUpcoming ? frame.t.marks.upcoming(effectiveOn) : frame.t.states[declaration.state];
  const gap = frame.lang === 'zh' ? '' : ' ';
  return (
    <p class="lead">
      <OrganisationName frame={frame} name={enterprise.name} invented={invented} href={`/e/${enterprise.code}`} />
      {`${gap}${t.declares}${gap}`}
      <Chinese frame={frame}>{product}</Chinese>
      {`${gap}${t.sentence(number.canonical, formatDate(declaration.publishedAt), state)}`}
    </p>
  );
}

function StandardFacts({ frame, declaration, category, creditCodeMark }: DeclarationProps): VNode {
  const { standard } = declaration.document.content;
  const { enterprise } = declaration.document;
  const t = frame.t.declaration;
  const shownCategory = category
    ? `${frame.lang === 'zh' ? category.nameZh : (category.nameEn ?? category.nameZh)} (${category.code})`
    : declaration.document.content.category;
  return (
    <Facts
      facts={[
        [t.name, <Chinese frame={frame}>{standard.name}</Chinese>],
        ...standardFacts(frame, declaration.document.content),
        [t.category, shownCategory],
        [t.creditCode, <CreditCode frame={frame} code={enterprise.code} mark={creditCodeMark} />],
      ]}
    />
  );
}

function Receipt({ frame, declaration, logIndex }: DeclarationProps): VNode {
  const { id, revision, publishedAt, documentSha256, signer } = declaration;
  const t = frame.t.declaration;
  return (
    <>
      <Facts
        facts={[
          [t.id, <span class="code">{id}</span>],
          [t.publishedAt, t.beijing(formatTime(publishedAt))],
          [t.revision, String(revision)],
          [t.document, <Hash value={documentSha256} />],
          [
            t.logIndex,
            logIndex === null ? (
              t.logWaiting
            ) : (
              <a href={`/api/v1/log/entries?from=${logIndex}&limit=1`}>{formatCount(logIndex)}</a>
            ),
          ],
          ...(signer ? [[t.signer, signer] as const] : []),
        ]}
      />
      <p>
        <a class="button" href={`/api/v1/declarations/${id}/versions/${revision}`}>
          {t.download}
        </a>{' '}
        <a class="no-print" href={link(frame, `/e/${declaration.document.enterprise.code}`)}>
          {frame.t.enterprise.declarations}
        </a>
      </p>
    </>
  );
}
