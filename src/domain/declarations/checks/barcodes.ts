import { fault, text } from '../../fault.ts';
import { parseGtin } from '../../standards/gtin.ts';
import type { Found } from '../finding.ts';
import type { Check } from './check.ts';

/** A barcode has its length and its check digit (GB 12904), and stands for one product only. */
export const barcodes: Check = {
  severity: 'refuse',
  find({ content }) {
    const seen = new Map<string, string>();
    return content.products.flatMap((product, i) =>
      (product.barcodes ?? []).flatMap((typed, j): readonly Found[] => {
        const at = `/products/${i}/barcodes/${j}`;
        const gtin = parseGtin(typed, at);
        if (!gtin.ok) return [{ ...gtin.problem, about: typed }];
        const first = seen.get(gtin.value);
        if (first) return [twice(at, typed, first)];
        seen.set(gtin.value, at);
        return [];
      }),
    );
  },
};

function twice(at: string, found: string, first: string): Found {
  const expected = text(`与 ${first} 不重复`, `not the same as ${first}`);
  return {
    ...fault(at, 'barcode.twice', found, expected, text('请删去重复的条码', 'remove one of the two')),
    about: found,
  };
}
