import type { Comparer } from '../../domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { compared, type ComparedDeclaration } from '../../domain/rankings/list.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { countAtCutOff, readAtCutOff } from '../../store/cut-off.ts';
import { type Database, type Transaction, transaction } from '../../store/database.ts';
import { hasVersions } from '../../store/packed-versions.ts';
import type { CategoryReading } from './category-reading.ts';
import { packCategory } from './pack-category.ts';
import { readPacked } from './read-packed.ts';

/** By whole documents, by what is packed of them, or by whichever is quicker. */
export type ReadingWay = 'documents' | 'packed' | 'by-size';

/** Fewer are compared from their documents before they could be packed. */
const FEWEST_PACKED = 500;

/** Compares a category as it stood at a cut-off; the rows come in neutral order, the same whichever way they are read. */
export async function readCategory(
  database: Database,
  bodyId: string,
  scheme: Scheme,
  comparer: Comparer,
  reading: CategoryReading & { readonly way: ReadingWay },
): Promise<readonly ComparedDeclaration[]> {
  const { way, logSize, stop, onCompared } = reading;
  const { category } = scheme;
  const acting = { organisationId: bodyId, owner: 'worker' };
  const large = way === 'by-size' && (await transaction(database, acting, (tx) => isLarge(tx, category)));
  const packed =
    (way === 'packed' || large) &&
    (await packCategory(database, { category, logSize, bodyId }, { stop, onProgress: onCompared }));
  // One snapshot for all that is read; a cut-off is frozen anyway, so a repeat reads the same.
  return transaction(
    database,
    acting,
    (tx) => (packed ? readPacked(tx, scheme, comparer, reading) : readDocuments(tx, scheme, comparer, reading)),
    { isolation: 'repeatable read' },
  );
}

function isLarge({ client }: Transaction, category: string): Promise<boolean> {
  return hasVersions(client, category, FEWEST_PACKED);
}

/** The exact way, document by document. */
async function readDocuments(
  { client }: Transaction,
  { category }: Scheme,
  { compare }: Comparer,
  { logSize, stop, onCompared, onUnmatched }: CategoryReading,
): Promise<ComparedDeclaration[]> {
  const total = await countAtCutOff(client, category, logSize);
  const read: ComparedDeclaration[] = [];
  for await (const batch of readAtCutOff(client, category, logSize)) {
    stop?.throwIfAborted();
    for (const { document: text, documentSha256 } of batch) {
      const document = JSON.parse(text) as DeclarationDocument;
      const result = compare(document);
      onUnmatched(document, result);
      read.push(compared(document, documentSha256, result));
    }
    await onCompared(read.length, total);
  }
  return read;
}
