import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { addToLog } from '../../store/log.ts';
import { findNaming } from '../../store/texts.ts';
import { confirmOrder, findOrder, findOrderOn, insertOrder } from '../../store/withholding-orders.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound, type Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import type { WithholdingNotice } from './notice.ts';

export const WithholdingRequest = z
  .strictObject({
    reason: z.string().trim().min(1).max(1000),
    /** 法律依据, as the notice prints it. */
    article: z.string().trim().min(1).max(200),
  })
  .meta({ id: 'WithholdingRequest' });

/** A regulator asks to withhold a published text; nothing changes before a second person confirms it. */
export async function requestWithholding(
  context: ServiceContext,
  sha256: string,
  input: z.infer<typeof WithholdingRequest>,
): Promise<{ readonly id: string; readonly state: 'requested' }> {
  return transact(
    context,
    async (tx) => {
      const naming = await findNaming(tx.db, sha256);
      for (const { creditCode } of naming) {
        authorise(context, 'text.request-withholding', { region: creditCode.slice(2, 8) });
      }
      if (naming.length === 0) throw notFound(text('已公开的标准文本', 'published text'), '#path/sha256', sha256);
      if (await findOrderOn(tx.db, sha256)) throw ordered(sha256);
      const { organisation, userId } = actingOrganisation(context);
      const id = randomUUID();
      const { reason, article } = input;
      await insertOrder(tx, {
        id,
        sha256,
        regulatorId: organisation.id,
        reason,
        article,
        requestedBy: userId,
        requestedAt: tx.now,
      });
      await audit(tx, context, 'text.request-withholding', id, { text: sha256 });
      return { id, state: 'requested' as const };
    },
    { explain: (error) => (conflictingConstraint(error) === 'withholding_orders_open' ? ordered(sha256) : error) },
  );
}

/**
 * A second person of the regulator confirms the order: from now on the bytes are answered with its notice. The notice and
 * the text's hash stay public, and each declaration that names the text has an entry in the log.
 */
export async function confirmWithholding(
  context: ServiceContext,
  id: string,
): Promise<{ readonly id: string; readonly state: 'confirmed'; readonly notice: string }> {
  return transact(
    context,
    async (tx) => {
      const order = await findOrder(tx.db, id);
      authorise(
        context,
        'text.withhold',
        order ? { ownerId: order.regulatorId, firstPersonId: order.requestedBy } : {},
      );
      const { organisation, userId } = actingOrganisation(context);
      if (!order) throw notFound(text('停止公开的决定', 'withholding order'), '#path/id', id);
      const at = logTime(tx.now);
      const notice = canonicalJson({
        v: 1,
        text: order.sha256,
        reason: order.reason,
        article: order.article,
        authority: { code: organisation.creditCode, name: organisation.name },
        at,
      } satisfies WithholdingNotice);
      const doc = sha256Hex(notice);
      if (!(await confirmOrder(tx, id, { confirmedBy: userId, notice, noticeSha256: doc })))
        throw ordered(order.sha256);
      for (const { id: declaration, revision } of await findNaming(tx.db, order.sha256)) {
        await addToLog(tx, { t: 'declaration.withheld', id: declaration, rev: revision, file: order.sha256, doc, at });
      }
      await audit(tx, context, 'text.withhold', id, { text: order.sha256, notice: doc });
      return { id, state: 'confirmed' as const, notice: doc };
    },
    { explain: (error) => (conflictingConstraint(error) === 'withholding_orders_confirmed' ? ordered('') : error) },
  );
}

function ordered(sha256: string): Refusal {
  return conflict(
    text('该文本已有停止公开的决定', 'there is an order on this text already'),
    '#path',
    sha256,
    text('尚未申请或停止公开的文本', 'a text without an order'),
    text('请查看已有的决定', 'look at the order that there is'),
  );
}
