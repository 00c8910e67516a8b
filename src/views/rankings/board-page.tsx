import type { VNode } from 'preact';
import type { Grade } from '../../domain/schemes/scheme.ts';
import { Pager } from '../components/pager.tsx';
import { formatCount, formatDate, formatUnit } from '../format.ts';
import { type Frame, link, words, withQuery } from '../frame.ts';
import { BoardForerunners } from '../forerunners/board-link.tsx';
import { Layout } from '../layout/layout.tsx';
import { BoardHead } from './board-head.tsx';
import { BOARD_ROWS, type BoardProps, type BoardQuery } from './board-props.ts';
import { BoardTable } from './board-table.tsx';
import { DistributionFigure } from './distribution-figure.tsx';
import { ExcludedTable } from './excluded-table.tsx';
import { columnOf } from './indicator-cell.tsx';
import { LeftTable } from './left-table.tsx';

export function BoardPage(props: BoardProps): VNode {
  const { frame, list, edition, head, scheme, distributions, query, rows, excluded } = props;
  const t = frame.t.board;
  const title = `${words(frame, scheme.title)} ${frame.t.boards.suffix} · ${frame.t.boards.edition(edition)}`;
  const address = (changes: Partial<BoardQuery>): string =>
    boardAddress(frame, list, edition, { ...query, ...changes });
  const columns = scheme.indicators.map((indicator, i) => {
    const unit = formatUnit(indicator.unit);
    const label = `${words(frame, indicator.name)} ${unit}`.trim();
    return columnOf(indicator, label, distributions[i], !head.overall);
  });
  const total = props.filtered?.matches ?? (query.grade === null ? head.entries : head.grades[query.grade]);
  return (
    <Layout frame={frame} title={title} section="boards" islands={props.verifier ? ['verify-list'] : []}>
      <div class="board">
        <BoardHead {...props} />
        <DistributionFigure
          frame={frame}
          head={head}
          indicators={scheme.indicators}
          distributions={distributions}
          chosen={query.chart ?? ''}
          address={(chart) => address({ chart })}
        />
        <section aria-labelledby="ranking">
          <h2 id="ranking">{t.table}</h2>
          <p>
            <a href={link(frame, `/boards/${list}/${edition}/indicators/${scheme.indicators[0]?.code ?? ''}`)}>
              {frame.t.lists.tiers.link}
            </a>
          </p>
          <p class="hint">{head.overall ? t.neutral : [t.neutralTiers, ...unranked(props)].join(' ')}</p>
          <Filter
            {...props}
            csv={`${address({ page: 1 })}${address({ page: 1 }).includes('?') ? '&' : '?'}format=csv`}
          />
          {head.overall ? <Grades {...props} address={(grade) => address({ grade, page: 1, q: '' })} /> : null}
          <p class="count">{counted(props, total)}</p>
          {rows.length > 0 ? <BoardTable {...props} columns={columns} /> : <Empty {...props} />}
          <Pager
            frame={frame}
            previous={query.page > 1 ? address({ page: query.page - 1 }) : null}
            next={query.page * BOARD_ROWS < total ? address({ page: query.page + 1 }) : null}
          />
        </section>
        <ExcludedTable
          frame={frame}
          list={list}
          edition={edition}
          scheme={scheme}
          rows={excluded}
          total={head.excluded}
          previous={query.left > 1 ? `${address({ left: query.left - 1 })}#left-out` : null}
          next={query.left * BOARD_ROWS < head.excluded ? `${address({ left: query.left + 1 })}#left-out` : null}
        />
        <LeftTable frame={frame} rows={props.gone.rows} total={props.gone.total} />
        <Recompute {...props} />
        <Closing {...props} title={title} />
      </div>
    </Layout>
  );
}

export function boardAddress(frame: Pick<Frame, 'lang'>, list: string, edition: number, query: BoardQuery): string {
  return link(
    frame,
    withQuery(`/boards/${list}/${edition}`, {
      chart: query.chart,
      q: query.q,
      grade: query.grade,
      page: query.page > 1 ? query.page : null,
      left: query.left > 1 ? query.left : null,
    }),
  );
}

