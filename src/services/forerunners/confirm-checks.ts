import { text } from '../../domain/fault.ts';
import { confirmChecks as confirm } from '../../store/forerunner-papers.ts';
import { findEdition } from '../../store/ranking-lists.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflictFaults } from '../rankings/prepare-release.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checksOf, loadRound, refuseOutOfTurn, roundResource, unknownRound } from './load-round.ts';

/**
 * A second person of the body, who entered none of them, confirms the checks that stand unconfirmed; may be done again as
 * more are entered. As for a release, the person has stated that there is no interest in a listed enterprise.
 */
export async function confirmChecks(context: ServiceContext, id: string) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    const unconfirmed = held ? [...(await checksOf(tx.db, id)).values()].filter((one) => !one.confirmedAt) : [];
    const resource = await roundResource(tx, context, held);
    const { actor } = context;
    const asker = actor.kind === 'member' || actor.kind === 'key' ? actor.userId : '';
    const entered = unconfirmed.find(({ enteredBy }) => enteredBy === asker) ?? unconfirmed[0];
    authorise(context, 'forerunner.confirm-checks', {
      ...resource,
      ...(entered ? { firstPersonId: entered.enteredBy } : {}),
    });
    if (!held) throw unknownRound(id);
    const { userId } = actingOrganisation(context);
    refuseOutOfTurn('confirm-checks', held);
    if (unconfirmed.length === 0) throw nothingToConfirm();
    const board = await findEdition(tx.db, held.round.listCode, held.round.boardEdition);
    const faults = board ? await conflictFaults(tx, board, held.round.category, userId) : [];
    if (faults.length > 0) throw invalid(faults);
    await confirm(tx, unconfirmed, userId);
    await audit(tx, context, 'forerunner.confirm-checks', id, { candidates: unconfirmed.length });
    return { round: id, confirmed: unconfirmed.length };
  });
}

function nothingToConfirm() {
  return conflict(
    text('没有待确认的核查', 'no checks wait to be confirmed'),
    '#path/id',
    null,
    text('已录入而未确认的核查', 'checks entered and not confirmed'),
    text('请先录入核查结果', 'enter checks first'),
  );
}
