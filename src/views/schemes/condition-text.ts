import type { Condition } from '../../domain/schemes/scheme.ts';
import type { Frame } from '../frame.ts';

/** Conditions in words: 额定功率不大于 100 W，且类型属于 壁挂式、柜式. */
export function conditionsInWords(frame: Pick<Frame, 't' | 'lang'>, conditions: readonly Condition[]): string {
  const t = frame.t.scheme;
  if (conditions.length === 0) return t.always;
  const said = conditions.map((condition) => {
    const value =
      condition.operator === 'in'
        ? (condition.values ?? []).join('、')
        : `${condition.value ?? ''} ${condition.unit ?? ''}`.trim();
    return `${condition.parameter} ${t.operators[condition.operator]} ${value}`;
  });
  return said.join(frame.lang === 'zh' ? `，${t.and} ` : ` ${t.and} `);
}
