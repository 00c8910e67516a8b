import { fault, text } from '../../fault.ts';
import type { Found } from '../finding.ts';
import type { Check } from './check.ts';

/** A product, indicator or parameter is declared once in a declaration. */
export const declaredTwice: Check = {
  severity: 'refuse',
  find: ({ content }) => [
    ...repeated(
      content.products.flatMap((product, i) =>
        product.models.map((model, j) => ({
          at: `/products/${i}/models/${j}`,
          shown: model,
          key: JSON.stringify([product.name, product.brand ?? '', model]),
        })),
      ),
    ),
    ...repeated(content.indicators.map(({ name }, i) => ({ at: `/indicators/${i}/name`, shown: name, key: name }))),
    ...repeated(content.parameters.map(({ name }, i) => ({ at: `/parameters/${i}/name`, shown: name, key: name }))),
  ],
};

function repeated(
  rows: readonly { readonly at: string; readonly shown: string; readonly key: string }[],
): readonly Found[] {
  const seen = new Map<string, string>();
  return rows.flatMap(({ at, shown, key }) => {
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, at);
      return [];
    }
    const expected = text(`与 ${first} 不重复`, `not the same as ${first}`);
    const remedy = text('请删去重复的一项', 'remove one of the two');
    return [{ ...fault(at, 'declared.twice', shown, expected, remedy), about: shown }];
  });
}
