import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../src/domain/text/csv-cell.ts';
import { codePointName, foldIdentifier } from '../../../src/domain/text/fold.ts';
import { vectorJson } from '../../support/vectors.ts';

interface Fold {
  readonly in: string;
  readonly inHex: string;
  readonly value?: string;
  readonly error?: string;
}

describe('identifiers are folded to one form, or refused by the character that has none', () => {
  const cases = vectorJson<Fold[]>('text/fold.json');
  it.each(cases)('$inHex', ({ inHex, value, error }) => {
    const typed = String.fromCodePoint(...inHex.split(' ').map((hex) => parseInt(hex, 16)));
    const folded = foldIdentifier(typed);
    if (folded.ok) expect(folded.value).toBe(value);
    else expect(`${folded.problem.reason} ${codePointName(folded.problem.character)}`).toBe(error);
  });
  it('covers all 26 vectors', () => expect(cases).toHaveLength(26));
  it('is idempotent on what it accepts', () => {
    for (const { value } of cases) if (value) expect(foldIdentifier(value)).toEqual({ ok: true, value });
  });
});

describe('a CSV cell never runs as a formula', () => {
  const cases = vectorJson<{ in: string; cell: string }[]>('text/csv.json');
  it.each(cases)('$cell', ({ in: typed, cell }) => expect(csvCell(typed)).toBe(cell));
  it('covers all 24 vectors', () => expect(cases).toHaveLength(24));
});
