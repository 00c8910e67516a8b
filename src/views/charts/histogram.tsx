import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { Distribution } from '../../domain/rankings/distribution.ts';

export interface Threshold {
  readonly value: number;
  readonly label: string;
  readonly level: 'advanced' | 'average' | 'baseline';
}

interface Props {
  readonly bins: Distribution['bins'];
  readonly thresholds: readonly Threshold[];
  readonly higherIsBetter: boolean;
  /** The sentence that stands for the picture. */
  readonly label: string;
}

const WIDTH = 760;
const HEIGHT = 250;
const PLOT = { left: 40, right: 738, top: 64, bottom: 222 };
/** Labels of thresholds stand on three lines, so that close ones do not cover each other. */
const LABEL_LINE = { advanced: 14, average: 32, baseline: 50 };

/** A histogram with thresholds; what reaches the advanced level is gold. Its table twin stands beside it. */
export function Histogram({ bins, thresholds, higherIsBetter, label }: Props): VNode {
  const low = Math.min(bins[0]?.from ?? 0, ...thresholds.map(({ value }) => value));
  const high = Math.max(bins.at(-1)?.to ?? 1, ...thresholds.map(({ value }) => value));
  const x = scaleLinear().domain([low, high]).range([PLOT.left, PLOT.right]);
  const most = max(bins, (bin) => bin.count) ?? 1;
  const y = scaleLinear().domain([0, most]).nice(4).range([PLOT.bottom, PLOT.top]);
  const advanced = thresholds.find(({ level }) => level === 'advanced')?.value;
  const isGold = (bin: Props['bins'][number]): boolean =>
    advanced !== undefined && (higherIsBetter ? bin.from >= advanced : bin.to <= advanced);
  return (
    <svg class="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {y
        .ticks(4)
        .filter(Number.isInteger)
        .map((tick) => (
          <g>
            <line class="grid" x1={PLOT.left} x2={PLOT.right} y1={y(tick)} y2={y(tick)} />
            <text class="tick" x={PLOT.left - 8} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
      {bins.map((bin) => (
        <rect
          class={isGold(bin) ? 'gold' : 'plain'}
          x={round(x(bin.from) + 1)}
          width={round(Math.max(1, x(bin.to) - x(bin.from) - 2))}
          y={round(y(bin.count))}
          height={round(PLOT.bottom - y(bin.count))}
        />
      ))}
      {x.ticks(7).map((tick) => (
        <text class="tick" x={round(x(tick))} y={PLOT.bottom + 20} text-anchor="middle">
          {tick}
        </text>
      ))}
      {thresholds.map(({ value, label: said, level }) => (
        <g class={`threshold ${level}`}>
          <line x1={round(x(value))} x2={round(x(value))} y1={LABEL_LINE[level] + 2} y2={PLOT.bottom} />
          <text
            x={round(x(value) + (x(value) > WIDTH - 140 ? -6 : 6))}
            y={LABEL_LINE[level]}
            text-anchor={x(value) > WIDTH - 140 ? 'end' : 'start'}
          >
            {said}
          </text>
        </g>
      ))}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
