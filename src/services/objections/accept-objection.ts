import { sha256Hex } from '../../domain/bytes.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { checkAcceptance, type ObjectionAcceptance } from '../../domain/objections/input.ts';
import { addToLog } from '../../store/log.ts';
import { listTexts } from '../../store/objection-cases.ts';
import { takeStep } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { chargeOf, loadCase, notItsTurn, refuseUnlessMay, unknownObjection } from './load-case.ts';

/** Takes an objection up, from when its object carries the flag 异议中, or sends it away with a public reason. */
export async function acceptObjection(context: ServiceContext, number: string, input: ObjectionAcceptance) {
  return transact(context, async (tx) => {
    const found = await loadCase(tx, number);
    authorise(context, 'objection.accept', chargeOf(context.actor, found));
    if (!found) throw unknownObjection(number);
    const { organisation, userId } = actingOrganisation(context);
    const faults = checkAcceptance(input);
    if (faults.length > 0) throw invalid(faults);
    await refuseUnlessMay(tx, context, 'accept', found);
    const statement = (await listTexts(tx.db, number)).find(({ role }) => role === 'statement');
    const acceptanceDocument = canonicalJson({
      v: 1,
      number,
      object: { ...found.object },
      kind: found.objection.kind,
      // What was said stays with the parties; its hash binds it.
      statement: sha256Hex(statement?.content ?? ''),
      acceptance: input.acceptance,
      reason: input.reason,
      by: organisation.creditCode,
    });
    const { acceptance, reason } = input;
    const step = { acceptance, acceptanceReason: reason, acceptanceDocument, acceptedBy: userId };
    if (!(await takeStep(tx, number, 'acceptedAt', step))) throw notItsTurn(acceptance);
    if (acceptance === 'accepted') {
      const doc = sha256Hex(acceptanceDocument);
      const at = logTime(tx.now);
      await addToLog(tx, { t: 'objection.accepted', id: number, rev: 1, body: organisation.creditCode, doc, at });
    }
    await audit(tx, context, 'objection.accept', number, { acceptance, reason });
    return { number, state: acceptance };
  });
}
