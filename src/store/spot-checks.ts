import { and, asc, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { organisations } from './schema/organisations.ts';
import { drawFiles, drawnObjects, draws } from './schema/spot-checks.ts';

export type StoredDraw = typeof draws.$inferSelect;
export type DrawnObject = typeof drawnObjects.$inferSelect;

export async function insertDraw(tx: Transaction, draw: typeof draws.$inferInsert): Promise<void> {
  await tx.db.insert(draws).values(draw);
}

export async function findDraw(db: NodePgDatabase, id: string): Promise<StoredDraw | null> {
  const rows = await db.select().from(draws).where(eq(draws.id, id));
  return rows[0] ?? null;
}

/**
 * The draw for update, so that two operators cannot both move it on. Another's draw cannot be locked: it is given as the
 * public sees it, and the policy refuses the act.
 */
export async function lockDraw(tx: Transaction, id: string): Promise<StoredDraw | null> {
  const rows = await tx.db.select().from(draws).where(eq(draws.id, id)).for('update');
  return rows[0] ?? findDraw(tx.db, id);
}

export async function updateDraw(
  tx: Transaction,
  id: string,
  changes: Partial<typeof draws.$inferInsert>,
): Promise<void> {
  await tx.db.update(draws).set(changes).where(eq(draws.id, id));
}

export async function listDraws(db: NodePgDatabase, limit = 100) {
  return db
    .select({
      id: draws.id,
      title: draws.title,
      batch: draws.batch,
      stage: draws.stage,
      state: draws.state,
      plannedAt: draws.plannedAt,
      drawnAt: draws.drawnAt,
      entropyNotBefore: draws.entropyNotBefore,
      regulator: organisations.name,
      regulatorCode: organisations.creditCode,
      drawn: sql<number>`(select count(*) from ${drawnObjects} where ${drawnObjects.drawId} = ${draws.id})`,
    })
    .from(draws)
    .innerJoin(organisations, eq(organisations.id, draws.regulatorId))
    .orderBy(desc(draws.plannedAt), asc(draws.id))
    .limit(limit);
}

export interface DrawFile {
  readonly name: string;
  readonly n: number;
  readonly content: Uint8Array;
  readonly sha256: string;
}

export async function insertDrawFiles(tx: Transaction, drawId: string, files: readonly DrawFile[]): Promise<void> {
  await tx.db.insert(drawFiles).values(files.map((file) => ({ drawId, ...file })));
}

/** The newest of each file of a draw; the results before it stay readable by their number. */
export async function readDrawFiles(db: NodePgDatabase, drawId: string): Promise<readonly DrawFile[]> {
  return db
    .selectDistinctOn([drawFiles.name], {
      name: drawFiles.name,
      n: drawFiles.n,
      content: drawFiles.content,
      sha256: drawFiles.sha256,
    })
    .from(drawFiles)
    .where(eq(drawFiles.drawId, drawId))
    .orderBy(asc(drawFiles.name), desc(drawFiles.n));
}

export async function listDrawFiles(db: NodePgDatabase, drawId: string) {
  return db
    .select({
      name: drawFiles.name,
      n: drawFiles.n,
      sha256: drawFiles.sha256,
      size: sql<number>`octet_length(${drawFiles.content})`,
    })
    .from(drawFiles)
    .where(eq(drawFiles.drawId, drawId))
    .orderBy(asc(drawFiles.name), asc(drawFiles.n));
}

export async function readDrawFile(
  db: NodePgDatabase,
  drawId: string,
  name: string,
  n?: number,
): Promise<DrawFile | null> {
  const rows = await db
    .select({ name: drawFiles.name, n: drawFiles.n, content: drawFiles.content, sha256: drawFiles.sha256 })
    .from(drawFiles)
    .where(
      and(eq(drawFiles.drawId, drawId), eq(drawFiles.name, name), n === undefined ? undefined : eq(drawFiles.n, n)),
    )
    .orderBy(desc(drawFiles.n))
    .limit(1);
  return rows[0] ?? null;
}

export async function insertDrawnObjects(
  tx: Transaction,
  drawId: string,
  drawn: readonly Omit<DrawnObject, 'drawId'>[],
): Promise<void> {
  // PostgreSQL binds at most 65,535 values to a statement; five a row.
  for (let from = 0; from < drawn.length; from += 10_000) {
    await tx.db.insert(drawnObjects).values(drawn.slice(from, from + 10_000).map((row) => ({ drawId, ...row })));
  }
}

export async function listDrawnObjects(db: NodePgDatabase, drawId: string): Promise<readonly DrawnObject[]> {
  return db
    .select()
    .from(drawnObjects)
    .where(eq(drawnObjects.drawId, drawId))
    .orderBy(asc(sql`${drawnObjects.stratum} collate "C"`), asc(drawnObjects.rank));
}

export async function isDrawn(db: NodePgDatabase, drawId: string, object: string): Promise<boolean> {
  const rows = await db
    .select({ object: drawnObjects.object })
    .from(drawnObjects)
    .where(and(eq(drawnObjects.drawId, drawId), eq(drawnObjects.object, object)));
  return rows.length > 0;
}

/** Void draws of the same regulator and batch before this one; the page says how many. */
export async function countVoidBefore(db: NodePgDatabase, draw: StoredDraw): Promise<number> {
  const rows = await db
    .select({ voided: count() })
    .from(draws)
    .where(
      and(
        eq(draws.regulatorId, draw.regulatorId),
        eq(draws.batch, draw.batch),
        eq(draws.state, 'void'),
        lt(draws.plannedAt, draw.plannedAt),
      ),
    );
  return rows[0]?.voided ?? 0;
}
