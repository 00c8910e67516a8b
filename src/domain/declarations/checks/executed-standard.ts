import { fault, text } from '../../fault.ts';
import { statusOn, successorsOf } from '../../standards/in-force.ts';
import { parseStandardNumber } from '../../standards/number.ts';
import type { Check } from './check.ts';

/** An executed standard of another level is one that is not withdrawn on the day of declaring. */
export const executedStandard: Check = {
  severity: 'refuse',
  find({ content, number, rules }) {
    if (!number || number.level === 'enterprise') return [];
    const standard = rules.standard(number.compact);
    if (!standard || statusOn(standard, rules.day) !== 'withdrawn') return [];
    const successors = successorsOf(standard, (typed) => {
      const parsed = parseStandardNumber(typed);
      return parsed.ok ? rules.standard(parsed.value.compact) : null;
    }).map((one) => one.number);
    const instead = successors.join('、');
    return [
      {
        ...fault(
          '/standard/number',
          'executed-standard.withdrawn',
          content.standard.number,
          text(
            `现行标准；${number.canonical} 已于 ${standard.withdrawnOn} 废止`,
            `a standard in force; ${number.canonical} was withdrawn on ${standard.withdrawnOn}`,
          ),
          instead
            ? text(`请改为 ${instead}`, `use ${instead.replaceAll('、', ', ')}`)
            : text('请选择现行标准，或制定企业标准', 'choose one in force, or make a standard of your own'),
        ),
        about: number.canonical,
      },
    ];
  },
};
