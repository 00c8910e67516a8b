import type { ComponentChildren, VNode } from 'preact';
import type { InterestKind } from '../../domain/bodies/conflict.ts';
import type { ExaminationOutcome, MeasureKind } from '../../domain/bodies/measure.ts';
import type { ScopeState } from '../../domain/bodies/scope.ts';
import type { ObjectionStatistics } from '../../domain/objections/statistics.ts';
import { Hash, Scroll } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatDate } from '../format.ts';
import { type Frame, inBrackets, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { StatisticsFacts } from '../objections/objections-page.tsx';
import { ScopeTag } from './bodies-page.tsx';

interface Scope {
  readonly id: string;
  readonly categoryPrefix: string;
  readonly validFrom: string;
  readonly validTo: string;
}

export interface BodyRecord {
  readonly creditCode: string;
  readonly name: string;
  readonly invented: boolean;
  readonly scopes: readonly (Scope & {
    readonly decision: keyof Frame['t']['bodies']['decisions'];
    readonly decidedAt: string | null;
    readonly state: ScopeState | null;
  })[];
  readonly measures: readonly {
    readonly id: string;
    readonly accreditation: string | null;
    readonly kind: MeasureKind;
    readonly outcome: ExaminationOutcome | null;
    readonly reason: string;
    readonly holdsFrom: string;
    readonly correctBy: string | null;
    readonly decidedAt: string;
    readonly sha256: string;
  }[];
  readonly objections: ObjectionStatistics;
  readonly lists: readonly { readonly list: string; readonly edition: number; readonly publishedAt: string }[];
  readonly statements: readonly (Scope & {
    readonly persons: readonly string[];
    readonly interests: readonly {
      readonly creditCode: string;
      readonly kind: InterestKind;
      readonly note: string;
    }[];
    readonly statedAt: string;
    readonly sha256: string;
  })[];
}

interface Props {
  readonly frame: Frame;
  readonly body: BodyRecord;
  readonly children?: ComponentChildren;
}

/** All that the public may know of an assessment body, each part with its own history. */
export function BodyPage({ frame, body }: Props): VNode {
  const t = frame.t.bodies;
  return (
    <Layout frame={frame} title={body.name}>
      <h1>
        <OrganisationName frame={frame} name={body.name} invented={body.invented} />
        <small class="code">{body.creditCode}</small>
      </h1>
      <p class="lead">{t.stays}</p>
      <Scopes frame={frame} body={body} />
      <Measures frame={frame} body={body} />
      <Lists frame={frame} body={body} />
      <Statements frame={frame} body={body} />
      <section aria-labelledby="objections">
        <h2 id="objections">{frame.t.objections.title}</h2>
        <StatisticsFacts frame={frame} statistics={body.objections} />
      </section>
    </Layout>
  );
}

function Scopes({ frame, body }: Props): VNode {
  const t = frame.t.bodies;
  return (
    <section aria-labelledby="scopes">
      <h2 id="scopes">{t.scopes}</h2>
      <Table
        label={t.scopes}
        heads={[t.category, t.period, t.decision, t.decidedOn, t.state]}
        rows={body.scopes.map((scope) => [
          <span class="code">{scope.categoryPrefix}</span>,
          `${scope.validFrom} ${t.to} ${scope.validTo}`,
          t.decisions[scope.decision],
          scope.decidedAt ? formatDate(new Date(scope.decidedAt)) : '',
          scope.state ? <ScopeTag frame={frame} state={scope.state} /> : '',
        ])}
        empty={t.none}
      />
    </section>
  );
}

function Measures({ frame, body }: Props): VNode {
  const t = frame.t.bodies;
  const scopeOf = (id: string | null) => body.scopes.find((scope) => scope.id === id)?.categoryPrefix ?? t.whole;
  return (
    <section aria-labelledby="measures">
      <h2 id="measures">{t.measures}</h2>
      <Table
        label={t.measures}
        heads={[t.kind, t.scopes, t.holdsFrom, t.reason, t.hash]}
        rows={body.measures.map((one) => [
          inBrackets(frame, t.kinds[one.kind], one.outcome ? t.outcomes[one.outcome] : ''),
          <span class="code">{scopeOf(one.accreditation)}</span>,
          one.holdsFrom,
          <>
            <Chinese frame={frame}>{one.reason}</Chinese>
            {one.correctBy ? inBrackets(frame, '', `${t.correctBy} ${one.correctBy}`) : null}
          </>,
          <Hash value={one.sha256} />,
        ])}
        empty={t.noMeasures}
      />
    </section>
  );
}

function Lists({ frame, body }: Props): VNode {
  const t = frame.t.bodies;
  return (
    <section aria-labelledby="lists">
      <h2 id="lists">{t.lists}</h2>
      <Table
        label={t.lists}
        heads={[t.list, t.edition, t.publishedOn]}
        rows={body.lists.map(({ list, edition, publishedAt }) => [
          <a class="code" href={link(frame, `/boards/${list}/${edition}`)}>
            {list}
          </a>,
          String(edition),
          formatDate(new Date(publishedAt)),
        ])}
        empty={t.noLists}
      />
    </section>
  );
}

function Statements({ frame, body }: Props): VNode {
  const t = frame.t.bodies;
  return (
    <section aria-labelledby="statements">
      <h2 id="statements">{t.statements}</h2>
      <Table
        label={t.statements}
        heads={[t.statedOn, t.category, t.period, t.persons, t.interests, t.hash]}
        rows={body.statements.map((one) => [
          formatDate(new Date(one.statedAt)),
          <span class="code">{one.categoryPrefix}</span>,
          `${one.validFrom} ${t.to} ${one.validTo}`,
          <Chinese frame={frame}>{one.persons.join('、')}</Chinese>,
          one.interests.length === 0 ? (
            t.noInterests
          ) : (
            <ul class="plain-list">
              {one.interests.map(({ creditCode, kind, note }) => (
                <li>
                  <a class="code" href={link(frame, `/e/${creditCode}`)}>
                    {creditCode}
                  </a>{' '}
                  {t.interestKinds[kind]} {note ? <Chinese frame={frame}>{note}</Chinese> : null}
                </li>
              ))}
            </ul>
          ),
          <Hash value={one.sha256} />,
        ])}
        empty={t.noStatements}
      />
    </section>
  );
}

function Table(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly empty: string;
}): VNode {
  if (props.rows.length === 0) return <p>{props.empty}</p>;
  return (
    <Scroll label={props.label}>
      <table>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(([first, ...rest]) => (
            <tr>
              <th scope="row">{first}</th>
              {rest.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
