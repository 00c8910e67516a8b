import { and, asc, desc, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { schemeVersions } from './schema/comparisons.ts';
import { organisations } from './schema/organisations.ts';

export type SchemeVersion = typeof schemeVersions.$inferSelect;

export async function insertSchemeVersion(tx: Transaction, given: SchemeVersion): Promise<void> {
  await tx.db.insert(schemeVersions).values(given);
}

export async function findSchemeVersion(
  db: NodePgDatabase,
  code: string,
  version: number,
): Promise<SchemeVersion | null> {
  const rows = await db
    .select()
    .from(schemeVersions)
    .where(and(eq(schemeVersions.code, code), eq(schemeVersions.version, version)));
  return rows[0] ?? null;
}

/** The newest version of a scheme, which the next one follows. */
export async function findLatestScheme(db: NodePgDatabase, code: string): Promise<SchemeVersion | null> {
  const rows = await db
    .select()
    .from(schemeVersions)
    .where(eq(schemeVersions.code, code))
    .orderBy(desc(schemeVersions.version))
    .limit(1);
  return rows[0] ?? null;
}

export async function listSchemeVersions(db: NodePgDatabase) {
  return db
    .select({
      code: schemeVersions.code,
      version: schemeVersions.version,
      category: schemeVersions.category,
      documentSha256: schemeVersions.documentSha256,
      document: schemeVersions.document,
      publishedAt: schemeVersions.publishedAt,
      body: organisations.name,
      bodyCode: organisations.creditCode,
    })
    .from(schemeVersions)
    .innerJoin(organisations, eq(organisations.id, schemeVersions.bodyId))
    .orderBy(asc(schemeVersions.code), desc(schemeVersions.version))
    .limit(500);
}
