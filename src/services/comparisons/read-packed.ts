import type { Comparer } from '../../domain/comparisons/compare.ts';
import { PACKED_FORM, PLACE } from '../../domain/comparisons/packed.ts';
import { termComparer } from '../../domain/rankings/compare-terms.ts';
import { type ComparedDeclaration, inNeutralOrder } from '../../domain/rankings/list.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { Transaction } from '../../store/database.ts';
import { readLeft } from '../../store/cut-off.ts';
import { type PackedBlock, readBlock, readTerms } from '../../store/packed-versions.ts';
import type { CategoryReading } from './category-reading.ts';

interface PackedVersion {
  readonly declaration: string;
  readonly revision: number;
  readonly creditCode: string;
  readonly numberCompact: string;
  readonly document: string;
  readonly ends: boolean;
  readonly terms: Int32Array;
  readonly at: number;
}

/**
 * The compared declarations of a packed category at a cut-off: what reading every document by `readDocuments` comes to, row
 * for row, at a hundredth of the reading.
 */
export async function readPacked(
  { client }: Pick<Transaction, 'client'>,
  scheme: Scheme,
  comparer: Comparer,
  { logSize, stop, onCompared, onUnmatched }: CategoryReading,
): Promise<ComparedDeclaration[]> {
  const packed = { category: scheme.category, form: PACKED_FORM };
  const terms = await readTerms(client, packed);
  const { compare, unmatched } = termComparer(scheme, comparer, terms);
  const versions: PackedVersion[] = [];
  for (let n = 0; ; n++) {
    stop?.throwIfAborted();
    const block = await readBlock(client, packed, n);
    if (!block) break;
    unpack(block, logSize, versions);
  }
  const cited: (readonly string[] | undefined)[] = [];
  const citedBy = (term: number) => (cited[term] ??= JSON.parse(terms[term] ?? '[]') as string[]);
  const standing = standingOf(versions, await readLeft(client, scheme.category, logSize));
  const read: ComparedDeclaration[] = [];
  for (const version of standing) {
    const { declaration, revision, creditCode, numberCompact, document, terms: numbers, at } = version;
    const row = { declaration, revision, document, creditCode, numberCompact, ...compare(numbers, at) };
    const others = unmatched(numbers, at);
    if (others.length > 0) onUnmatched({ id: declaration, content: { indicators: others } }, row.result);
    read.push({ ...row, cited: citedBy(numbers[at + PLACE.cited] ?? 0) });
    if (read.length % EACH > 0) continue;
    stop?.throwIfAborted();
    await onCompared(read.length, standing.length);
  }
  return read;
}

/** Often enough to be stopped and watched in. */
const EACH = 1000;

function unpack(block: PackedBlock, logSize: number, into: PackedVersion[]): void {
  const [declarations, creditCodes, numbers] = [block.declarations, block.creditCodes, block.numbers].map((lines) =>
    lines.split('\n'),
  ) as [string[], string[], string[]];
  const { buffer, byteOffset, byteLength } = block.terms;
  const terms = new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  for (let i = 0, at = 0; i < block.count; i++) {
    const version = {
      declaration: declarations[i] ?? '',
      revision: terms[at + PLACE.revision] ?? 0,
      creditCode: creditCodes[i] ?? '',
      numberCompact: numbers[i] ?? '',
      document: block.hashes.slice(i * 64, i * 64 + 64),
      ends: terms[at + PLACE.ends] === 1,
      terms,
      at,
    };
    if (block.logFrom + (terms[at + PLACE.log] ?? 0) < logSize) into.push(version);
    at += PLACE.rows + (terms[at + PLACE.rowCount] ?? 0);
  }
}

/** Of each declaration the newest version, unless that ended it or it has `left` the category since; in neutral order. */
function standingOf(versions: readonly PackedVersion[], left: ReadonlyMap<string, number>): readonly PackedVersion[] {
  const newest = new Map<string, PackedVersion>();
  for (const version of versions) {
    const known = newest.get(version.declaration);
    if (!known || known.revision < version.revision) newest.set(version.declaration, version);
  }
  return [...newest.values()]
    .filter(({ declaration, revision, ends }) => !ends && revision > (left.get(declaration) ?? 0))
    .sort(inNeutralOrder);
}
