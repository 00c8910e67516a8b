import { changesBetween } from '../../domain/rankings/changes.ts';
import type { RowChange } from '../../domain/rankings/row-change.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { readList } from '../../domain/rankings/list-text.ts';
import type { VersionName } from '../../store/listed-documents.ts';
import { readChunk } from '../../store/ranking-lists.ts';
import type { Transaction } from '../../store/database.ts';
import { type ReadEdition, type Reading, readNamed } from './read-list.ts';

/** A change with what the declaration says of itself, so that a reader knows whose row it is. */
export interface NamedChange {
  readonly change: RowChange;
  readonly document: DeclarationDocument | null;
}

/** What differs between any two editions of a list, or a draft and an edition; causes stand in the editions themselves. */
export async function readDifference(
  reading: Reading,
  earlier: ReadEdition,
  later: ReadEdition,
): Promise<readonly RowChange[]> {
  const [before, after] = [await wholeOf(reading, earlier), await wholeOf(reading, later)];
  return changesBetween(before, after, () => []);
}

/** The changes with their declarations, as they now stand or last stood. */
export async function withNames(reading: Reading, changes: readonly RowChange[]): Promise<readonly NamedChange[]> {
  const versions = changes.map(({ declaration, from, to }): VersionName => {
    const { revision } = to ?? from ?? { revision: 0 };
    return { declaration, revision };
  });
  const documents = await readNamed(reading, versions);
  return changes.map((change, i) => ({ change, document: documents[i] ?? null }));
}

async function wholeOf(reading: Reading, { edition }: ReadEdition) {
  const parts: string[] = [];
  for (let n = 0; ; n++) {
    const content = await reading((db: Transaction['db']) => readChunk(db, edition.id, n));
    if (content === null) return readList(parts);
    parts.push(content);
  }
}
