import type { VNode } from 'preact';
import type { Distribution } from '../../domain/rankings/distribution.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { PERFORMANCE_LEVELS, type SchemeIndicator } from '../../domain/schemes/scheme.ts';
import { Histogram, type Threshold } from '../charts/histogram.tsx';
import { Scroll } from '../components/facts.tsx';
import { formatCount, formatUnit } from '../format.ts';
import { type Frame, inBrackets, words } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly head: ListHead;
  readonly indicators: readonly SchemeIndicator[];
  readonly distributions: readonly Distribution[];
  readonly chosen: string;
  readonly address: (code: string) => string;
}

/** How the values of one indicator lie, with the scheme's levels; the others are a link away. */
export function DistributionFigure(props: Props): VNode | null {
  const { frame, indicators, distributions, chosen, address } = props;
  const t = frame.t.board;
  const indicator = indicators.find(({ code }) => code === chosen) ?? indicators[0];
  if (!indicator) return null;
  const bins = distributions.find(({ code }) => code === indicator.code)?.bins ?? [];
  const unit = formatUnit(indicator.unit);
  const name = words(frame, indicator.name);
  return (
    <figure class="card distribution" aria-labelledby="distribution">
      {indicators.length > 1 ? (
        <nav class="tabs" aria-label={t.charts}>
          {indicators.map(({ code, name: one }) => (
            <a href={address(code)} aria-current={code === indicator.code ? 'true' : undefined}>
              {words(frame, one)}
            </a>
          ))}
        </nav>
      ) : null}
      <figcaption>
        <h2 id="distribution">{`${inBrackets(frame, name, unit)} · ${t.distribution}`}</h2>
        <p class="hint">
          {t.chartNote}
          {indicator.levels.length > 1 ? ` ${t.chartTable(indicator.levels.length)}` : ''}
        </p>
      </figcaption>
      {bins.length === 0 ? (
        <p>{t.noChart}</p>
      ) : (
        <Picture frame={frame} head={props.head} indicator={indicator} name={name} bins={bins} />
      )}
    </figure>
  );
}

function Picture({
  frame,
  head,
  indicator,
  name,
  bins,
}: {
  readonly frame: Frame;
  readonly head: ListHead;
  readonly indicator: SchemeIndicator;
  readonly name: string;
  readonly bins: Distribution['bins'];
}): VNode {
  const t = frame.t.board;
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const advanced = head.indicators.find(({ code }) => code === indicator.code)?.tiers[0] ?? 0;
  const sentence = t.chartSentence(name, formatCount(count), formatCount(advanced));
  return (
    <>
      <Scroll label={sentence}>
        <Histogram
          bins={bins}
          thresholds={thresholdsOf(frame, indicator)}
          higherIsBetter={indicator.direction !== 'lower'}
          label={sentence}
        />
      </Scroll>
      <details>
        <summary>{t.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{`${t.from} … ${t.to} …`}</th>
              <th scope="col" class="number">
                {t.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {bins.map((bin) => (
              <tr>
                <th scope="row">{`${bin.from} ${t.to} ${bin.to}`}</th>
                <td class="number">{formatCount(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** The levels of the first table, which are those of most products. */
function thresholdsOf({ t }: Frame, indicator: SchemeIndicator): readonly Threshold[] {
  const levels = indicator.levels[0];
  if (!levels || (indicator.direction !== 'higher' && indicator.direction !== 'lower')) return [];
  return PERFORMANCE_LEVELS.flatMap((level) => {
    const value = levels[level];
    if (value === undefined) return [];
    return [{ value: Number(value), label: `${t.board.levelNames[level]} ${value}`, level }];
  });
}
