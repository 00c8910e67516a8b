import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { addToLog } from '../../store/log.ts';
import { lockDraw, updateDraw } from '../../store/spot-checks.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const VoidRequest = z.strictObject({ reason: z.string().trim().min(5).max(500) }).meta({ id: 'VoidRequest' });

/** The first of two persons asks, with a reason, to void a draw. */
export async function requestVoid(context: ServiceContext, id: string, input: z.infer<typeof VoidRequest>) {
  return transact(context, async (tx) => {
    const draw = await lockDraw(tx, id);
    authorise(context, 'draw.request-void', draw ? { ownerId: draw.regulatorId } : {});
    const { userId } = actingOrganisation(context);
    if (!draw) throw notFound(text('抽取', 'draw'), '#path/id', id);
    if (draw.state === 'void' || draw.state === 'closed') throw ended(draw.state);
    await updateDraw(tx, id, { voidRequestedBy: userId, voidReason: input.reason });
    await audit(tx, context, 'draw.request-void', id, { reason: input.reason });
    return { id, state: draw.state, voidRequested: true };
  });
}

/** The second person voids it. It stays public with its reason, and the batch may be drawn again. */
export async function voidDraw(context: ServiceContext, id: string) {
  return transact(context, async (tx) => {
    const draw = await lockDraw(tx, id);
    authorise(context, 'draw.void', {
      ...(draw ? { ownerId: draw.regulatorId } : {}),
      ...(draw?.voidRequestedBy ? { firstPersonId: draw.voidRequestedBy } : {}),
    });
    const { userId } = actingOrganisation(context);
    if (!draw) throw notFound(text('抽取', 'draw'), '#path/id', id);
    if (draw.state === 'void' || draw.state === 'closed') throw ended(draw.state);
    if (draw.voidReason === null) throw notRequested();
    await updateDraw(tx, id, { state: 'void', voidedBy: userId, voidedAt: tx.now });
    await addToLog(tx, { t: 'draw.void', id, rev: 1, reason: draw.voidReason, at: logTime(tx.now) });
    await audit(tx, context, 'draw.void', id, { reason: draw.voidReason });
    return { id, state: 'void' as const };
  });
}

function ended(state: string) {
  return conflict(
    text('该抽取已结束', 'the draw has ended'),
    '#path/id',
    state,
    text('进行中的抽取', 'a draw under way'),
    text('已结束的抽取不能作废', 'an ended draw cannot be voided'),
  );
}

function notRequested() {
  return conflict(
    text('尚无人申请作废', 'nobody has asked to void it'),
    '#path/id',
    null,
    text('另一人先提出并写明理由', 'another person’s request with a reason'),
    text('请先由另一人提出', 'let another person ask first'),
  );
}
