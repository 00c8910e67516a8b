import type { VNode } from 'preact';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { IndicatorSummary } from '../../domain/rankings/list.ts';
import type { Scheme, SchemeIndicator } from '../../domain/schemes/scheme.ts';
import { tiersOf } from '../../domain/schemes/scheme.ts';
import { formatCount, formatUnit } from '../format.ts';
import { type Frame, inBrackets, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { Entry } from './board-table.tsx';
import { declaredBeside, shownValue } from './outcome-text.ts';

export interface ShownTier {
  readonly tier: number;
  readonly count: number;
  readonly rows: readonly ListEntry[];
}

interface Props {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly scheme: Scheme;
  readonly indicator: SchemeIndicator;
  readonly place: number;
  readonly summary: IndicatorSummary;
  readonly tiers: readonly ShownTier[];
}

/** 单项排行榜: the tiers of one indicator, no order inside a tier; none published where all values are equal. */
export function TiersPage({ frame, list, edition, scheme, indicator, place, summary, tiers }: Props): VNode {
  const t = frame.t.lists.tiers;
  const name = inBrackets(frame, words(frame, indicator.name), formatUnit(indicator.unit));
  const board = `${words(frame, scheme.title)} ${frame.t.boards.suffix} · ${frame.t.boards.edition(edition)}`;
  return (
    <Layout frame={frame} title={`${t.title(name)} · ${board}`} section="boards">
      <div class="board">
        <p class="kicker">
          <a href={link(frame, `/boards/${list}/${edition}`)}>{board}</a>
        </p>
        <h1>{t.title(name)}</h1>
        <nav class="tabs" aria-label={t.others}>
          {scheme.indicators.map(({ code, name: other }) => (
            <a
              href={link(frame, `/boards/${list}/${edition}/indicators/${code}`)}
              aria-current={code === indicator.code ? 'true' : undefined}
            >
              {words(frame, other)}
            </a>
          ))}
        </nav>
        {summary.ranked ? (
          <>
            <p class="hint">{t.hint}</p>
            {tiers.length === 0 ? <p>{t.none}</p> : null}
            {tiers.map((tier) => (
              <Tier frame={frame} indicator={indicator} place={place} tier={tier} />
            ))}
          </>
        ) : (
          <p class="notice">{t.equal}</p>
        )}
      </div>
    </Layout>
  );
}

function Tier({
  frame,
  indicator,
  place,
  tier: { tier, count, rows },
}: {
  readonly frame: Frame;
  readonly indicator: SchemeIndicator;
  readonly place: number;
  readonly tier: ShownTier;
}): VNode {
  const t = frame.t.lists.tiers;
  const title = t.tier(tierName(frame, indicator, tier), formatCount(count));
  return (
    <section aria-labelledby={`tier-${tier}`}>
      <h2 id={`tier-${tier}`}>{title}</h2>
      <table class="cards" role="table">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr role="row">
            <th role="columnheader" scope="col">
              {frame.t.board.enterprise}
            </th>
            <th role="columnheader" scope="col" class="number">
              {frame.t.board.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const result = row.indicators[place];
            const beside = result ? declaredBeside(result, indicator.unit) : null;
            return (
              <tr role="row">
                <Entry frame={frame} row={row} />
                <td role="cell" class="number" data-label={frame.t.board.value}>
                  {result ? shownValue(result) : null}
                  {beside ? <small class="under">{beside}</small> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length < count ? <p class="hint">{t.more(formatCount(rows.length), formatCount(count))}</p> : null}
    </section>
  );
}

/** The name of a tier as its source has it where one table says so; else by level. */
export function tierName(frame: Frame, indicator: SchemeIndicator, tier: number): string {
  const t = frame.t.lists.tiers;
  const level = tier <= 3 ? t.names[tier as 1 | 2 | 3] : t.lower(tier);
  const [table] = indicator.levels;
  const named = table && indicator.levels.length === 1 ? tiersOf(table).find((one) => one.tier === tier)?.name : null;
  return named ? inBrackets(frame, level, named) : level;
}
