import { fault, text } from '../../fault.ts';
import type { Check } from './check.ts';
import { incomparable } from './incomparable.ts';

/** A unit of another dimension than the category's schemes compare in: the value will be shown, but never compared. */
export const unitNotComparable: Check = {
  severity: 'warn',
  find: (given) =>
    incomparable(given, 'unit-other-dimension').map(({ at, declared, prepared: { indicator } }) => ({
      ...fault(
        `${at}/unit`,
        'unit.not-comparable',
        declared.unit,
        text(`可以与 ${indicator.unit} 换算的单位`, `a unit that converts to ${indicator.unit}`),
        text('请换用单位；否则该指标不参与比对', 'use another unit, or the indicator takes no part in comparisons'),
      ),
      about: declared.name,
    })),
};
