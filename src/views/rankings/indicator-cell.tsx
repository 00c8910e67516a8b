import type { VNode } from 'preact';
import type { ListIndicator } from '../../domain/rankings/entry.ts';
import type { SchemeIndicator } from '../../domain/schemes/scheme.ts';
import type { Distribution } from '../../domain/rankings/distribution.ts';
import { type BarScale, barScale, ThresholdBar } from '../charts/threshold-bar.tsx';
import type { Frame } from '../frame.ts';
import { absenceInWords, declaredBeside, outcomeInWords, shownValue } from './outcome-text.ts';

/** One indicator of a list, prepared once for all its rows. */
export interface Column {
  readonly indicator: SchemeIndicator;
  readonly label: string;
  /** Per level table of the scheme, the scale of its bars; null where there are no numbers. */
  readonly scales: readonly (BarScale | null)[];
  readonly showTier: boolean;
}

export function columnOf(
  indicator: SchemeIndicator,
  label: string,
  distribution: Distribution | undefined,
  showTier: boolean,
): Column {
  const scales = indicator.levels.map((levels) => barScale(indicator, levels, distribution));
  return { indicator, label, scales, showTier };
}

export function gradientId(column: Column, table: number): string {
  return `z-${column.indicator.code}-${table}`;
}

export function IndicatorCell({
  frame,
  column,
  result,
}: {
  readonly frame: Frame;
  readonly column: Column;
  readonly result: ListIndicator | undefined;
}): VNode {
  const absence = result ? absenceInWords(frame, result) : frame.t.board.notDeclared;
  const declared = result ? declaredBeside(result, column.indicator.unit) : null;
  const table = result?.table ?? 0;
  const scale = column.scales[table];
  const isDrawn = !absence && scale && result?.value;
  return (
    <td role="cell" data-label={column.label} class={absence ? 'absent' : 'number'}>
      {absence ?? (result ? shownValue(result) : null)}
      {declared ? <small class="under">{declared}</small> : null}
      {isDrawn ? <ThresholdBar id={gradientId(column, table)} scale={scale} value={Number(result.value)} /> : null}
      {column.showTier && result ? <Tier frame={frame} result={result} /> : null}
    </td>
  );
}

/** On lists without an overall grade: the tier of the indicator and its place, where places are given. */
function Tier({ frame, result }: { readonly frame: Frame; readonly result: ListIndicator }): VNode | null {
  const { outcome, tierRank } = result;
  if (outcome === 'not-applicable' || outcome === 'not-comparable') return null;
  const t = frame.t.board;
  return (
    <small class={`tag tag-${outcome}`}>
      {outcomeInWords(frame, result)}
      {tierRank !== undefined ? ` · ${t.tierPlace(tierRank)}` : ''}
    </small>
  );
}
