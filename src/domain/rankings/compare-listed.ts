import { type Comparer, comparer } from '../comparisons/compare.ts';
import { rowTermsOf, TermNumbers } from '../comparisons/packed.ts';
import type { Premises } from '../comparisons/premises.ts';
import type { ComparisonResult } from '../comparisons/result.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { termComparer } from './compare-terms.ts';

/** Terms are forgotten when there are so many: some 20 MB. */
const MOST_TERMS = 50_000;

/** Compares the documents of an edition's rows again, each distinct declared row once; a page of 100 rows in a third of the time. */
export function listedComparer(
  scheme: Scheme,
  premises: Premises,
): (document: DeclarationDocument) => ComparisonResult {
  const exact: Comparer = comparer(scheme, premises);
  // The entry condition looks at what is cited and decided, which no term holds here.
  if (premises.standards.length > 0 || premises.decisions.length > 0) return exact.compare;
  let numbers = new TermNumbers();
  let terms: string[] = [];
  let { compare } = termComparer(scheme, exact, terms);
  return ({ content }) => {
    if (terms.length > MOST_TERMS) {
      numbers = new TermNumbers();
      terms = [];
      ({ compare } = termComparer(scheme, exact, terms));
    }
    const { parameters, rows } = rowTermsOf(content);
    const places = [0, 0, 0, numbers.of(parameters), 0, rows.length, ...rows.map((row) => numbers.of(row))];
    terms.push(...numbers.takeFresh());
    return compare(Int32Array.from(places), 0).result;
  };
}
