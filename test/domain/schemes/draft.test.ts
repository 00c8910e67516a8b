import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Loose, readCells, writeCells } from '../../../src/domain/schemes/cells.ts';
import { INDICATOR_COLUMNS, LEVEL_COLUMNS } from '../../../src/domain/schemes/columns.ts';
import { checkDraft, tooLongLists } from '../../../src/domain/schemes/draft.ts';
import { comparablePart } from '../../../src/domain/schemes/preview.ts';
import { writeSheets } from '../../../src/domain/schemes/sheets.ts';
import { changedRows, contentOfForm, fieldNames, nearestField } from '../../../src/views/schemes/editor-form.ts';
import { gradingScheme } from '../../support/filled-register.ts';

/** A scheme in which anything at all stands in any place. */
const mangled: fc.Arbitrary<Loose> = fc
  .tuple(fc.array(fc.tuple(fc.nat(200), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 6 }))
  .map(([changes]) => {
    const content = structuredClone(gradingScheme()) as unknown as Record<string, unknown>;
    for (const [where, value] of changes) {
      const places = placesOf(content);
      const place = places[where % places.length];
      if (place) place[0][place[1]] = value;
    }
    return content;
  });

function placesOf(object: Record<string, unknown>): (readonly [Record<string, unknown>, string])[] {
  return Object.entries(object).flatMap(([key, value]) => [
    [object, key] as const,
    ...(typeof value === 'object' && value !== null ? placesOf(value as Record<string, unknown>) : []),
  ]);
}

describe('a draft of whatever content', () => {
  it('is checked, shown, written out and previewed without failing, and its form loses no cell', () => {
    fc.assert(
      fc.property(mangled, (content) => {
        const { faults } = checkDraft(content);
        const names = fieldNames(content);
        for (const { at } of faults) expect(names).toContain(nearestField(at, names));
        writeSheets(content);
        comparablePart(content);
        expect(Array.isArray(changedRows(content, 'add /indicators')['indicators'])).toBe(true);
        contentOfForm({}, content);
        for (const columns of [INDICATOR_COLUMNS, LEVEL_COLUMNS]) {
          const cells = writeCells(columns, content);
          expect(Object.keys(writeCells(columns, readCells(columns, cells)))).toEqual(Object.keys(cells));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{}, []],
    ['words', []],
    [{ indicators: Array.from({ length: 60 }, () => ({ levels: Array.from({ length: 10 }, () => ({})) })) }, []],
    [{ indicators: Array.from({ length: 61 }, () => ({})) }, ['/content/indicators']],
    [{ indicators: [{ levels: Array.from({ length: 601 }, () => ({})) }] }, ['/content/indicators']],
    [{ requirements: Array.from({ length: 61 }, () => 1) }, ['/content/requirements']],
  ])('has no more rows than a page can show (%#)', (content, at) => {
    expect(tooLongLists(content).map((one) => one.at)).toEqual(at);
  });
});
