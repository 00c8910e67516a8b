import { z } from 'zod';
import { effectOf } from '../../domain/bodies/measure.ts';
import type { MeasureEffect } from '../../domain/bodies/scope.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { decideMeasure as decide, findMeasure, type StoredMeasure } from '../../store/bodies.ts';
import type { Transaction } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const MeasureDecision = z
  .strictObject({ decision: z.enum(['approve', 'refuse']) })
  .meta({ id: 'BodyMeasureDecision' });

/** A person of a national regulator decides; never the one who proposed. Approved, it holds from its day, and is public. */
export async function decideMeasure(context: ServiceContext, id: string, input: z.infer<typeof MeasureDecision>) {
  return transact(context, async (tx) => {
    const measure = await findMeasure(tx.db, id);
    authorise(context, 'body-measure.decide', measure ? { firstPersonId: measure.proposedBy } : {});
    const { userId } = actingOrganisation(context);
    if (!measure) throw notFound(text('措施', 'measure'), '#path/id', id);
    const state = input.decision === 'approve' ? ('approved' as const) : ('refused' as const);
    if (!(await decide(tx, id, { state, decidedBy: userId }))) {
      throw conflict(
        text('该措施已处理', 'this measure was decided before'),
        '#path/id',
        measure.state,
        text('待处理的措施', 'a measure that waits'),
        text('请刷新列表', 'reload the list'),
      );
    }
    if (state === 'approved') await makePublic(tx, measure);
    await audit(tx, context, 'body-measure.decide', id, { state });
    return { id, state };
  });
}

/** An examination is an entry of its own; what follows from its outcome is another, so that a reader of one kind misses none. */
async function makePublic(tx: Transaction, measure: StoredMeasure): Promise<void> {
  const body = (await findOrganisation(tx.db, measure.bodyId))?.creditCode ?? '';
  const effect: MeasureEffect | null = effectOf(measure.kind, measure.outcome);
  const kinds = [...(measure.kind === 'examination' ? (['examined'] as const) : []), ...(effect ? [effect] : [])];
  for (const kind of kinds) {
    await addToLog(tx, {
      t: `body.${kind}`,
      id: measure.id,
      rev: 1,
      body,
      doc: measure.documentSha256,
      at: logTime(tx.now),
    });
  }
}
