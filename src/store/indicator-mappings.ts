import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { indicatorMappings } from './schema/comparisons.ts';
import { users } from './schema/organisations.ts';

export type IndicatorMapping = typeof indicatorMappings.$inferSelect;

export async function insertMapping(
  tx: Transaction,
  mapping: Omit<IndicatorMapping, 'mappedAt' | 'undoneBy' | 'undoneAt' | 'undoReason'>,
): Promise<void> {
  await tx.db.insert(indicatorMappings).values({ ...mapping, mappedAt: tx.now });
}

/** The readings that a body's runs of a category use now, by name. */
export async function standingMappings(
  db: NodePgDatabase,
  bodyId: string,
  category: string,
): Promise<readonly IndicatorMapping[]> {
  return db
    .select()
    .from(indicatorMappings)
    .where(
      and(
        eq(indicatorMappings.bodyId, bodyId),
        eq(indicatorMappings.category, category),
        isNull(indicatorMappings.undoneAt),
      ),
    )
    .orderBy(asc(indicatorMappings.name));
}

/** Every reading that a body ever decided in a category, newest first, with who decided it. */
export async function mappingHistory(db: NodePgDatabase, bodyId: string, category: string) {
  return db
    .select({ mapping: indicatorMappings, by: users.displayName })
    .from(indicatorMappings)
    .innerJoin(users, eq(users.id, indicatorMappings.mappedBy))
    .where(and(eq(indicatorMappings.bodyId, bodyId), eq(indicatorMappings.category, category)))
    .orderBy(desc(indicatorMappings.mappedAt))
    .limit(500);
}

export async function findMapping(db: NodePgDatabase, id: string): Promise<IndicatorMapping | null> {
  const rows = await db.select().from(indicatorMappings).where(eq(indicatorMappings.id, id));
  return rows[0] ?? null;
}

/** False when it is undone already. */
export async function undoMapping(
  tx: Transaction,
  id: string,
  undo: { readonly undoneBy: string; readonly undoReason: string },
): Promise<boolean> {
  const undone = await tx.db
    .update(indicatorMappings)
    .set({ ...undo, undoneAt: tx.now })
    .where(and(eq(indicatorMappings.id, id), isNull(indicatorMappings.undoneAt)))
    .returning({ id: indicatorMappings.id });
  return undone.length > 0;
}
