import type { ObjectionExecution } from '../../domain/objections/input.ts';
import { takeStep } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { loadCase, notItsTurn, refuseUnlessMay, unknownObjection } from './load-case.ts';

/** Says in public how a decision was carried out where no correcting edition does: of a scheme, a draw, or by a remark. */
export async function executeObjection(context: ServiceContext, number: string, { remark }: ObjectionExecution) {
  return transact(context, async (tx) => {
    const found = await loadCase(tx, number);
    // Whoever decided, carrying it out is the matter of whose list it is.
    authorise(context, 'objection.execute', found ? { ownerId: found.objection.handlerId } : {});
    if (!found) throw unknownObjection(number);
    await refuseUnlessMay(tx, context, 'execute', found);
    if (!(await takeStep(tx, number, 'executedAt', { executionRemark: remark }))) throw notItsTurn('executed');
    await audit(tx, context, 'objection.execute', number, { remark });
    return { number, state: 'executed' as const };
  });
}
