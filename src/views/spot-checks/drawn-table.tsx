import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import { FindingCodes, VerdictTag } from '../components/finding-list.tsx';
import { OrganisationName } from '../components/names.tsx';
import { Pager } from '../components/pager.tsx';
import { link } from '../frame.ts';
import type { DrawProps } from './draw-props.ts';
import { stratumName } from './plan-facts.tsx';

/** What was drawn, in the order in which it was drawn. */
export function DrawnTable({ frame, objects, previous, next }: DrawProps): VNode {
  const t = frame.t.draw;
  return (
    <>
      <Scroll label={t.result}>
        <table class="cards" role="table">
          <thead>
            <tr role="row">
              {[t.order, t.object, t.stratum, t.inspectors, t.finding].map((name) => (
                <th role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objects.map((object) => (
              <tr role="row">
                <td role="cell" data-label={t.order} class="rank">
                  <b>{object.rank}</b>
                </td>
                <th role="rowheader" scope="row" class="entry">
                  {object.enterprise ? (
                    <OrganisationName
                      frame={frame}
                      name={object.enterprise.name}
                      href={`/e/${object.enterprise.code}`}
                    />
                  ) : null}
                  <small class="under">
                    {object.number ? `${object.number} · ` : ''}
                    <a class="code" href={link(frame, `/s/${object.object}`)}>
                      {object.object}
                    </a>
                  </small>
                </th>
                <td role="cell" data-label={t.stratum}>
                  {stratumName(frame, object.stratum)}
                </td>
                <td role="cell" data-label={t.inspectors} class="code">
                  {object.inspectors.join(frame.t.site.comma)}
                </td>
                <td role="cell" data-label={t.finding}>
                  {object.finding ? (
                    <>
                      <VerdictTag frame={frame} verdict={object.finding.verdict} />
                      <FindingCodes frame={frame} codes={object.finding.codes} />
                    </>
                  ) : (
                    t.noFinding
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Pager frame={frame} previous={previous} next={next} />
    </>
  );
}
