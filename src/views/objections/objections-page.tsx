import type { VNode } from 'preact';
import type { ObjectionStatistics } from '../../domain/objections/statistics.ts';
import { OBJECTION_KINDS, OBJECTION_STATES } from '../../domain/objections/vocabulary.ts';
import { Facts, Scroll } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { dueWords, ObjectionTag, ObjectLink } from './objection-parts.tsx';
import type { ShownObjection } from './shown.ts';

interface Props {
  readonly frame: Frame;
  readonly objections: readonly ShownObjection[];
  readonly statistics: ObjectionStatistics;
}

export function ObjectionsPage(props: Props): VNode {
  const { frame, objections, statistics } = props;
  const t = frame.t.objections;
  return (
    <Layout frame={frame} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <p>
        <a class="button" href={link(frame, '/objections/new')}>
          {t.bring}
        </a>
      </p>
      <section aria-labelledby="statistics">
        <h2 id="statistics">{t.statistics}</h2>
        <StatisticsFacts frame={frame} statistics={statistics} />
        <Counts frame={frame} statistics={statistics} />
      </section>
      {objections.length === 0 ? <p>{t.none}</p> : <ObjectionTable frame={frame} objections={objections} />}
    </Layout>
  );
}

/** Received, upheld, and how long it took: also on the record of a body. */
export function StatisticsFacts({ frame, statistics }: Pick<Props, 'frame' | 'statistics'>): VNode {
  const t = frame.t.objections;
  const { received, decided, upheld, medianDays, p90Days } = statistics;
  const days = (count: number | null) => (count === null ? t.noneDecided : formatCount(count));
  return (
    <Facts
      strip
      facts={[
        [t.received, formatCount(received)],
        [t.upheldShare, t.ofDecided(formatCount(upheld), formatCount(decided))],
        [t.median, days(medianDays)],
        [t.p90, days(p90Days)],
      ]}
    />
  );
}

function Counts({ frame, statistics }: Pick<Props, 'frame' | 'statistics'>): VNode {
  const t = frame.t.objections;
  const rows = [
    ...OBJECTION_STATES.map((state) => [t.byState, t.states[state], statistics.byState[state]] as const),
    ...OBJECTION_KINDS.map((kind) => [t.byKind, t.kinds[kind], statistics.byKind[kind]] as const),
  ].filter(([, , count]) => count > 0);
  if (rows.length === 0) return <></>;
  return (
    <Scroll label={t.statistics}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.statistics}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.count}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([by, said, count]) => (
            <tr>
              <td>{by}</td>
              <th scope="row">{said}</th>
              <td>{formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function ObjectionTable({ frame, objections }: Pick<Props, 'frame' | 'objections'>): VNode {
  const t = frame.t.objections;
  return (
    <Scroll label={t.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.object}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.submittedOn}</th>
            <th scope="col">{t.handler}</th>
          </tr>
        </thead>
        <tbody>
          {objections.map((one) => (
            <tr>
              <th scope="row">
                <a class="code" href={link(frame, `/objections/${one.number}`)}>
                  {one.number}
                </a>
              </th>
              <td>
                <ObjectLink frame={frame} object={one.object} />
              </td>
              <td>{t.kinds[one.kind]}</td>
              <td>
                <ObjectionTag frame={frame} state={one.state} />{' '}
                {one.decision ? t.decisions[one.decision.decision] : null}
                {one.clock ? <small>{dueWords(frame, one.clock)}</small> : null}
              </td>
              <td>{formatDate(new Date(one.submittedAt))}</td>
              <td>
                <OrganisationName frame={frame} name={one.handler.name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
