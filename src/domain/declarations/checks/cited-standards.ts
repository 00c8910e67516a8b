import { fault, text } from '../../fault.ts';
import { statusOn, successorsOf } from '../../standards/in-force.ts';
import { parseStandardNumber } from '../../standards/number.ts';
import { citedStandards } from '../cited.ts';
import type { Found } from '../finding.ts';
import type { Check } from './check.ts';

/** A citation of a standard that is withdrawn, or wholly or partly replaced, on the day of declaring. */
export const citedStandard: Check = {
  severity: 'warn',
  find({ content, rules }) {
    const find = (typed: string) => {
      const parsed = parseStandardNumber(typed);
      return parsed.ok ? rules.standard(parsed.value.compact) : null;
    };
    return citedStandards(content).flatMap(({ at, compact }): readonly Found[] => {
      const standard = rules.standard(compact);
      if (!standard) return [];
      const isWithdrawn = statusOn(standard, rules.day) === 'withdrawn';
      const inForce = successorsOf(standard, find).filter(({ number }) => {
        const successor = find(number);
        return successor !== null && statusOn(successor, rules.day) === 'current';
      });
      if (!isWithdrawn && inForce.length === 0) return [];
      const numbers = inForce.map(({ number }) => number);
      return [
        {
          ...fault(
            at,
            isWithdrawn ? 'cited-standard.withdrawn' : 'cited-standard.replaced',
            standard.number,
            isWithdrawn
              ? text(
                  `现行标准；${standard.number} 已于 ${standard.withdrawnOn} 废止`,
                  `a standard in force; ${standard.number} was withdrawn on ${standard.withdrawnOn}`,
                )
              : text(
                  `现行版本；${standard.number} 已被 ${numbers.join('、')} 代替`,
                  `the edition in force; ${standard.number} is replaced by ${numbers.join(', ')}`,
                ),
            numbers.length > 0
              ? text(
                  `请改引 ${numbers.join('、')}，或说明仍引用旧版的理由`,
                  `cite ${numbers.join(', ')}, or say why the old edition is cited`,
                )
              : text('请改引现行标准，或说明理由', 'cite one in force, or say why not'),
          ),
          about: standard.number,
        },
      ];
    });
  },
};
