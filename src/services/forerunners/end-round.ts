import type { RoundEnding } from '../../domain/forerunners/input.ts';
import { takeRoundStep } from '../../store/forerunner-rounds.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { loadRound, refuseOutOfTurn, unknownRound } from './load-round.ts';

/** The coordinating body ends a round from which no list comes, with a public reason; its edition may be taken again. */
export async function endRound(context: ServiceContext, id: string, { reason }: RoundEnding) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    authorise(context, 'forerunner.end');
    if (!held) throw unknownRound(id);
    const { userId } = actingOrganisation(context);
    refuseOutOfTurn('end', held);
    await takeRoundStep(tx, id, 'endedAt', { endReason: reason, endedBy: userId });
    await audit(tx, context, 'forerunner.end', id, { reason });
    return { round: id, state: 'ended' as const };
  });
}
