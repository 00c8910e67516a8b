import type { VNode } from 'preact';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { ZoneGradient } from '../charts/threshold-bar.tsx';
import { Scroll } from '../components/facts.tsx';
import { DisputeFlag } from '../objections/dispute-flag.tsx';
import { Chinese, OrganisationName, provinceName } from '../components/names.tsx';
import { formatUnit } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import type { BoardProps } from './board-props.ts';
import { type Column, gradientId, IndicatorCell } from './indicator-cell.tsx';

type Props = Pick<BoardProps, 'frame' | 'list' | 'edition' | 'head' | 'rows' | 'marks' | 'disputes'> & {
  readonly columns: readonly Column[];
  /** Where a row leads to, other than to its provenance. */
  readonly source?: (row: ListEntry) => string;
};

/** The ranked rows. Roles are written out because phones show rows as cards, and Safari then forgets it is a table. */
export function BoardTable({ frame, list, edition, head, columns, rows, marks, disputes, source }: Props): VNode {
  const t = frame.t.board;
  return (
    <Scroll label={t.table}>
      <Gradients columns={columns} />
      <table class="cards board-table" role="table">
        <caption class="visually-hidden">{t.table}</caption>
        <thead>
          <tr role="row">
            {head.overall ? (
              <th role="columnheader" scope="col">
                {t.rank}
              </th>
            ) : null}
            <th role="columnheader" scope="col">
              {t.enterprise}
            </th>
            {columns.map(({ indicator }) => (
              <th role="columnheader" scope="col" class="number">
                {words(frame, indicator.name)}
                <small class="unit">{formatUnit(indicator.unit)}</small>
              </th>
            ))}
            <th role="columnheader" scope="col">
              {t.source}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr role="row" class={row.grade === 1 ? 'leader' : undefined}>
              {head.overall ? <Rank frame={frame} head={head} row={row} mark={marks.get(row.declaration)} /> : null}
              <Entry frame={frame} row={row} />
              {columns.map((column, i) => (
                <IndicatorCell frame={frame} column={column} result={row.indicators[i]} />
              ))}
              <td role="cell" class="source">
                <a
                  href={link(frame, source?.(row) ?? `/boards/${list}/${edition}/entry/${row.declaration}`)}
                  aria-label={t.sourceOf(row.number)}
                >
                  {t.source}
                </a>
                <DisputeFlag
                  frame={frame}
                  numbers={(disputes.get(row.declaration) ?? []).map(([, number]) => number)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function Gradients({ columns }: { readonly columns: readonly Column[] }): VNode {
  return (
    <svg class="gradients" width="0" height="0" aria-hidden="true">
      {columns.flatMap((column) =>
        column.scales.map((scale, i) => (scale ? <ZoneGradient id={gradientId(column, i)} scale={scale} /> : null)),
      )}
    </svg>
  );
}

function Rank({
  frame,
  head,
  row,
  mark,
}: {
  readonly frame: Frame;
  readonly head: ListHead;
  readonly row: ListEntry;
  readonly mark: 'entered' | 'moved' | undefined;
}): VNode {
  const t = frame.t.board;
  const isTied = row.grade !== null && head.grades[row.grade] > 1;
  return (
    <td role="cell" class="rank">
      <b>{row.rank}</b>
      {isTied ? <small>{t.tied}</small> : null}
      {row.grade === null ? null : <small class={`tag grade-${row.grade}`}>{t.grades[row.grade]}</small>}
      {row.score === null ? null : <small>{scoreInWords(frame, head, row.score)}</small>}
      {mark ? <small class="tag">{frame.t.lists[mark]}</small> : null}
    </td>
  );
}

/** Stars in words, never by colour or shape alone; other scores as they are. */
function scoreInWords(frame: Frame, { method }: ListHead, score: string): string {
  return method === 'stars' ? frame.t.lists.stars(score) : `${frame.t.lists.score} ${score}`;
}

/** Whose row it is: the enterprise, then number, model and province. */
export function Entry({ frame, row }: { readonly frame: Frame; readonly row: ListEntry }): VNode {
  const province = provinceName(frame, row.enterprise.code);
  return (
    <th role="rowheader" scope="row" class="entry">
      <OrganisationName frame={frame} name={row.enterprise.name} href={`/e/${row.enterprise.code}`} />
      <small class="under">
        <Chinese frame={frame}>{[row.number, row.model].join(' · ')}</Chinese>
        {province ? ` · ${province}` : ''}
      </small>
    </th>
  );
}
