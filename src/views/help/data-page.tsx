import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

const ADDRESSES = [
  ['declarations', '/api/v1/declarations?limit=500'],
  ['categories', '/api/v1/categories'],
  ['lists', '/api/v1/ranking-lists'],
  ['schemes', '/api/v1/schemes'],
  ['bodies', '/api/v1/bodies'],
  ['objections', '/api/v1/objections'],
  ['draws', '/api/v1/draws'],
  ['log', '/api/v1/log/entries?limit=1000'],
  ['openapi', '/api/docs'],
] as const;

/** Where everything public can be fetched in bulk. */
export function DataPage({ frame }: { readonly frame: Frame }): VNode {
  const t = frame.t.data;
  return (
    <Layout frame={frame} title={t.title} section="data">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Scroll label={t.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.content}</th>
              <th scope="col">{t.address}</th>
            </tr>
          </thead>
          <tbody>
            {ADDRESSES.map(([name, address]) => (
              <tr>
                <th scope="row">{t[name]}</th>
                <td>
                  <a class="code" href={address}>
                    {address}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Layout>
  );
}
