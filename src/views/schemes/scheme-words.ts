import { type Column, INDICATOR_COLUMNS, LEVEL_COLUMNS, REQUIREMENT_COLUMNS } from '../../domain/schemes/columns.ts';
import type { SchemeIndicator, Tier } from '../../domain/schemes/scheme.ts';
import { formatNumber, formatUnit } from '../format.ts';
import { type Frame, words } from '../frame.ts';

const COLUMNS = { indicator: INDICATOR_COLUMNS, levels: LEVEL_COLUMNS, requirement: REQUIREMENT_COLUMNS } as const;

/** The words of a choice: the same that workbooks and the form use. */
export function choiceWords(
  frame: Pick<Frame, 'lang'>,
  of: keyof typeof COLUMNS,
  path: string,
  value: string | number,
): string {
  const columns: readonly Column[] = COLUMNS[of];
  const choice = columns.find((one) => one.path === path)?.choices?.find((one) => one.value === value);
  return choice ? words(frame, choice.label) : String(value);
}

/** The name of a tier: that of its level, with the one of its source. */
export function tierName({ t }: Pick<Frame, 't'>, tier: Pick<Tier, 'level' | 'name'>): string {
  if (tier.level === null) return tier.name ?? '';
  const own = t.board.levels[tier.level];
  return tier.name ? `${own}${t.site.open}${tier.name}${t.site.close}` : own;
}

/** A threshold as its direction means it: ≥ 520 m³/h. */
export function thresholdWords(
  frame: Pick<Frame, 'lang'>,
  { direction, unit, target }: SchemeIndicator,
  threshold: string,
): string {
  const shown = `${threshold.split('～').map(formatNumber).join('～')} ${formatUnit(unit)}`.trim();
  switch (direction) {
    case 'higher':
      return `≥ ${shown}`;
    case 'lower':
      return `≤ ${shown}`;
    case 'target':
      return `${formatNumber(target ?? '')} ± ${shown}`;
    case 'yes-no':
      return frame.lang === 'zh' ? '是' : 'yes';
    default:
      return shown;
  }
}
