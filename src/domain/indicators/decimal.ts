import { Decimal } from 'decimal.js';
import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';

// 200 significant digits: two declared values of at most 30 digits and two unit factors multiply without rounding.
const Exact = Decimal.clone({ precision: 200, toExpNeg: -1000, toExpPos: 1000 });

export type ExactDecimal = InstanceType<typeof Exact>;

const DECIMAL_TEXT = /^[+-]?\d{1,20}(?:\.\d{1,10})?$/u;

/** Reads trusted decimal text (a checked value, a factor of the unit table); throws on anything else. */
export function exact(decimalText: string): ExactDecimal {
  return new Exact(decimalText);
}

/**
 * Normalises a decimal as typed: full-width digits and every minus sign are folded; digits are kept ("16.00" stays).
 * No exponent and no thousands separator, because "1,284" means two different numbers to two readers.
 */
export function parseDecimal(typed: string, at = ''): Result<string, Fault> {
  const folded = typed
    .normalize('NFKC')
    .trim()
    .replace(/[\u2212\u2013]/gu, '-');
  if (DECIMAL_TEXT.test(folded)) return ok(folded.replace(/^\+/u, ''));
  return err(
    fault(
      at,
      'decimal.form',
      typed,
      text(
        '十进制数，如 520 或 0.05（整数至多 20 位，小数至多 10 位）',
        'a decimal such as 520 or 0.05 (up to 20 digits, 10 after the point)',
      ),
      text('请去掉千位分隔符、单位和其他文字，只留数字', 'remove separators, units and words; leave the number alone'),
    ),
  );
}
