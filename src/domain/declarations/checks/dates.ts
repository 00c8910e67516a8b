import { fault, text } from '../../fault.ts';
import type { Check } from './check.ts';

/** A standard takes effect on or after the day on which it is issued. */
export const dates: Check = {
  severity: 'refuse',
  find({ content: { standard } }) {
    const { issuedOn, effectiveOn } = standard;
    if (!issuedOn || issuedOn <= effectiveOn) return [];
    const expected = text(`实施日期不早于发布日期 ${issuedOn}`, `effective on or after the day of issue, ${issuedOn}`);
    const remedy = text('请核对标准封面上的两个日期', 'check the two dates on the cover');
    return [{ ...fault('/standard/effectiveOn', 'date.order', effectiveOn, expected, remedy), about: standard.number }];
  },
};
