import { text } from '../../domain/fault.ts';
import { takeRoundStep } from '../../store/forerunner-rounds.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict } from '../refusal.ts';
import { objectionsUntil } from '../schemes/objection-period.ts';
import { transact } from '../transact.ts';
import { loadRound, refuseOutOfTurn, schemeOfRound, unknownRound } from './load-round.ts';
import type { ShortList } from './submit-short-list.ts';

/** 公示: the coordinating body opens the objection period of a short-list, in working days from today. */
export async function openObjections(context: ServiceContext, id: string) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    authorise(context, 'forerunner.open-objections');
    if (!held) throw unknownRound(id);
    const { userId } = actingOrganisation(context);
    refuseOutOfTurn('open-objections', held);
    const { listed } = JSON.parse(held.round.shortlist ?? '{"listed":[]}') as ShortList;
    if (listed.length === 0) throw nobodyListed();
    const until = await objectionsUntil(tx, await schemeOfRound(tx.db, held.round), held.today);
    await takeRoundStep(tx, id, 'objectionsOpenedAt', { objectionsUntil: until, objectionsOpenedBy: userId });
    await audit(tx, context, 'forerunner.open-objections', id, { until });
    return { round: id, objectionsUntil: until };
  });
}

export function nobodyListed() {
  return conflict(
    text('没有可公布的候选', 'no candidate is left to publish'),
    '#path/id',
    '0',
    text('至少一个入围的候选', 'at least one candidate on the short-list'),
    text('请终止本轮并写明理由', 'end the round, with the reason'),
  );
}
