import type { VNode } from 'preact';
import { SCHEME_STATE_TEXT, type SchemeState } from '../../domain/schemes/life.ts';
import type { Text } from '../../domain/fault.ts';
import { Scroll, StateTag } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface ShownScheme {
  readonly code: string;
  readonly version: number;
  readonly title: Text;
  readonly category: string;
  readonly body: string;
  readonly state: SchemeState;
  readonly publishedAt: Date;
}

/** Every scheme, proposed, in force and ended, with the state of each. */
export function SchemesPage({
  frame,
  schemes,
}: {
  readonly frame: Frame;
  readonly schemes: readonly ShownScheme[];
}): VNode {
  const t = frame.t.schemes;
  return (
    <Layout frame={frame} title={t.title} section="boards">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <p class="reading">{t.noFee}</p>
      {schemes.length === 0 ? <p>{t.none}</p> : <SchemeRows frame={frame} schemes={schemes} />}
      <p>
        <a href={link(frame, '/schemes/templates')}>{t.templates}</a>
      </p>
    </Layout>
  );
}

function SchemeRows({ frame, schemes }: { readonly frame: Frame; readonly schemes: readonly ShownScheme[] }): VNode {
  const t = frame.t.schemes;
  return (
    <Scroll label={t.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.scheme}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{frame.t.scheme.category}</th>
            <th scope="col">{frame.t.scheme.body}</th>
            <th scope="col">{frame.t.boards.publishedOn}</th>
          </tr>
        </thead>
        <tbody>
          {schemes.map(({ code, version, title, category, body, state, publishedAt }) => (
            <tr>
              <th scope="row">
                <a href={link(frame, `/schemes/${code}/${version}`)}>{words(frame, title)}</a>{' '}
                <small class="code">{`${code} · ${frame.t.scheme.version(version)}`}</small>
              </th>
              <td>
                <StateTag state={state} text={words(frame, SCHEME_STATE_TEXT[state])} />
              </td>
              <td>{category}</td>
              <td>
                <OrganisationName frame={frame} name={body} />
              </td>
              <td>{formatDate(publishedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
