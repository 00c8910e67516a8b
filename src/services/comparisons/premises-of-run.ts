import type { Premises } from '../../domain/comparisons/premises.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { Opened } from '../../store/database.ts';
import { revisionAt } from '../../store/listed-documents.ts';
import { decisionsFor } from '../../store/objections.ts';
import { standingMappings } from '../../store/indicator-mappings.ts';

/** The body's readings of names as they stand, in the form that is published with the list. */
export async function mappingsOfRun(tx: Opened, bodyId: string, category: string): Promise<Premises['mappings']> {
  const standing = await standingMappings(tx.db, bodyId, category);
  return standing.flatMap(({ name, asName, reason, mappedAt }) =>
    asName === null ? [] : [{ name, as: asName, reason, on: dayInBeijing(mappedAt) }],
  );
}

/**
 * Decisions on objections that the list has to follow from now on, as far as they stand in the first `logSize` entries. One
 * that leaves a row out holds for the version that stood when it was decided: a newer one is judged anew.
 */
export async function decisionsOfRun(tx: Opened, list: string, logSize: number): Promise<Premises['decisions']> {
  const decisions: Premises['decisions'] = [];
  for (const { number, declarationId, effect, reason, decidedAt, body } of await decisionsFor(tx.db, list, logSize)) {
    const revision = declarationId === null ? null : await revisionAt(tx.db, declarationId, decidedAt);
    decisions.push({
      objection: number,
      declaration: declarationId,
      revision,
      effect: effect === 'exclude-row' ? 'exclude-row' : 'recompute',
      reason,
      on: dayInBeijing(decidedAt),
      by: body,
    });
  }
  return decisions;
}
