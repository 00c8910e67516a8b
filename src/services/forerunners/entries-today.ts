import { standardsToLookUp } from '../../domain/declarations/cited.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { ForerunnerEntry } from '../../domain/forerunners/list.ts';
import type { EntryToday } from '../../domain/forerunners/marks.ts';
import { statusOn } from '../../domain/standards/in-force.ts';
import type { Transaction } from '../../store/database.ts';
import { findDeclarations } from '../../store/declarations.ts';
import { findDocuments } from '../../store/listed-documents.ts';
import { objectionsOf } from '../../store/objections.ts';
import { findStandards } from '../../store/standards.ts';

/** What became of listed declarations: by their newest versions, and by the standards that the listed ones cite. */
export async function entriesToday(
  db: Transaction['db'],
  listCode: string,
  entries: readonly Pick<ForerunnerEntry, 'declaration' | 'revision'>[],
  today: string,
): Promise<ReadonlyMap<string, EntryToday>> {
  if (entries.length === 0) return new Map();
  const versions = entries.map(({ declaration, revision }) => ({ declaration, revision }));
  const documents = await findDocuments(db, versions);
  const cited = documents.map(({ document }) =>
    document === null ? [] : standardsToLookUp((JSON.parse(document) as DeclarationDocument).content),
  );
  const standards = await findStandards(db, [...new Set(cited.flat())]);
  const newest = await findDeclarations(
    db,
    entries.map(({ declaration }) => declaration),
  );
  const decided = (await objectionsOf(db, `forerunner/${listCode}`)).filter(({ effect }) => effect === 'exclude-row');
  const now = new Map(newest.map((one) => [one.id, one]));
  return new Map(
    entries.flatMap(({ declaration }, i) => {
      const current = now.get(declaration);
      if (!current) return [];
      const outdated = (cited[i] ?? []).filter((compact) => {
        const standard = standards.get(compact);
        return standard !== undefined && statusOn(standard, today) === 'withdrawn';
      });
      const decidedOut = decided.flatMap((one) => (one.declarationId === declaration ? [one.number] : []));
      const { state, revision } = current;
      return [[declaration, { state, revision, outdated, decidedOut }] as const];
    }),
  );
}
