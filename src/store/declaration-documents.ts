import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { and, eq, inArray } from 'drizzle-orm';
import { declarations, declarationVersions } from './schema/declarations.ts';

/** The current documents of declarations, by their id. */
export async function findCurrentDocuments(
  db: NodePgDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: declarations.id, document: declarationVersions.document })
    .from(declarations)
    .innerJoin(
      declarationVersions,
      and(
        eq(declarationVersions.declarationId, declarations.id),
        eq(declarationVersions.revision, declarations.revision),
      ),
    )
    .where(inArray(declarations.id, [...ids]));
  return new Map(rows.map(({ id, document }) => [id, document]));
}
