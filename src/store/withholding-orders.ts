import { and, eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { withholdingOrders } from './schema/texts.ts';

export type WithholdingOrder = typeof withholdingOrders.$inferSelect;

export async function insertOrder(
  tx: Transaction,
  given: Pick<WithholdingOrder, 'id' | 'sha256' | 'regulatorId' | 'reason' | 'article' | 'requestedBy' | 'requestedAt'>,
): Promise<void> {
  await tx.db.insert(withholdingOrders).values({ ...given, state: 'requested' });
}

/** An order that the acting organisation may see: its own, or a confirmed one. */
export async function findOrder(db: NodePgDatabase, id: string): Promise<WithholdingOrder | null> {
  const rows = await db.select().from(withholdingOrders).where(eq(withholdingOrders.id, id));
  return rows[0] ?? null;
}

/** The confirmed order on a text. */
export async function findOrderOn(db: NodePgDatabase, sha256: string): Promise<WithholdingOrder | null> {
  const rows = await db
    .select()
    .from(withholdingOrders)
    .where(and(eq(withholdingOrders.sha256, sha256), eq(withholdingOrders.state, 'confirmed')));
  return rows[0] ?? null;
}

/** Confirms a requested order; false when it was confirmed before. */
export async function confirmOrder(
  tx: Transaction,
  id: string,
  confirmed: { readonly confirmedBy: string; readonly notice: string; readonly noticeSha256: string },
): Promise<boolean> {
  const rows = await tx.db
    .update(withholdingOrders)
    .set({ state: 'confirmed', confirmedAt: tx.now, ...confirmed })
    .where(and(eq(withholdingOrders.id, id), eq(withholdingOrders.state, 'requested')))
    .returning({ id: withholdingOrders.id });
  return rows.length > 0;
}
