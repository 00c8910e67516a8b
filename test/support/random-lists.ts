import fc from 'fast-check';
import { expect } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { type CanonicalValue, canonicalJson } from '../../src/domain/canonical.ts';
import { comparer } from '../../src/domain/comparisons/compare.ts';
import { NO_PREMISES } from '../../src/domain/comparisons/premises.ts';
import { type DeclarationDocument, writeDocument } from '../../src/domain/declarations/document.ts';
import { readEntry } from '../../src/domain/rankings/entry.ts';
import { verifyKit } from '../../src/domain/rankings/kit.ts';
import { compared, rank, type RankingList } from '../../src/domain/rankings/list.ts';
import { inputsText } from '../../src/domain/rankings/inputs-text.ts';
import { readList, writeList } from '../../src/domain/rankings/list-text.ts';
import { premisesSource } from '../../src/domain/rankings/premises-source.ts';
import { checkScheme } from '../../src/domain/schemes/check-scheme.ts';
import { Scheme } from '../../src/domain/schemes/scheme.ts';
import { bettered, documentsFor, lenient } from './generated-documents.ts';
import { generatedScheme } from './generated-schemes.ts';

const PREMISES = canonicalJson(NO_PREMISES);

/** A list of documents by a scheme, as a run would make it, and its bytes. */
export function listOf(scheme: Scheme, schemeText: string, documents: readonly DeclarationDocument[]) {
  const { compare } = comparer(scheme);
  const inputs = documents.map((one) => writeDocument(one));
  const list = rank(
    scheme,
    documents.map((one, i) => compared(one, inputs[i]?.sha256 ?? '', compare(one))),
    {
      body: 'B',
      logSize: 7,
      edition: 1,
      previous: null,
      correction: null,
      inputs: { count: inputs.length, sha256: sha256Hex(inputsText(inputs.map(({ sha256 }) => sha256))) },
      premises: premisesSource(NO_PREMISES, sha256Hex(PREMISES)),
      schemeSha256: sha256Hex(schemeText),
    },
  );
  return { list, bytes: bytesOf(list), inputs: inputs.map(({ text }) => text) };
}

export function bytesOf(list: RankingList): string {
  return [...writeList(list)].map(([, line]) => line).join('');
}

export function kitOf(schemeText: string, bytes: string, inputs: readonly string[]): readonly string[] {
  return [
    { kit: 1, list: 'M-GEN', edition: 1, sha256: sha256Hex(bytes) },
    { scheme: schemeText },
    { premises: PREMISES },
    { published: bytes },
    ...inputs.map((input) => ({ input })),
  ].map((part) => JSON.stringify(part));
}

export function verdictOf(lines: readonly string[]) {
  const kit = verifyKit();
  for (const [i, line] of lines.entries()) kit.take(line, i + 1);
  return kit.finish();
}

/** Three of four without the conditions under which random values are seldom comparable. */
const schemes = fc
  .tuple(generatedScheme(), fc.nat(3))
  .map(([scheme, strict]) => (strict === 0 ? scheme : lenient(scheme)));

/** Random schemes and declarations: every promise of the engine, on each. */
export function checkRandomLists(runs: number): void {
  const given = schemes.chain((scheme) =>
    fc.record({
      scheme: fc.constant(scheme),
      documents: documentsFor(scheme),
      seed: fc.integer(),
      pick: fc.nat(),
      by: fc.integer({ min: 1, max: 2000 }),
    }),
  );
  fc.assert(
    fc.property(given, ({ scheme, documents, seed, pick, by }) => {
      expect(checkScheme(scheme)).toEqual([]);
      const text = canonicalJson(JSON.parse(JSON.stringify(Scheme.parse(scheme))) as CanonicalValue);
      expect(canonicalJson(JSON.parse(JSON.stringify(Scheme.parse(JSON.parse(text)))) as CanonicalValue)).toBe(text);
      const { list, bytes, inputs } = listOf(Scheme.parse(scheme), text, documents);

      // The order of the input never matters, but for the hash that names the inputs in their order.
      const shuffled = documents.toSorted((a, b) => hash(a.id, seed) - hash(b.id, seed));
      const other = listOf(Scheme.parse(scheme), text, shuffled).list;
      expect(bytesOf({ ...other, head: { ...other.head, inputs: list.head.inputs } })).toBe(bytes);

      // What is published is recomputed to the same bytes, and read back as it was.
      expect(verdictOf(kitOf(text, bytes, inputs)).checks.filter(({ holds }) => !holds)).toEqual([]);
      expect(bytesOf(readList([bytes]))).toBe(bytes);

      const { compare, prepared } = comparer(scheme);
      const byId = new Map(documents.map((document) => [document.id, document]));
      for (const row of [...list.entries, ...list.excluded]) {
        const document = byId.get(row.declaration);
        if (document) readEntry(list.head, row, document, compare);
      }

      const i = pick % prepared.length;
      for (const document of documents) {
        const better = bettered(scheme, document, pick, by);
        if (!better) continue;
        const [before, after] = [compare(document), compare(better)];
        // A value so much better that nobody believes it is shown, and not compared.
        if (after.indicators[i]?.reason === 'implausible') continue;
        expect(after.grade ?? 9, JSON.stringify([document, better])).toBeLessThanOrEqual(before.grade ?? 9);
      }
    }),
    { numRuns: runs },
  );
}

function hash(text: string, seed: number): number {
  return [...text].reduce((sum, character) => Math.imul(sum, 31) + character.charCodeAt(0), seed) | 0;
}
