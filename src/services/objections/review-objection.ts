import type { ObjectionReview } from '../../domain/objections/input.ts';
import { insertText } from '../../store/objection-cases.ts';
import { takeStep } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { chargeOf, loadCase, notItsTurn, refuseUnlessMay, unknownObjection } from './load-case.ts';

/** 复核: a second person, who took no part and has no interest in either side, looks into it and recommends a decision. */
export async function reviewObjection(context: ServiceContext, number: string, input: ObjectionReview) {
  return transact(context, async (tx) => {
    const found = await loadCase(tx, number);
    authorise(context, 'objection.review', chargeOf(context.actor, found));
    if (!found) throw unknownObjection(number);
    const { organisation, userId } = actingOrganisation(context);
    await refuseUnlessMay(tx, context, 'review', found);
    const { recommendation, reasons } = input;
    const written = { organisationId: organisation.id, writtenBy: userId, content: reasons, recommendation };
    await insertText(tx, { number, role: 'review', ...written });
    if (!(await takeStep(tx, number, 'reviewedAt', { reviewedBy: userId }))) throw notItsTurn('reviewed');
    await audit(tx, context, 'objection.review', number, { recommendation });
    return { number, state: 'reviewed' as const };
  });
}
