import type { VNode } from 'preact';
import type { Exclusion, IndicatorResult } from '../../domain/comparisons/result.ts';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Scroll } from '../components/facts.tsx';
import { Pager } from '../components/pager.tsx';
import { formatCount } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Entry } from './board-table.tsx';

interface Props {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly scheme: Scheme;
  readonly rows: readonly ListEntry[];
  readonly total: number;
  readonly previous: string | null;
  readonly next: string | null;
}

/** Every compared declaration that is not listed, with its reason in words. */
export function ExcludedTable({ frame, list, edition, scheme, rows, total, previous, next }: Props): VNode {
  const t = frame.t.board;
  return (
    <section aria-labelledby="left-out" class="left-out">
      <h2 id="left-out">{total > 0 ? t.leftOut(formatCount(total)) : t.noneLeftOut}</h2>
      {rows.length > 0 ? (
        <Scroll label={t.reason}>
          <table class="cards" role="table">
            <thead>
              <tr role="row">
                <th role="columnheader" scope="col">
                  {t.enterprise}
                </th>
                <th role="columnheader" scope="col">
                  {t.reason}
                </th>
                <th role="columnheader" scope="col">
                  {t.source}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr role="row">
                  <Entry frame={frame} row={row} />
                  <td role="cell" data-label={t.reason}>
                    {whyInWords(frame, scheme, row)}
                  </td>
                  <td role="cell" class="source">
                    <a
                      href={link(frame, `/boards/${list}/${edition}/entry/${row.declaration}`)}
                      aria-label={t.sourceOf(row.number)}
                    >
                      {t.source}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
      <Pager frame={frame} previous={previous} next={next} label={`${t.pages} 2`} />
    </section>
  );
}

/** 核心指标不可比：噪声 未声明 */
export function whyInWords(frame: Frame, scheme: Scheme, { excluded, indicators }: ListEntry): string {
  return excluded ? exclusionInWords(frame, scheme, excluded, indicators) : '';
}

export function exclusionInWords(
  frame: Frame,
  scheme: Scheme,
  { reason, about }: Exclusion,
  indicators: readonly IndicatorResult[],
): string {
  const t = frame.t.board;
  const named = about.map((code) => {
    const i = scheme.indicators.findIndex((indicator) => indicator.code === code);
    const indicator = scheme.indicators[i];
    const result = indicators[i];
    const name = indicator ? words(frame, indicator.name) : code;
    if (!result) return name;
    if (result.outcome === 'not-comparable' && result.reason) return `${name} ${t.reasons[result.reason]}`;
    return result.raw ? `${name} ${result.raw}` : name;
  });
  const { colon, semicolon } = frame.t.site;
  return named.length > 0 ? `${t.exclusions[reason]}${colon}${named.join(semicolon)}` : t.exclusions[reason];
}
