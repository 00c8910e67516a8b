import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';

/**
 * Reads a product barcode: GTIN-8, -12, -13 or -14 with its check digit (GB 12904, GS1 General Specifications §7.9).
 * Given back as fourteen digits, so that the same article is the same text however it was printed.
 */
export function parseGtin(typed: string, at = ''): Result<string, Fault> {
  const digits = typed.normalize('NFKC').replace(/[\s-]/gu, '');
  if (!/^(\d{8}|\d{12,14})$/u.test(digits)) {
    return err(wrong(at, typed, text('8、12、13 或 14 位数字', '8, 12, 13 or 14 digits')));
  }
  const expected = gtinCheckDigit(digits.slice(0, -1));
  if (digits.at(-1) !== expected) {
    return err(wrong(at, typed, text(`校验位应为 ${expected}`, `the check digit ${expected}`)));
  }
  return ok(digits.padStart(14, '0'));
}

export function gtinCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

function wrong(at: string, found: string, expected: Fault['expected']): Fault {
  return fault(
    at,
    'barcode.wrong',
    found,
    expected,
    text('请对照包装上的条码改正', 'correct it by the barcode on the package'),
  );
}
