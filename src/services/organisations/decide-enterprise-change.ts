import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import type { EnterpriseChange } from '../../domain/enterprises/change.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { Transaction } from '../../store/database.ts';
import { changeIdentity, decideChange, findChange, type StoredChange } from '../../store/enterprise-life.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { addToLog } from '../../store/log.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { handOver } from '../declarations/hand-over.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { type ChangeState, decidedBefore } from './change-enterprise.ts';

export const EnterpriseChangeDecision = z
  .strictObject({ decision: z.enum(['confirm', 'refuse']), reason: z.string().trim().min(1).max(1000) })
  .meta({ id: 'EnterpriseChangeDecision' });

/**
 * The operator confirms or refuses a change on its evidence. A confirmed one takes effect here, in one transaction: name,
 * code or state, and the hand-over of declarations with a version of each; its hash goes into the public log.
 */
export async function decideEnterpriseChange(
  context: ServiceContext,
  id: string,
  input: z.infer<typeof EnterpriseChangeDecision>,
): Promise<ChangeState & { readonly handedOver: number }> {
  authorise(context, 'enterprise-change.decide');
  const { userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      const change = await findChange(tx.db, id);
      if (!change) throw notFound(text('变更申请', 'requested change'), '#path/id', id);
      const waits = change.state === 'accepted' || (change.state === 'requested' && change.receiverId === null);
      if (input.decision === 'confirm' && !waits) throw decidedBefore(change.state);
      const handedOver = input.decision === 'confirm' ? await takeEffect(tx, context, change) : 0;
      const state = input.decision === 'confirm' ? 'confirmed' : 'refused';
      const decision = { state, decidedBy: userId, decisionReason: input.reason } as const;
      if (!(await decideChange(tx, id, decision))) throw decidedBefore(change.state);
      if (state === 'confirmed') {
        const enterprise = await findOrganisation(tx.db, change.enterpriseId);
        await addToLog(tx, {
          t: 'enterprise.changed',
          id: enterprise?.creditCode ?? '',
          rev: Number(tx.number),
          change: change.kind,
          doc: sha256Hex(change.document),
          at: logTime(tx.now),
        });
      }
      await audit(tx, context, 'enterprise-change.decide', id, { state, handedOver, reason: input.reason });
      return { id, state, handedOver };
    },
    { sequence: 'enterprise_change_numbers', explain },
  );
}

async function takeEffect(tx: Transaction, context: ServiceContext, stored: StoredChange): Promise<number> {
  const { change } = JSON.parse(stored.document) as EnterpriseChange;
  const handedOver = stored.receiverId === null ? 0 : await handOver(tx, context, stored, stored.receiverId);
  switch (change.kind) {
    case 'renamed':
      await changeIdentity(tx, stored, { name: change.name });
      break;
    case 'recoded': {
      const code = parseCreditCode(change.creditCode);
      if (!code.ok) throw new Error(`change ${stored.id} holds a wrong code`);
      await changeIdentity(tx, stored, { creditCode: code.value.code, creditCodeMark: code.value.mark });
      break;
    }
    case 'merged':
    case 'deregistered':
      await changeIdentity(tx, stored, { state: 'deregistered' });
      break;
    case 'split':
    case 'transferred':
      break;
  }
  return handedOver;
}

function explain(error: unknown): unknown {
  const constraint = conflictingConstraint(error);
  if (constraint === 'declarations_own_number') {
    return conflict(
      text('接收方已声明同一编号', 'the receiver has declared the same number'),
      '#path/id',
      null,
      text('接收方未使用的编号', 'numbers that the receiver does not use'),
      text('请任一方先办理修订或废止，再行移交', 'let one of the two revise or withdraw its own first'),
    );
  }
  if (constraint !== 'organisations_credit_code_key') return error;
  return conflict(
    text('该代码属于另一组织', 'the code belongs to another organisation'),
    '#path/id',
    null,
    text('本企业的新代码', 'the enterprise’s own new code'),
    text('请拒绝该申请，并请企业改正', 'refuse the change, and let the enterprise correct it'),
  );
}
