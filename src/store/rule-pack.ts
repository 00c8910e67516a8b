import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { findDocumentsInForce } from './schemes.ts';

/** Canonical texts, as they are stored. */
export interface RulePackDocuments {
  readonly limits: readonly string[];
  readonly schemes: readonly string[];
  /** Standards of the catalogue that are, or will be, withdrawn or replaced. */
  readonly standards: readonly string[];
}

/** What the rules of a category are made of on a day, or those of all (null). */
export async function findRulePackDocuments(
  db: NodePgDatabase,
  category: string | null,
  day: string,
): Promise<RulePackDocuments> {
  const documents = async (query: ReturnType<typeof sql>) => {
    const { rows } = await db.execute<{ document: string }>(query);
    return rows.map(({ document }) => document);
  };
  const [limits, schemes, standards] = await Promise.all([
    documents(sql`
      select document from standard_limits
      where until is null and (${category}::text is null or category = ${category}
        or (strpos(category, '.') = 0 and starts_with(${category}, category)))
      order by code`),
    findDocumentsInForce(db, category, day),
    documents(sql`
      select document from catalogue_standards
      where until is null and (cardinality(replaced_by) > 0 or strpos(document, '"withdrawnOn"') > 0) order by compact`),
  ]);
  return { limits, schemes, standards };
}
