import { fault, text } from '../../fault.ts';
import type { Found } from '../finding.ts';
import type { PreparedLimit } from '../rules.ts';
import type { Check } from './check.ts';
import { limitsOf, type Shortfall, shortfallOf } from './shortfall.ts';

/** Nothing declared may be lower than a mandatory standard (标准化法 art. 21). A wrong limit is corrected in the catalogue. */
export const mandatoryLimit: Check = {
  severity: 'refuse',
  find: ({ content, readable, rules }) =>
    content.indicators.flatMap((indicator, i) => {
      if (!readable[i]) return [];
      return limitsOf(indicator.name, 'mandatory', content, rules).flatMap(({ prepared, applies }) => {
        const shortfall = shortfallOf(indicator, prepared);
        if (!shortfall) return [];
        // A parameter left out exempts nobody: it is asked for before a value below the limit could pass.
        const kind = applies === 'yes' ? shortfall.kind : 'parameter-missing';
        return [found(`/indicators/${i}`, indicator.name, { ...shortfall, kind }, prepared)];
      });
    }),
};

function found(at: string, name: string, shortfall: Shortfall, prepared: PreparedLimit): Found {
  const { limit } = prepared;
  const source = `${limit.standard}${limit.clause ? ` ${limit.clause}` : ''}`;
  const bound = `${limit.direction === 'higher' ? '≥' : '≤'} ${limit.value} ${limit.unit}`;
  const expected = text(
    `强制性标准 ${source} 规定“${limit.indicator}”${bound}`,
    `“${limit.indicator}” ${bound} by the mandatory standard ${source}`,
  );
  return {
    ...fault(`${at}${shortfall.field}`, `limit.${shortfall.kind}`, shortfall.found, expected, REMEDY[shortfall.kind]),
    about: name,
  };
}

const REMEDY = {
  below: text(
    '低于强制性标准的指标不得声明；限值有误的请向工作机构提出更正',
    'nothing below a mandatory limit can be declared; if the limit is wrong, ask the coordinating body to correct it',
  ),
  'opposite-bound': text(
    '请改用能说明不低于限值的关系（如上限、下限或区间）',
    'use a relation that says how it meets the limit: a bound on its side, or a range',
  ),
  unit: text('请改用可以与限值换算的单位', 'use a unit that converts to that of the limit'),
  'parameter-missing': text(
    '请在产品参数中填写决定该限值是否适用的参数，或改正指标',
    'give the product parameters that decide whether this limit applies, or correct the indicator',
  ),
  words: text('请填写数值，或写明“符合 + 标准编号”', 'give a value, or write “符合” and the number of the standard'),
} as const;