function Filter({ frame, list, edition, query, csv }: BoardProps & { readonly csv: string }): VNode {
  const t = frame.t.board;
  return (
    <form class="filter" action={link(frame, `/boards/${list}/${edition}`)}>
      {query.chart ? <input type="hidden" name="chart" value={query.chart} /> : null}
      <div>
        <label for="filter">{t.filter}</label>
        <input id="filter" type="search" name="q" value={query.q} maxLength={100} />
      </div>
      <button class="primary">{t.apply}</button>
      <a class="button filter-end" href={csv}>
        {t.csv}
      </a>
    </form>
  );
}

/** All rows, or those of one grade, with how many there are. */
function Grades({
  frame,
  head,
  query,
  address,
}: BoardProps & { readonly address: (grade: Grade | null) => string }): VNode {
  const t = frame.t.board;
  const choices = [null, 1, 2, 3] as const;
  return (
    <nav class="tabs" aria-label={t.grade}>
      {choices.map((grade) => (
        <a href={address(grade)} aria-current={grade === query.grade ? 'true' : undefined}>
          {grade === null
            ? `${t.allGrades} ${formatCount(head.entries)}`
            : `${t.grades[grade]} ${formatCount(head.grades[grade])}`}
        </a>
      ))}
    </nav>
  );
}

/** How to recompute the edition, here or by the command; the island fills its place and brings its words. */
function Recompute({ frame, list, edition, head, verifier }: BoardProps): VNode {
  const t = frame.t.verifyList;
  const kit = `/api/v1/ranking-lists/${list}/${edition}/kit`;
  return (
    <section aria-labelledby="recompute" class="no-print">
      <h2 id="recompute">{t.title}</h2>
      <p class="hint">{t.lead}</p>
      <pre>
        <code>{`npm run -s lingpao -- verify-list ${frame.address.replace(/[?#].*$/u, '')}`}</code>
      </pre>
      {verifier ? (
        <>
          <div
            id="verify-list"
            data-kit={kit}
            data-worker={verifier.worker}
            data-kilobytes={verifier.kilobytes}
            data-compared={head.inputs.count}
            data-words={JSON.stringify(t)}
          />
          <noscript>
            <p>{t.noScript}</p>
          </noscript>
        </>
      ) : null}
    </section>
  );
}

/** Tiers of each indicator, objections while they are taken, and how to cite the edition. */
function Closing({
  frame,
  list,
  edition,
  state,
  body,
  publishedAt,
  title,
}: BoardProps & { readonly title: string }): VNode {
  const t = frame.t.lists;
  const isOpen = state.objectionsUntil !== null && state.today <= state.objectionsUntil;
  const object = withQuery('/objections/new', { object: `list/${list}/${edition}` });
  return (
    <section class="closing" aria-label={t.citation}>
      {state.forerunners ? <BoardForerunners frame={frame} list={list} of={state.forerunners} /> : null}
      {isOpen ? (
        <p>
          <a class="button" href={link(frame, object)}>
            {t.object}
          </a>
        </p>
      ) : null}
      <p class="hint">{`${t.citation}${frame.t.site.colon}${t.cite(body, title, edition, formatDate(publishedAt), frame.address)}`}</p>
    </section>
  );
}

/** Indicators whose values are all equal have tiers but no places, and the list says so. */
function unranked({ frame, head, scheme }: BoardProps): readonly string[] {
  return scheme.indicators.flatMap(({ name }, i) =>
    head.indicators[i]?.ranked === false
      ? [`${words(frame, name)}${frame.t.site.colon}${frame.t.board.notRanked}`]
      : [],
  );
}

function counted({ frame, head, filtered, query, rows }: BoardProps, total: number): string {
  const t = frame.t.board;
  const partly =
    filtered && filtered.searched < head.entries
      ? ` ${t.partly(formatCount(filtered.searched), formatCount(head.entries))}`
      : '';
  const from = (query.page - 1) * BOARD_ROWS;
  const range =
    total > BOARD_ROWS && rows.length > 0
      ? t.shown(formatCount(from + 1), formatCount(from + rows.length), formatCount(total))
      : t.rows(formatCount(total));
  return `${filtered ? t.matched(formatCount(total)) : range}${partly}`;
}

function Empty({ frame, list, edition, filtered }: BoardProps): VNode {
  const t = frame.t.board;
  if (!filtered) return <p class="empty">{t.noEntries}</p>;
  return (
    <p class="empty">
      {t.noMatch} <a href={link(frame, `/boards/${list}/${edition}`)}>{t.clear}</a>
    </p>
  );
}
