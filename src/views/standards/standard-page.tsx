import type { VNode } from 'preact';
import { type Fact, Facts, Scroll, StateTag } from '../components/facts.tsx';
import { formatCount, formatNumber, formatUnit } from '../format.ts';
import { type Frame, link, withQuery } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { conditionsInWords } from '../schemes/condition-text.ts';
import { nameOf, type ShownRelation, type ShownStandardInFull, standardAddress } from './standard-props.ts';

interface Props {
  readonly frame: Frame;
  readonly shown: ShownStandardInFull;
}

/** One standard of the catalogue on the register's day. */
export function StandardPage({ frame, shown }: Props): VNode {
  const t = frame.t.catalogue;
  const { standard, level, successors, predecessors } = shown;
  return (
    <Layout frame={frame} title={`${standard.number} ${nameOf(frame, standard)}`} section="standards">
      <article class="scheme">
        <p class="kicker">{`${t.levels[level]} · ${standard.mandatory ? t.mandatory : t.recommended}`}</p>
        <h1>
          {standard.number}{' '}
          <span lang={standard.nameEn && frame.lang === 'en' ? 'en' : 'zh-CN'}>{nameOf(frame, standard)}</span>
        </h1>
        <p class="reading">{statusSentence(frame, shown)}</p>
        <Facts strip facts={factsOf(frame, shown)} />
        <Relations frame={frame} title={t.successors} id="successors" relations={successors} />
        <Relations frame={frame} title={t.predecessors} id="predecessors" relations={predecessors} />
        <Limits frame={frame} shown={shown} />
        <section aria-labelledby="declarations">
          <h2 id="declarations">{t.declarations(formatCount(shown.declarations))}</h2>
          <p>
            <a href={link(frame, withQuery('/search', { q: standard.number }))}>{t.seeDeclarations}</a>
          </p>
        </section>
        <p class="under">
          {`${t.source}${frame.t.site.colon}`}
          <a href={`/api/v1/catalogue-snapshots/${shown.since}`}>{t.report(String(shown.since))}</a>
        </p>
        <p>
          <a href={link(frame, '/standards')}>{t.all}</a>
        </p>
      </article>
    </Layout>
  );
}

function statusSentence({ t: { catalogue: t } }: Frame, { standard, status, day }: ShownStandardInFull): string {
  const { effectiveOn, withdrawnOn } = standard;
  switch (status) {
    case 'upcoming':
      return t.upcoming(day, effectiveOn ?? '');
    case 'withdrawn':
      return t.withdrawn(day, withdrawnOn ?? '');
    case 'current':
      return [t.current(day), effectiveOn ? t.since(effectiveOn) : '', withdrawnOn ? t.until(withdrawnOn) : '']
        .filter((sentence) => sentence !== '')
        .join(' ');
  }
}

function factsOf(frame: Frame, { standard }: ShownStandardInFull): readonly Fact[] {
  const t = frame.t.catalogue;
  const { comma } = frame.t.site;
  const adopts = standard.adopts.map(({ number, relation }) => `${number} ${relation}`).join(comma);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t.issuedOn, standard.issuedOn],
    [t.effectiveOn, standard.effectiveOn ?? t.unknown],
    [t.ics, standard.ics.join(comma)],
    [t.ccs, standard.ccs.join(comma)],
    [t.adopts, adopts],
  ];
  return facts.flatMap(([term, value]): Fact[] => (value ? [[term, value]] : []));
}

function Relations({
  frame,
  title,
  id,
  relations,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly id: string;
  readonly relations: readonly ShownRelation[];
}): VNode | null {
  const t = frame.t.catalogue;
  if (relations.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {relations.map(({ number, partial, nameZh, status }) => (
          <li>
            {status ? <a href={link(frame, standardAddress(number))}>{number}</a> : number}{' '}
            {nameZh ? <span lang="zh-CN">{nameZh}</span> : null} {partial ? `${t.partial} ` : ''}
            <StateTag state={status ?? 'unknown'} text={status ? t.statuses[status] : t.notListed} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Limits({ frame, shown: { limits } }: Props): VNode | null {
  const t = frame.t.catalogue;
  if (limits.length === 0) return null;
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">{t.limits}</h2>
      <Scroll label={t.limits}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.indicator}</th>
              <th scope="col">{t.category}</th>
              <th scope="col">{t.requirement}</th>
              <th scope="col">{t.when}</th>
              <th scope="col">{t.valid}</th>
            </tr>
          </thead>
          <tbody>
            {limits.map((limit) => (
              <tr>
                <th scope="row" lang="zh-CN">
                  {limit.indicator}
                </th>
                <td>{limit.category}</td>
                <td>
                  {`${limit.direction === 'higher' ? '≥' : '≤'} ${formatNumber(limit.value)} ${formatUnit(limit.unit)}`}
                </td>
                <td>{conditionsInWords(frame, limit.when)}</td>
                <td>{`${limit.validFrom} ${frame.t.scheme.to} ${limit.validUntil ?? '…'}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
