import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ComparedDocument, comparer } from '../../../src/domain/comparisons/compare.ts';
import { TermNumbers, termsOf } from '../../../src/domain/comparisons/packed.ts';
import { NO_PREMISES } from '../../../src/domain/comparisons/premises.ts';
import { unmatchedNames } from '../../../src/domain/comparisons/unmatched.ts';
import type { DeclarationDocument } from '../../../src/domain/declarations/document.ts';
import { termComparer } from '../../../src/domain/rankings/compare-terms.ts';
import { compared } from '../../../src/domain/rankings/list.ts';
import { Scheme } from '../../../src/domain/schemes/scheme.ts';
import { documentsFor, lenient } from '../../support/generated-documents.ts';
import { generatedScheme } from '../../support/generated-schemes.ts';

const given = fc
  .tuple(generatedScheme(), fc.nat(3))
  .map(([scheme, strict]) => Scheme.parse(strict === 0 ? scheme : lenient(scheme)))
  .chain((scheme) =>
    fc.record({
      scheme: fc.constant(scheme),
      documents: documentsFor(scheme, 12),
      // Beside a threshold by less than a float could tell from it; and a name that the scheme does not know.
      beside: fc.constantFrom('', '0000000001'),
      stranger: fc.boolean(),
      mapped: fc.boolean(),
    }),
  );

it('packed terms compare to what documents compare to: results, keys, outcomes, names', () => {
  fc.assert(
    fc.property(given, ({ scheme, documents: plain, beside, stranger, mapped }) => {
      const documents = plain.map((document, i) => awkward(document, i % 2 === 0 ? beside : '', stranger));
      const own = scheme.indicators[0]?.name.zh ?? '';
      const premises = {
        ...NO_PREMISES,
        mappings: mapped ? [{ name: '陌生指标', as: own, reason: '同义', on: '2026-01-01' }] : [],
      };
      const exact = comparer(scheme, premises);
      const numbers = new TermNumbers();
      const packed = documents.map((document) => {
        const { parameters, cited, rows } = termsOf(document);
        const terms = rows.map((row) => numbers.of(row));
        return Int32Array.from([0, 1, 0, numbers.of(parameters), numbers.of(cited), rows.length, ...terms]);
      });
      const terms = numbers.takeFresh();
      const { compare, unmatched } = termComparer(scheme, exact, terms);
      const [byDocument, byTerm] = [unmatchedNames(exact.prepared, premises), unmatchedNames(exact.prepared, premises)];
      for (const [i, document] of documents.entries()) {
        const expected: ComparedDocument = exact.compare(document);
        const { result, outcomes, keys } = compared(document, '', expected);
        const one = packed[i] ?? new Int32Array();
        const found = compare(one, 0);
        expect(found).toEqual({ result, outcomes, keys });
        expect(JSON.parse(terms[one[4] ?? 0] ?? '')).toEqual(expected.cited);
        byDocument.count(document, expected);
        byTerm.count({ id: document.id, content: { indicators: unmatched(one, 0) } }, found.result);
      }
      expect(byTerm.names()).toEqual(byDocument.names());
    }),
    { numRuns: 400 },
  );
}, 60_000);

function awkward(document: DeclarationDocument, beside: string, stranger: boolean): DeclarationDocument {
  const { indicators } = document.content;
  const changed = indicators.map((row) =>
    beside !== '' && /^-?\d+$/u.test(row.value) ? { ...row, value: `${row.value}.${beside}` } : row,
  );
  const [first] = changed;
  const more =
    stranger && first
      ? [
          { ...first, name: '陌生指标' },
          { ...first, name: '陌生 指标' },
        ]
      : [];
  return { ...document, content: { ...document.content, indicators: [...changed, ...more] } };
}
