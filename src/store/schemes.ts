import { and, asc, desc, eq, sql } from 'drizzle-orm';
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

/**
 * The documents in force on a day, of a category or of all (null): those whose newest stage that has taken effect says so,
 * within their validity. The same as `schemeState` says, version by version.
 */
export async function findDocumentsInForce(
  db: NodePgDatabase,
  category: string | null,
  day: string,
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ document: string }>(sql`
    select distinct on (v.code) v.document
    from scheme_versions v
    cross join lateral (
      select s.stage from scheme_stages s
      where s.code = v.code and s.version = v.version and s.effective_on <= ${day}::date order by s.n desc limit 1
    ) as holding
    where holding.stage = 'in-force' and v.document::jsonb ->> 'validTo' >= ${day}
      and (${category}::text is null or v.category = ${category})
    order by v.code, v.version desc`);
  return rows.map(({ document }) => document);
}
