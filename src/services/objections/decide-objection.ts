import { sha256Hex } from '../../domain/bytes.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { checkRuling, type ObjectionRuling } from '../../domain/objections/input.ts';
import { addToLog } from '../../store/log.ts';
import { takeStep } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { chargeOf, loadCase, notItsTurn, refuseUnlessMay, unknownObjection } from './load-case.ts';

/** A third act, by another person than the reviewer: what holds, why, and what follows. Public at once, and in the log. */
export async function decideObjection(context: ServiceContext, number: string, input: ObjectionRuling) {
  return transact(context, async (tx) => {
    const found = await loadCase(tx, number);
    authorise(context, 'objection.decide', chargeOf(context.actor, found));
    if (!found) throw unknownObjection(number);
    const { organisation, userId } = actingOrganisation(context);
    const faults = checkRuling(input, found.object);
    if (faults.length > 0) throw invalid(faults);
    await refuseUnlessMay(tx, context, 'decide', found);
    const { decision, reasons, effect } = input;
    const decisionDocument = canonicalJson({
      v: 1,
      number,
      object: { ...found.object },
      kind: found.objection.kind,
      decision,
      reasons,
      effect,
      by: organisation.creditCode,
    });
    const ruling = { decision, decisionReasons: reasons, effect, decisionDocument };
    const by = { decidedBy: userId, deciderId: organisation.id };
    if (!(await takeStep(tx, number, 'decidedAt', { ...ruling, ...by }))) throw notItsTurn('decided');
    const doc = sha256Hex(decisionDocument);
    const at = logTime(tx.now);
    await addToLog(tx, { t: 'objection.decided', id: number, rev: 1, body: organisation.creditCode, doc, at });
    await audit(tx, context, 'objection.decide', number, { decision, effect });
    return { number, state: 'decided' as const, sha256: doc };
  });
}
