import type { Premises } from '../../domain/comparisons/premises.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { Opened } from '../../store/database.ts';
import { standingMappings } from '../../store/indicator-mappings.ts';

/** The body's readings of names as they stand, in the form that is published with the list. */
export async function mappingsOfRun(tx: Opened, bodyId: string, category: string): Promise<Premises['mappings']> {
  const standing = await standingMappings(tx.db, bodyId, category);
  return standing.flatMap(({ name, asName, reason, mappedAt }) =>
    asName === null ? [] : [{ name, as: asName, reason, on: dayInBeijing(mappedAt) }],
  );
}

/** Decisions on objections to the list's editions that its next edition has to follow. */
export async function decisionsOfRun(_tx: Opened, _list: string): Promise<Premises['decisions']> {
  return [];
}
