import { and, asc, desc, eq, gt, isNotNull, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { ListSection } from '../domain/rankings/list-text.ts';
import type { Transaction } from './database.ts';
import { editionCitations, rankingListChunks, rankingListEditions } from './schema/comparisons.ts';
import { organisations } from './schema/organisations.ts';

export type ListEdition = typeof rankingListEditions.$inferSelect;

export interface ListChunk {
  readonly section: ListSection;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly content: string;
}

/** Rows of one statement: 65,535 values are the most that PostgreSQL takes. */
const CHUNKS_AT_ONCE = 200;
const CITATIONS_AT_ONCE = 10_000;

/** Stores the result of a run with its bytes; the run's second result, if a job ran twice, changes nothing. */
export async function insertRunResult(
  tx: Transaction,
  edition: Pick<
    ListEdition,
    'id' | 'runId' | 'bodyId' | 'schemeCode' | 'schemeVersion' | 'state' | 'head' | 'report' | 'premises' | 'listSha256'
  >,
  chunks: readonly ListChunk[],
  citations: readonly { readonly numberCompact: string; readonly listed: number }[],
): Promise<boolean> {
  const inserted = await tx.db
    .insert(rankingListEditions)
    .values({ ...edition, createdAt: tx.now })
    .onConflictDoNothing({ target: rankingListEditions.runId })
    .returning({ id: rankingListEditions.id });
  if (inserted.length === 0) return false;
  const numbered = chunks.map((chunk, n) => ({ editionId: edition.id, n, ...chunk }));
  for (let at = 0; at < numbered.length; at += CHUNKS_AT_ONCE)
    await tx.db.insert(rankingListChunks).values(numbered.slice(at, at + CHUNKS_AT_ONCE));
  const cited = citations.map((citation) => ({ editionId: edition.id, ...citation }));
  for (let at = 0; at < cited.length; at += CITATIONS_AT_ONCE)
    await tx.db.insert(editionCitations).values(cited.slice(at, at + CITATIONS_AT_ONCE));
  return true;
}

export async function findEditionOfRun(db: NodePgDatabase, runId: string): Promise<ListEdition | null> {
  const rows = await db.select().from(rankingListEditions).where(eq(rankingListEditions.runId, runId));
  return rows[0] ?? null;
}

/** The first person's part of a release; it may be done again until the second person's. False when it is no draft. */
export async function prepareEdition(
  tx: Transaction,
  id: string,
  prepared: { readonly preparedBy: string; readonly checklist: string },
): Promise<boolean> {
  const changed = await tx.db
    .update(rankingListEditions)
    .set({ ...prepared, preparedAt: tx.now })
    .where(and(eq(rankingListEditions.id, id), eq(rankingListEditions.state, 'draft')))
    .returning({ id: rankingListEditions.id });
  return changed.length > 0;
}

/** Gives a prepared draft its number and makes it public, once; false when it is none of the acting body. */
export async function publishEdition(
  tx: Transaction,
  id: string,
  publication: Pick<ListEdition, 'edition' | 'publishedBy' | 'objectionsUntil' | 'validUntil'>,
): Promise<boolean> {
  const published = await tx.db
    .update(rankingListEditions)
    .set({ ...publication, state: 'published', publishedAt: tx.now })
    .where(
      and(
        eq(rankingListEditions.id, id),
        eq(rankingListEditions.state, 'draft'),
        isNotNull(rankingListEditions.preparedBy),
      ),
    )
    .returning({ id: rankingListEditions.id });
  return published.length > 0;
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

/** The edition that was the newest on a day in Beijing; null before the first. */
export async function findEditionOn(db: NodePgDatabase, schemeCode: string, day: string): Promise<ListEdition | null> {
  const rows = await db
    .select()
    .from(rankingListEditions)
    .where(
      and(
        eq(rankingListEditions.schemeCode, schemeCode),
        isNotNull(rankingListEditions.edition),
        sql`(${rankingListEditions.publishedAt} at time zone 'Asia/Shanghai')::date <= ${day}::date`,
      ),
    )
    .orderBy(desc(rankingListEditions.edition))
    .limit(1);
  return rows[0] ?? null;
}

/** The newest published edition of every list, with its body. */
export async function listPublished(db: NodePgDatabase) {
  return db
    .selectDistinctOn([rankingListEditions.schemeCode], {
      id: rankingListEditions.id,
      schemeCode: rankingListEditions.schemeCode,
      schemeVersion: rankingListEditions.schemeVersion,
      edition: rankingListEditions.edition,
      head: rankingListEditions.head,
      listSha256: rankingListEditions.listSha256,
      publishedAt: rankingListEditions.publishedAt,
      objectionsUntil: rankingListEditions.objectionsUntil,
      validUntil: rankingListEditions.validUntil,
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
      head: rankingListEditions.head,
      listSha256: rankingListEditions.listSha256,
      publishedAt: rankingListEditions.publishedAt,
      objectionsUntil: rankingListEditions.objectionsUntil,
      validUntil: rankingListEditions.validUntil,
    })
    .from(rankingListEditions)
    .where(and(eq(rankingListEditions.schemeCode, schemeCode), eq(rankingListEditions.state, 'published')))
    .orderBy(desc(rankingListEditions.edition));
}

/** Standards that an edition's declarations cite and that stopped being in force since: they mark the edition. */
export async function outdatedCitations(db: NodePgDatabase, editionId: string, day: string) {
  const { rows } = await db.execute<{ number: string; listed: number; on: string | null; by: string[] }>(sql`
    select s.document::jsonb ->> 'number' as number, c.listed, s.document::jsonb ->> 'withdrawnOn' as on,
           s.replaced_by as by
    from edition_citations c
    join catalogue_standards s on s.compact = c.number_compact and s.until is null
    where c.edition_id = ${editionId} and c.listed > 0 and s.document::jsonb ->> 'withdrawnOn' <= ${day}
    order by c.number_compact`);
  return rows;
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

/** Where in a section the row of a declaration stands; null where it is in none. The lines begin with its id. */
export async function findRowOf(
  db: NodePgDatabase,
  editionId: string,
  declaration: string,
): Promise<{ readonly section: ListSection; readonly line: string } | null> {
  const begins = `[${JSON.stringify(declaration)},`;
  const { rows } = await db.execute<{ section: ListSection; content: string }>(sql`
    select section, content from ranking_list_chunks
    where edition_id = ${editionId} and section in ('entries', 'excluded') and strpos(content, ${begins}) > 0
    limit 1`);
  const line = rows[0]?.content.split('\n').find((one) => one.startsWith(begins));
  return rows[0] && line ? { section: rows[0].section, line } : null;
}

/** The line in which an edition says how the row of a declaration changed; null where it did not. */
export async function findChangeOf(db: NodePgDatabase, editionId: string, declaration: string): Promise<string | null> {
  const named = `"declaration":${JSON.stringify(declaration)}`;
  const { rows } = await db.execute<{ content: string }>(sql`
    select content from ranking_list_chunks
    where edition_id = ${editionId} and section = 'changes' and strpos(content, ${named}) > 0
    limit 1`);
  const line = rows[0]?.content.split('\n').find((one) => one.includes(named));
  return line?.replace(/,$/u, '') ?? null;
}
