import { standardsToLookUp } from '../declarations/cited.ts';
import type { DeclarationContent, DeclaredIndicator } from '../declarations/content.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import type { Parameter } from '../schemes/conditions.ts';

/**
 * The form of what is packed. What a term holds, or how cited standards are found, is part of it: a change of either gets a
 * new number, and categories are packed anew.
 */
export const PACKED_FORM = 1;

/** What a comparison looks at in one declaration, as three kinds of texts that repeat from declaration to declaration. */
export interface DocumentTerms {
  readonly parameters: string;
  readonly cited: string;
  readonly rows: readonly string[];
}

export function termsOf({ content }: DeclarationDocument): DocumentTerms {
  return { ...rowTermsOf(content), cited: JSON.stringify(standardsToLookUp(content)) };
}

export function rowTermsOf(content: DeclarationContent): Omit<DocumentTerms, 'cited'> {
  return {
    parameters: JSON.stringify(content.parameters.map(({ name, value, unit }) => [name, value, unit ?? null])),
    rows: content.indicators.map(({ name, kind, comparator, value, second, unit, testMethod, raw }) =>
      JSON.stringify([name, kind, comparator, value, second ?? null, unit, testMethod ?? null, raw ?? null]),
    ),
  };
}

/** A declared row again, without its note, which no comparison reads. */
export function readRowTerm(term: string): DeclaredIndicator {
  const [name, kind, comparator, value, second, unit, testMethod, raw] = JSON.parse(term) as [
    string,
    DeclaredIndicator['kind'],
    DeclaredIndicator['comparator'],
    string,
    string | null,
    string,
    string | null,
    string | null,
  ];
  return { name, kind, comparator, value, second, unit, testMethod, raw };
}

export function readParametersTerm(term: string): readonly Parameter[] {
  return (JSON.parse(term) as [string, string, string | null][]).map(([name, value, unit]) => ({ name, value, unit }));
}

/** Numbers the texts of a category, in the order in which they are first met. */
export class TermNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #fresh: string[] = [];

  constructor(known: Iterable<string> = []) {
    for (const term of known) this.#numbers.set(term, this.#numbers.size);
  }

  get size(): number {
    return this.#numbers.size;
  }

  of(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(term, number);
    this.#fresh.push(term);
    return number;
  }

  /** The terms since the last time. */
  takeFresh(): readonly string[] {
    return this.#fresh.splice(0);
  }
}

/** The numbers of a version: what stands at which place, then the terms of its rows. */
export const PLACE = { log: 0, revision: 1, ends: 2, parameters: 3, cited: 4, rowCount: 5, rows: 6 } as const;
