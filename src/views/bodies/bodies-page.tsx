import type { VNode } from 'preact';
import type { ScopeState } from '../../domain/bodies/scope.ts';
import { Scroll, StateTag } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly bodies: readonly {
    readonly creditCode: string;
    readonly name: string;
    readonly categoryPrefix: string;
    readonly validFrom: string;
    readonly validTo: string;
    readonly state: ScopeState;
  }[];
}

/** The directory of assessment bodies, one row a scope. */
export function BodiesPage({ frame, bodies }: Props): VNode {
  const t = frame.t.bodies;
  return (
    <Layout frame={frame} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <p>{t.stays}</p>
      {bodies.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <Scroll label={t.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.body}</th>
                <th scope="col">{t.category}</th>
                <th scope="col">{t.period}</th>
                <th scope="col">{t.state}</th>
              </tr>
            </thead>
            <tbody>
              {bodies.map(({ creditCode, name, categoryPrefix, validFrom, validTo, state }) => (
                <tr>
                  <th scope="row">
                    <OrganisationName frame={frame} name={name} href={`/bodies/${creditCode}`} />
                  </th>
                  <td class="code">{categoryPrefix}</td>
                  <td>{`${validFrom} ${t.to} ${validTo}`}</td>
                  <td>
                    <ScopeTag frame={frame} state={state} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Layout>
  );
}

const LIKE: Readonly<Record<ScopeState, string>> = {
  valid: 'current',
  'not-yet': 'planned',
  expired: 'withdrawn',
  suspended: 'seeded',
  withdrawn: 'void',
};

export function ScopeTag({ frame, state }: { readonly frame: Frame; readonly state: ScopeState }): VNode {
  return <StateTag state={LIKE[state]} text={frame.t.bodies.states[state]} />;
}
