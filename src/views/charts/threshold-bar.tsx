import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import type { Distribution } from '../../domain/rankings/distribution.ts';
import type { LevelTable, SchemeIndicator } from '../../domain/schemes/scheme.ts';

const WIDTH = 84;

/** Where the zones of one indicator's bars begin, and where a value stands; right is better whatever the direction. */
export interface BarScale {
  readonly baseline: number;
  readonly advanced: number;
  readonly position: (value: number) => number;
}

/** The scale over thresholds and the values that occur; null where there are no numbers. */
export function barScale(
  indicator: SchemeIndicator,
  levels: LevelTable | undefined,
  distribution: Distribution | undefined,
): BarScale | null {
  if (!levels || (indicator.direction !== 'higher' && indicator.direction !== 'lower')) return null;
  const thresholds = [levels.advanced, levels.average, levels.baseline].flatMap((level) =>
    level === undefined ? [] : [Number(level)],
  );
  const bins = distribution?.bins ?? [];
  const low = Math.min(...thresholds, bins[0]?.from ?? Infinity);
  const high = Math.max(...thresholds, bins.at(-1)?.to ?? -Infinity);
  // A margin keeps the outer threshold off the edge, so that both its zones show.
  const margin = (high - low || Math.abs(high) || 1) * 0.12;
  const domain = [low - margin, high + margin];
  const scale = scaleLinear()
    .domain(indicator.direction === 'higher' ? domain : domain.toReversed())
    .range([0, WIDTH])
    .clamp(true);
  const position = (value: number) => Math.round(scale(value) * 10) / 10;
  return {
    baseline: position(Number(levels.baseline ?? levels.average ?? levels.advanced)),
    advanced: position(Number(levels.advanced)),
    position,
  };
}

/** The three zones as one gradient with hard edges: every bar of a column then is a single shape (2.5 times fewer nodes). */
export function ZoneGradient({ id, scale }: { readonly id: string; readonly scale: BarScale }): VNode {
  const at = (x: number) => `${Math.round((x / WIDTH) * 1000) / 10}%`;
  return (
    <linearGradient id={id}>
      <stop offset={at(scale.baseline)} stop-color="#D9DFE4" />
      <stop offset={at(scale.baseline)} stop-color="#9CC3D5" />
      <stop offset={at(scale.advanced)} stop-color="#9CC3D5" />
      <stop offset={at(scale.advanced)} stop-color="#E0B24A" />
    </linearGradient>
  );
}

/** A picture of the number beside it, so it says nothing to a screen reader. */
export function ThresholdBar({
  id,
  scale,
  value,
}: {
  readonly id: string;
  readonly scale: BarScale;
  readonly value: number;
}): VNode {
  const x = Math.max(0, Math.min(WIDTH - 2, scale.position(value) - 1));
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <rect y="3" width={WIDTH} height="4" fill={`url(#${id})`} />
      <rect x={x} width="2" height="10" />
    </svg>
  );
}
