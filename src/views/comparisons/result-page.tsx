import type { VNode } from 'preact';
import { Facts, Scroll } from '../components/facts.tsx';
import { DeskLayout } from '../desk/desk-layout.tsx';
import { formatCount, formatMinute, formatUnit } from '../format.ts';
import { link, words } from '../frame.ts';
import { ChangesTable } from '../rankings/changes-page.tsx';
import { BoardTable } from '../rankings/board-table.tsx';
import { columnOf } from '../rankings/indicator-cell.tsx';
import { DistributionFigure } from '../rankings/distribution-figure.tsx';
import { ReleaseForms } from './release-forms.tsx';
import type { ResultProps } from './result-props.ts';

/** The result of a run as its body sees it: what came out, what changed, what looks odd, and its release. */
export function ResultPage(props: ResultProps): VNode {
  const { frame, run, scheme, head, isTrial, outliers, changes, released } = props;
  const t = frame.t.runDesk;
  const changed = head.changes.entered + head.changes.moved + head.changes.left;
  return (
    <DeskLayout {...props} title={`${t.result} · ${words(frame, scheme.title)}`} current="/desk/runs">
      {released === null ? (
        <p class="notice">{isTrial ? t.isTrial : t.isDraft}</p>
      ) : (
        <p class="notice">
          <a href={link(frame, `/boards/${head.list}/${released}`)}>{t.released(head.list, released)}</a>
        </p>
      )}
      <Facts
        strip
        facts={[
          [t.scheme, `${head.scheme.code} v${head.scheme.version}`],
          [t.compared, formatCount(head.inputs.count)],
          [t.listed, formatCount(head.entries)],
          [t.leftOut, formatCount(head.excluded)],
          ...(head.overall
            ? [[t.grades, ([1, 2, 3] as const).map((grade) => formatCount(head.grades[grade])).join(' / ')] as const]
            : []),
          ...(head.edition === null ? [] : [[t.edition, frame.t.boards.edition(head.edition)] as const]),
        ]}
      />
      {props.unmatched > 0 && !isTrial ? (
        <p>
          {t.unmatched(formatCount(props.unmatched))}{' '}
          <a href={link(frame, `/desk/mapping/${head.scheme.code}/${head.scheme.version}`)}>{t.mapping}</a>
        </p>
      ) : null}
      <section aria-labelledby="difference">
        <h2 id="difference">{t.difference}</h2>
        {changes.length === 0 ? <p>{t.noDifference}</p> : <ChangesTable frame={frame} changes={changes} hasCauses />}
        {changes.length < changed ? (
          <p class="hint">{t.more(formatCount(changes.length), formatCount(changed))}</p>
        ) : null}
      </section>
      {props.others.length > 0 ? <Against {...props} /> : null}
      <div class="board">
        <DistributionFigure
          frame={frame}
          head={head}
          indicators={scheme.indicators}
          distributions={props.distributions}
          chosen={props.chart}
          address={(chart) => link(frame, `/desk/runs/${run}?chart=${chart}`)}
        />
        <Preview {...props} />
      </div>
      <section aria-labelledby="outliers">
        <h2 id="outliers">{t.outliers}</h2>
        {outliers.length === 0 ? <p>{t.noOutliers}</p> : <Outliers {...props} />}
      </section>
      {isTrial || released !== null ? null : <ReleaseForms {...props} />}
    </DeskLayout>
  );
}

/** The difference to another result: of a run before, or a trial with other thresholds. */
function Against({ frame, run, others, against }: ResultProps): VNode {
  const t = frame.t.runDesk;
  return (
    <section aria-labelledby="against">
      <h2 id="against">{t.against}</h2>
      <ul class="inline-list">
        {others.map((other) => (
          <li>
            <a
              href={link(frame, `/desk/runs/${run}?against=${other.run}#against`)}
              aria-current={other.run === against?.run ? 'true' : undefined}
            >
              {formatMinute(other.requestedAt)}
            </a>
          </li>
        ))}
      </ul>
      {against && against.changes.length === 0 ? <p>{frame.t.lists.changes.none}</p> : null}
      {against && against.changes.length > 0 ? (
        <ChangesTable frame={frame} changes={against.changes} hasCauses={false} />
      ) : null}
    </section>
  );
}

/** The first rows exactly as the public would see them; before its release a row leads to its declaration. */
function Preview({ frame, run, scheme, head, distributions, rows }: ResultProps): VNode | null {
  const t = frame.t.runDesk;
  if (rows.length === 0) return null;
  const columns = scheme.indicators.map((indicator, i) => {
    const label = `${words(frame, indicator.name)} ${formatUnit(indicator.unit)}`.trim();
    return columnOf(indicator, label, distributions[i], !head.overall);
  });
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{t.preview}</h2>
      <BoardTable
        frame={frame}
        list={run}
        edition={head.edition ?? 0}
        head={head}
        rows={rows}
        marks={new Map()}
        disputes={new Map()}
        columns={columns}
        source={(row) => `/s/${row.declaration}`}
      />
      {rows.length < head.entries ? (
        <p class="hint">{t.more(formatCount(rows.length), formatCount(head.entries))}</p>
      ) : null}
    </section>
  );
}

function Outliers({ frame, scheme, outliers }: ResultProps): VNode {
  const t = frame.t.runDesk;
  return (
    <>
      <p class="hint">{t.outliersHint}</p>
      <Scroll label={t.outliers}>
        <table>
          <thead>
            <tr>
              <th scope="col">{frame.t.board.declarationId}</th>
              <th scope="col">{t.indicator}</th>
              <th scope="col" class="number">
                {t.value}
              </th>
            </tr>
          </thead>
          <tbody>
            {outliers.map(({ declaration, code, value }) => {
              const indicator = scheme.indicators.find((one) => one.code === code);
              return (
                <tr>
                  <th scope="row">
                    <a href={link(frame, `/s/${declaration}`)}>{declaration}</a>
                  </th>
                  <td>{indicator ? words(frame, indicator.name) : code}</td>
                  <td class="number">{value}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
