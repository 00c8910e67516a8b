import type { VNode } from 'preact';
import { type SchemeIndicator, tiersOf } from '../../domain/schemes/scheme.ts';
import type { IndicatorPreview, SchemePreview } from '../../domain/schemes/preview.ts';
import { Histogram, type Threshold } from '../charts/histogram.tsx';
import { Scroll } from '../components/facts.tsx';
import { formatCount, formatUnit } from '../format.ts';
import { type Frame, inBrackets, words } from '../frame.ts';
import { tierName } from './scheme-words.ts';

interface Props {
  readonly frame: Frame;
  readonly preview: SchemePreview & { readonly bounded: boolean };
  /** Of the core indicators only. */
  readonly core?: boolean;
}

/** How present declarations lie against the thresholds, in sentences and pictures; counted by the engine of the lists. */
export function PreviewFigures({ frame, preview, core = false }: Props): VNode {
  const t = frame.t.schemes;
  if (preview.compared === 0) return <p>{t.noDeclarations}</p>;
  const shown = preview.scheme.indicators
    .map((indicator, i) => ({ indicator, own: preview.indicators[i] }))
    .filter(({ indicator }) => !core || indicator.kind === 'core');
  return (
    <>
      <p class="hint">
        {t.distributionNote(formatCount(preview.compared))}
        {preview.bounded ? ` ${t.distributionBound(formatCount(preview.compared))}` : ''}
      </p>
      <Grades frame={frame} grades={preview.grades} />
      {shown.map(({ indicator, own }) => (own ? <Figure frame={frame} indicator={indicator} own={own} /> : null))}
    </>
  );
}

function Grades({ frame, grades }: { readonly frame: Frame; readonly grades: SchemePreview['grades'] }): VNode | null {
  if (!grades) return null;
  const t = frame.t.schemes;
  return (
    <ul class="plain-list">
      {([1, 2, 3] as const).map((grade) => {
        const { enterprises, declarations } = grades[grade];
        return (
          <li>
            <span class={`grade-${grade}`}>
              {t.wouldReach(frame.t.board.grades[grade], formatCount(enterprises), formatCount(declarations))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Figure({
  frame,
  indicator,
  own,
}: {
  readonly frame: Frame;
  readonly indicator: SchemeIndicator;
  readonly own: IndicatorPreview;
}): VNode {
  const name = words(frame, indicator.name);
  const sentence = sentenceOf(frame, own);
  const label = `${name}${frame.t.site.colon}${sentence}`;
  return (
    <figure class="distribution">
      <figcaption>
        <strong>{inBrackets(frame, name, formatUnit(indicator.unit))}</strong>
        <p>{sentence}</p>
      </figcaption>
      {own.bins.length === 0 ? null : (
        <>
          <Scroll label={label}>
            <Histogram
              bins={own.bins}
              thresholds={thresholdsOf(frame, indicator)}
              higherIsBetter={indicator.direction !== 'lower'}
              label={label}
            />
          </Scroll>
          <Bins frame={frame} own={own} />
        </>
      )}
    </figure>
  );
}

function Bins({ frame, own }: { readonly frame: Frame; readonly own: IndicatorPreview }): VNode {
  const t = frame.t.board;
  return (
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
          {own.bins.map((bin) => (
            <tr>
              <th scope="row">{`${bin.from} ${t.to} ${bin.to}`}</th>
              <td class="number">{formatCount(bin.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function sentenceOf(frame: Frame, own: IndicatorPreview): string {
  const t = frame.t.schemes;
  const tiers = own.tiers.map(({ named, count }) =>
    t.wouldTier(named ? tierName(frame, named) : '', formatCount(count)),
  );
  const others = [
    t.belowAll(formatCount(own.below)),
    t.notComparable(formatCount(own.notComparable)),
    ...(own.notApplicable > 0 ? [t.notApplicable(formatCount(own.notApplicable))] : []),
  ];
  return [...tiers, ...others].join(frame.t.site.semicolon);
}

/** The levels of the first table, which are those of most products. */
function thresholdsOf(frame: Frame, indicator: SchemeIndicator): readonly Threshold[] {
  const [first] = indicator.levels;
  if (!first || (indicator.direction !== 'higher' && indicator.direction !== 'lower')) return [];
  return tiersOf(first).flatMap((tier) =>
    tier.level === null
      ? []
      : [{ value: Number(tier.threshold), label: `${tierName(frame, tier)} ${tier.threshold}`, level: tier.level }],
  );
}
