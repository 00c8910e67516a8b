import { text } from '../../domain/fault.ts';
import type { KitLine } from '../../domain/rankings/kit.ts';
import { findRun } from '../../store/comparison-runs.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findEdition } from '../../store/ranking-lists.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { readInputs } from '../comparisons/read-run.ts';
import { notFound } from '../refusal.ts';
import { readObject } from './earlier.ts';
import type { ReadEdition } from './read-list.ts';

/** Everything that an edition was made from, as the JSON lines that `lingpao verify-list` reads; a slow reader holds nothing. */
export async function* readKit(database: Database, { edition, head }: ReadEdition): AsyncGenerator<string> {
  const run = await publicRead(database, (db) => findRun(db, edition.runId));
  const scheme = await publicRead(database, (db) =>
    findSchemeVersion(db, edition.schemeCode, edition.schemeVersion ?? 0),
  );
  if (!run || !scheme)
    throw notFound(text('榜单期次', 'edition of a ranking list'), '#path/edition', edition.schemeCode);
  yield line({ kit: 1, list: edition.schemeCode, edition: edition.edition ?? 0, sha256: edition.listSha256 });
  yield line({ scheme: scheme.document });
  yield line({ premises: edition.premises });
  if (head.previous) {
    const number = head.previous.edition;
    const previous = await publicRead(database, (db) => findEdition(db, edition.schemeCode, number));
    if (previous) for await (const part of readObject(database, previous)) yield line({ previous: part });
  }
  for await (const part of readObject(database, edition)) yield line({ published: part });
  for await (const part of readInputs(database, run)) {
    yield part
      .split('\n')
      .filter(Boolean)
      .map((input) => line({ input }))
      .join('');
  }
}

function line(part: KitLine): string {
  return `${JSON.stringify(part)}\n`;
}
