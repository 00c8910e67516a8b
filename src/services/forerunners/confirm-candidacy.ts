import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { checkConfirmation, type Confirmation } from '../../domain/forerunners/input.ts';
import { insertConfirmation } from '../../store/forerunner-papers.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { candidateOf, loadRound, refuseOutOfTurn, unknownCandidate } from './load-round.ts';

/** 承诺书: the enterprise commits itself, says that the product is really made or the service provided, and names the models. */
export async function confirmCandidacy(context: ServiceContext, id: string, declaration: string, input: Confirmation) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    const candidate = candidateOf(held, declaration);
    authorise(context, 'forerunner.confirm', candidate ? { ownerId: candidate.organisationId } : {});
    if (!held || !candidate) throw unknownCandidate(declaration);
    const { organisation, userId } = actingOrganisation(context);
    if (candidate.confirmation) throw confirmedBefore();
    refuseOutOfTurn('confirm', held);
    const { subject, products } = candidate.document.content;
    const declared = { subject, models: products.flatMap(({ models }) => models) };
    const faults = checkConfirmation(input, declared, dayInBeijing(tx.now));
    if (faults.length > 0) throw invalid(faults);
    const { commitment, provision, models } = input;
    await insertConfirmation(
      tx,
      {
        roundId: id,
        declarationId: declaration,
        organisationId: organisation.id,
        commitmentVersion: commitment.version,
        provision,
        models: [...models],
      },
      { signer: commitment.signer, capacity: commitment.capacity, confirmedBy: userId },
    );
    await audit(tx, context, 'forerunner.confirm', `${id}/${declaration}`, { models: models.length });
    return { round: id, declaration, confirmed: true as const };
  });
}

function confirmedBefore() {
  return conflict(
    text('该候选已经确认', 'this candidate is confirmed already'),
    '#path/declaration',
    null,
    text('尚未确认的候选', 'a candidate not confirmed yet'),
    text('确认后不能更改；有误请告知评估机构', 'a confirmation stays; tell the body if it is wrong'),
  );
}
