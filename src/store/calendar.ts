import { asc } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import { calendarYears } from './schema/calendar.ts';

export type StoredYear = typeof calendarYears.$inferSelect;

/** Years that were published into the register, the newest revision of each last. */
export async function listYears(db: NodePgDatabase): Promise<readonly StoredYear[]> {
  return db.select().from(calendarYears).orderBy(asc(calendarYears.year), asc(calendarYears.revision));
}

export async function insertYear(tx: Transaction, year: StoredYear): Promise<void> {
  await tx.db.insert(calendarYears).values(year);
}
