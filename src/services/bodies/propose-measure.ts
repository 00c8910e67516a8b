import { randomUUID } from 'node:crypto';
import { type BodyMeasure, checkMeasure, measureDocument } from '../../domain/bodies/measure.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { insertMeasure } from '../../store/bodies.ts';
import { findOrganisationByCode } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { scopeHistories } from './scopes.ts';

/** The coordinating body proposes to suspend, reinstate or withdraw a body, or records its examination; nothing changes yet. */
export async function proposeMeasure(context: ServiceContext, creditCode: string, input: BodyMeasure) {
  authorise(context, 'body-measure.propose');
  const { organisation, userId } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const body = await findOrganisationByCode(tx.db, creditCode);
    if (body?.kind !== 'assessment-body') {
      throw notFound(text('评估机构', 'assessment body'), '#path/creditCode', creditCode);
    }
    const scopes = await scopeHistories(tx.db, body.id);
    const faults = checkMeasure(input, scopes, dayInBeijing(tx.now));
    if (faults.length > 0) throw invalid(faults);
    const scope = scopes.find(({ id }) => id === input.accreditation) ?? null;
    const document = measureDocument(body.creditCode, input, scope);
    const id = randomUUID();
    await insertMeasure(tx, {
      id,
      bodyId: body.id,
      accreditationId: input.accreditation ?? null,
      kind: input.kind,
      outcome: input.outcome ?? null,
      reason: input.reason,
      effectiveOn: input.effectiveOn,
      correctBy: input.correctBy ?? null,
      document,
      documentSha256: sha256Hex(document),
      state: 'proposed',
      proposerId: organisation.id,
      proposedBy: userId,
      proposedAt: tx.now,
    });
    await audit(tx, context, 'body-measure.propose', id, { body: body.creditCode, kind: input.kind });
    return { id, state: 'proposed' as const };
  });
}
