import type { VNode } from 'preact';
import { hasOverallGrade, type Scheme, type SchemeIndicator } from '../../domain/schemes/scheme.ts';
import { Facts, Hash, Scroll } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatDate, formatNumber, formatUnit } from '../format.ts';
import { type Frame, inBrackets, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { conditionsInWords } from './condition-text.ts';

interface Props {
  readonly frame: Frame;
  readonly scheme: Scheme;
  readonly body: string;
  readonly sha256: string;
  readonly publishedAt: Date;
}

export function SchemePage({ frame, scheme, body, sha256, publishedAt }: Props): VNode {
  const t = frame.t.scheme;
  const title = `${words(frame, scheme.title)} · ${t.kicker} ${scheme.code}`;
  return (
    <Layout frame={frame} title={title} section="boards">
      <article class="scheme">
        <p class="kicker">{`${t.kicker} ${scheme.code} · ${t.version(scheme.version)}`}</p>
        <h1>{words(frame, scheme.title)}</h1>
        <Facts
          strip
          facts={[
            [t.body, <OrganisationName frame={frame} name={body} />],
            [t.category, scheme.category],
            [t.valid, `${scheme.validFrom} ${t.to} ${scheme.validTo}`],
            [frame.t.boards.publishedOn, formatDate(publishedAt)],
          ]}
        />
        <section aria-labelledby="method">
          <h2 id="method">{t.method}</h2>
          <p class="reading">{hasOverallGrade(scheme) ? t.methodWords : `${t.methodWords} ${t.tiersWords}`}</p>
          {scheme.basis ? <p class="reading">{`${t.basis}${frame.t.site.colon}${scheme.basis}`}</p> : null}
        </section>
        <section aria-labelledby="indicators">
          <h2 id="indicators">{t.indicators}</h2>
          {scheme.indicators.map((indicator) => (
            <Indicator frame={frame} indicator={indicator} />
          ))}
        </section>
        <section aria-labelledby="document">
          <h2 id="document">{frame.t.board.sha256}</h2>
          <p>
            <Hash value={sha256} />
          </p>
          <p>
            <a class="button" href={`/api/v1/schemes/${scheme.code}/${scheme.version}`}>
              {t.download}
            </a>{' '}
            <a href={link(frame, `/boards/${scheme.code}`)}>{t.boards}</a>
          </p>
        </section>
      </article>
    </Layout>
  );
}

function Indicator({ frame, indicator }: { readonly frame: Frame; readonly indicator: SchemeIndicator }): VNode {
  const t = frame.t.scheme;
  const unit = formatUnit(indicator.unit);
  const name = words(frame, indicator.name);
  const { min, max } = indicator.plausible;
  return (
    <section class="card" aria-labelledby={`i-${indicator.code}`}>
      <h3 id={`i-${indicator.code}`}>{inBrackets(frame, name, unit)}</h3>
      <p class="under">
        {[t.kinds[indicator.kind], t.directions[indicator.direction], t.missing[indicator.missing]].join(' · ')}
      </p>
      {indicator.appliesWhen.length > 0 ? (
        <p>{`${t.appliesWhen}${frame.t.site.colon}${conditionsInWords(frame, indicator.appliesWhen)}`}</p>
      ) : null}
      <Levels frame={frame} indicator={indicator} name={name} />
      <p class="under">
        {`${t.methods}${frame.t.site.colon}${indicator.testMethods.join(frame.t.site.comma) || t.anyMethod}`}
        {min !== undefined || max !== undefined
          ? ` · ${t.plausible}${frame.t.site.colon}${min ?? '…'}～${max ?? '…'} ${unit}`
          : ''}
      </p>
    </section>
  );
}

function Levels({
  frame,
  indicator,
  name,
}: {
  readonly frame: Frame;
  readonly indicator: SchemeIndicator;
  readonly name: string;
}): VNode {
  const t = frame.t.scheme;
  const cell = (value: string | undefined) => (value === undefined ? t.none : formatNumber(value));
  return (
    <Scroll label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.when}</th>
            <th scope="col" class="number">
              {t.advanced}
            </th>
            <th scope="col" class="number">
              {t.average}
            </th>
            <th scope="col" class="number">
              {t.baseline}
            </th>
            <th scope="col">{t.source}</th>
          </tr>
        </thead>
        <tbody>
          {indicator.levels.map((levels) => (
            <tr>
              <th scope="row">{conditionsInWords(frame, levels.when)}</th>
              <td class="number">{cell(levels.advanced)}</td>
              <td class="number">{cell(levels.average)}</td>
              <td class="number">{cell(levels.baseline)}</td>
              <td>{levels.source ?? t.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
