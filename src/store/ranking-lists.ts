import { and, asc, desc, eq, gt, isNotNull, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import type { ListSection } from '../domain/rankings/list.ts';
import { rankingListChunks, rankingListEditions } from './schema/comparisons.ts';
import { organisations } from './schema/organisations.ts';

export type ListEdition = typeof rankingListEditions.$inferSelect;

export interface ListChunk {
  readonly section: ListSection;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly content: string;
}

/** Stores a draft edition of a run with its bytes; the run's second result, if a job ran twice, changes nothing. */
export async function insertDraftEdition(
  tx: Transaction,
  edition: Pick<
    ListEdition,
    'id' | 'runId' | 'bodyId' | 'schemeCode' | 'schemeVersion' | 'head' | 'distributions' | 'listSha256'
  >,
  chunks: readonly ListChunk[],
): Promise<boolean> {
  const inserted = await tx.db
    .insert(rankingListEditions)
    .values({ ...edition, state: 'draft', createdAt: tx.now })
    .onConflictDoNothing({ target: rankingListEditions.runId })
    .returning({ id: rankingListEditions.id });
  if (inserted.length === 0) return false;
  for (const [n, chunk] of chunks.entries()) {
    await tx.db.insert(rankingListChunks).values({ editionId: edition.id, n, ...chunk });
  }
  return true;
}

export async function findEditionOfRun(db: NodePgDatabase, runId: string): Promise<ListEdition | null> {
  const rows = await db.select().from(rankingListEditions).where(eq(rankingListEditions.runId, runId));
  return rows[0] ?? null;
}

/** Gives a draft its number and makes it public, once; false when it is no draft of the acting body. */
export async function publishEdition(
  tx: Transaction,
  id: string,
  publication: { readonly edition: number; readonly publishedBy: string },
): Promise<boolean> {
  const published = await tx.db
    .update(rankingListEditions)
    .set({ ...publication, state: 'published', publishedAt: tx.now })
    .where(and(eq(rankingListEditions.id, id), eq(rankingListEditions.state, 'draft')))
    .returning({ id: rankingListEditions.id });
  return published.length > 0;
}

export async function nextEditionNumber(db: NodePgDatabase, schemeCode: string): Promise<number> {
  const rows = await db
    .select({ next: sql<number>`coalesce(max(${rankingListEditions.edition}), 0)::int + 1` })
    .from(rankingListEditions)
    .where(eq(rankingListEditions.schemeCode, schemeCode));
  return rows[0]?.next ?? 1;
}

export async function findEdition(
  db: NodePgDatabase,
  schemeCode: string,
  edition: number,
): Promise<ListEdition | null> {
  const rows = await db
    .select()
    .from(rankingListEditions)
    .where(and(eq(rankingListEditions.schemeCode, schemeCode), eq(rankingListEditions.edition, edition)));
  return rows[0] ?? null;
}

export async function findLatestEdition(db: NodePgDatabase, schemeCode: string): Promise<ListEdition | null> {
  const rows = await db
    .select()
    .from(rankingListEditions)
    .where(and(eq(rankingListEditions.schemeCode, schemeCode), isNotNull(rankingListEditions.edition)))
    .orderBy(desc(rankingListEditions.edition))
    .limit(1);
  return rows[0] ?? null;
}

/** The newest published edition of every list, with its body. */
export async function listPublished(db: NodePgDatabase) {
  return db
    .selectDistinctOn([rankingListEditions.schemeCode], {
      schemeCode: rankingListEditions.schemeCode,
      schemeVersion: rankingListEditions.schemeVersion,
      edition: rankingListEditions.edition,
      head: rankingListEditions.head,
      listSha256: rankingListEditions.listSha256,
      publishedAt: rankingListEditions.publishedAt,
      body: organisations.name,
      bodyCode: organisations.creditCode,
    })
    .from(rankingListEditions)
    .innerJoin(organisations, eq(organisations.id, rankingListEditions.bodyId))
    .where(eq(rankingListEditions.state, 'published'))
    .orderBy(asc(rankingListEditions.schemeCode), desc(rankingListEditions.edition))
    .limit(500);
}

export async function editionsOf(db: NodePgDatabase, schemeCode: string) {
  return db
    .select({
      edition: rankingListEditions.edition,
      schemeVersion: rankingListEditions.schemeVersion,
      listSha256: rankingListEditions.listSha256,
      publishedAt: rankingListEditions.publishedAt,
    })
    .from(rankingListEditions)
    .where(and(eq(rankingListEditions.schemeCode, schemeCode), eq(rankingListEditions.state, 'published')))
    .orderBy(desc(rankingListEditions.edition));
}

/** The chunks that hold rows [from, from + count) of one section, in order. */
export async function readChunks(
  db: NodePgDatabase,
  editionId: string,
  section: ListSection,
  from: number,
  count: number,
): Promise<readonly ListChunk[]> {
  return db
    .select({
      section: rankingListChunks.section,
      firstRow: rankingListChunks.firstRow,
      rowCount: rankingListChunks.rowCount,
      content: rankingListChunks.content,
    })
    .from(rankingListChunks)
    .where(
      and(
        eq(rankingListChunks.editionId, editionId),
        eq(rankingListChunks.section, section),
        lt(rankingListChunks.firstRow, from + count),
        gt(sql`${rankingListChunks.firstRow} + ${rankingListChunks.rowCount}`, from),
      ),
    )
    .orderBy(asc(rankingListChunks.n));
}

/** One chunk of the object by its number, or null past the end; the object is all of them in order. */
export async function readChunk(db: NodePgDatabase, editionId: string, n: number): Promise<string | null> {
  const rows = await db
    .select({ content: rankingListChunks.content })
    .from(rankingListChunks)
    .where(and(eq(rankingListChunks.editionId, editionId), eq(rankingListChunks.n, n)));
  return rows[0]?.content ?? null;
}
