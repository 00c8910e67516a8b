import type { ObjectionAnswer } from '../../domain/objections/input.ts';
import { insertText } from '../../store/objection-cases.ts';
import { takeStep } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { loadCase, notItsTurn, refuseUnlessMay, unknownObjection } from './load-case.ts';

/** 对方说明: the other side gives its view. If it says nothing, its time ends by itself. */
export async function answerObjection(context: ServiceContext, number: string, { answer }: ObjectionAnswer) {
  return transact(context, async (tx) => {
    const found = await loadCase(tx, number);
    authorise(context, 'objection.answer', found ? { ownerId: found.objection.aboutId } : {});
    if (!found) throw unknownObjection(number);
    const { organisation, userId } = actingOrganisation(context);
    await refuseUnlessMay(tx, context, 'answer', found);
    const written = { organisationId: organisation.id, writtenBy: userId, content: answer };
    await insertText(tx, { number, role: 'answer', ...written });
    if (!(await takeStep(tx, number, 'answeredAt', {}))) throw notItsTurn('answered');
    await audit(tx, context, 'objection.answer', number);
    return { number, state: 'answered' as const };
  });
}
