import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { and, desc, eq, inArray } from 'drizzle-orm';
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

/** The current documents of a category, the newest first, from the place of one to that of another. */
export async function listNewestDocuments(
  db: NodePgDatabase,
  category: string,
  from: number,
  count: number,
): Promise<readonly string[]> {
  const rows = await db
    .select({ document: declarationVersions.document })
    .from(declarations)
    .innerJoin(
      declarationVersions,
      and(
        eq(declarationVersions.declarationId, declarations.id),
        eq(declarationVersions.revision, declarations.revision),
      ),
    )
    .where(and(eq(declarations.category, category), eq(declarations.state, 'current')))
    .orderBy(desc(declarations.publishedAt), desc(declarations.id))
    .limit(count)
    .offset(from);
  return rows.map(({ document }) => document);
}
