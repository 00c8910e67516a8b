import { fault, text } from '../../fault.ts';
import type { Check } from './check.ts';
import { incomparable } from './incomparable.ts';

/** A value outside the range that the category's schemes hold for possible: most often a slipped unit or decimal point. */
export const plausibleRange: Check = {
  severity: 'warn',
  find: (given) =>
    incomparable(given, 'implausible').map(({ at, declared, prepared: { indicator } }) => {
      const { min, max } = indicator.plausible;
      const range = `${min ?? '…'}～${max ?? '…'} ${indicator.unit}`;
      return {
        ...fault(
          `${at}/value`,
          'value.implausible',
          declared.raw ?? `${declared.value} ${declared.unit}`,
          text(`“${indicator.name.zh}”通常在 ${range} 之间`, `“${indicator.name.en}” usually lies in ${range}`),
          text(
            '请核对数值和单位；无误的写明理由后保留',
            'check the value and its unit; if they are right, keep them and say why',
          ),
        ),
        about: declared.name,
      };
    }),
};
