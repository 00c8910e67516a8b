import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

/** Every code that a refusal can carry, each under its own anchor. */
export function ProblemsPage({ frame }: { readonly frame: Frame }): VNode {
  const t = frame.t.problems;
  return (
    <Layout frame={frame} title={t.title}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <Scroll label={t.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{frame.t.trouble.code}</th>
              <th scope="col">{t.meaning}</th>
              <th scope="col">{t.remedy}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(t.codes).map(([code, [meaning, remedy]]) => (
              <tr id={code}>
                <th scope="row" class="code">
                  {code}
                </th>
                <td>{meaning}</td>
                <td>{remedy}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Layout>
  );
}
