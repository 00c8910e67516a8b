import { randomUUID } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from '../../domain/canonical.ts';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import { checkEnterpriseChange, type EnterpriseChange, receiverOf } from '../../domain/enterprises/change.ts';
import { fault, text } from '../../domain/fault.ts';
import type { Transaction } from '../../store/database.ts';
import {
  acceptChange,
  findChange,
  insertChange,
  listChanges as list,
  listHeld,
  type StoredChange,
} from '../../store/enterprise-life.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { findOrganisationByCode, findOrganisations } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, authoriseAtAll, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export interface ChangeState {
  readonly id: string;
  readonly state: StoredChange['state'];
}

/** An enterprise asks for a change of its own life, with evidence; the operator confirms identity, and no content. */
export async function requestEnterpriseChange(context: ServiceContext, input: EnterpriseChange): Promise<ChangeState> {
  authorise(context, 'enterprise-change.request');
  const { organisation, userId } = actingOrganisation(context);
  const faults = checkEnterpriseChange(input, organisation);
  if (faults.length > 0) throw invalid(faults);
  const { change } = input;
  return transact(
    context,
    async (tx) => {
      const receiver = await findReceiver(tx, input, organisation.id);
      const declarations = 'declarations' in change ? [...new Set(change.declarations)] : null;
      if (declarations) await refuseNotHeld(tx, organisation.id, declarations);
      if (change.kind === 'recoded') await refuseTakenCode(tx, change.creditCode);
      const id = randomUUID();
      await insertChange(tx, {
        id,
        enterpriseId: organisation.id,
        kind: change.kind,
        document: canonicalJson(input satisfies object as unknown as CanonicalValue),
        receiverId: receiver,
        declarations,
        requestedBy: userId,
        requestedAt: tx.now,
        state: 'requested',
      });
      await audit(tx, context, 'enterprise-change.request', id, { kind: change.kind });
      return { id, state: 'requested' as const };
    },
    { explain: (error) => (conflictingConstraint(error) === 'enterprise_changes_one_at_a_time' ? asked() : error) },
  );
}

/** The enterprise that takes declarations over agrees to it. */
export async function acceptEnterpriseChange(context: ServiceContext, id: string): Promise<ChangeState> {
  authoriseAtAll(context.actor, 'enterprise-change.accept');
  const { userId } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const change = await findChange(tx.db, id);
    if (!change) throw notFound(text('变更申请', 'requested change'), '#path/id', id);
    authorise(context, 'enterprise-change.accept', { ownerId: change.receiverId ?? '' });
    if (!(await acceptChange(tx, id, userId))) throw decidedBefore(change.state);
    await audit(tx, context, 'enterprise-change.accept', id);
    return { id, state: 'accepted' as const };
  });
}

/** What the own enterprise asked for or takes part in; for the operator, what waits. */
export async function listEnterpriseChanges(context: ServiceContext) {
  authorise(context, 'enterprise-change.list');
  const { organisation } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const changes = await list(tx, organisation.kind === 'operator' ? null : organisation.id);
    const enterprises = await findOrganisations(
      tx.db,
      changes.map(({ enterpriseId }) => enterpriseId),
    );
    return changes.map((change) => {
      const enterprise = enterprises.get(change.enterpriseId);
      const { change: asked, effectiveOn, statement } = JSON.parse(change.document) as EnterpriseChange;
      return {
        id: change.id,
        state: change.state,
        enterprise: { creditCode: enterprise?.creditCode ?? '', name: enterprise?.name ?? '' },
        change: asked,
        effectiveOn,
        statement,
        requestedAt: change.requestedAt.toISOString(),
        decisionReason: change.decisionReason,
      };
    });
  });
}

export function decidedBefore(state: string) {
  return conflict(
    text('该变更申请不在待办状态', 'this change does not wait for that'),
    '#path/id',
    state,
    text('待处理的变更申请', 'a change that waits'),
    text('请刷新列表', 'reload the list'),
  );
}

async function findReceiver(tx: Transaction, input: EnterpriseChange, own: string): Promise<string | null> {
  const code = receiverOf(input);
  if (code === null) return null;
  const receiver = await findOrganisationByCode(tx.db, code);
  const at = input.change.kind === 'merged' ? '/change/into' : '/change/to';
  if (!receiver || receiver.kind !== 'enterprise' || receiver.state !== 'active' || receiver.id === own) {
    throw notFound(text('另一家已加入的企业', 'other enterprise that has joined'), at, code);
  }
  return receiver.id;
}

async function refuseNotHeld(tx: Transaction, own: string, declarations: readonly string[]): Promise<void> {
  const held = new Set(await listHeld(tx, own, declarations));
  const faults = declarations.flatMap((id, i) =>
    held.has(id)
      ? []
      : [
          fault(
            `/change/declarations/${i}`,
            'declaration.not-held',
            id,
            text('本企业现行有效的声明', 'a current declaration of the own enterprise'),
            text('请核对公开编号', 'check its public id'),
          ),
        ],
  );
  if (faults.length > 0) throw invalid(faults);
}

async function refuseTakenCode(tx: Transaction, typed: string): Promise<void> {
  const parsed = parseCreditCode(typed);
  if (!parsed.ok || !(await findOrganisationByCode(tx.db, parsed.value.code))) return;
  throw conflict(
    text('该代码属于另一组织', 'the code belongs to another organisation'),
    '/change/creditCode',
    typed,
    text('本企业的新代码', 'the enterprise’s own new code'),
    text('被另一企业合并的，请申请合并', 'if the enterprise was merged into that one, ask for a merger'),
  );
}

function asked() {
  return conflict(
    text('同类变更已在办理', 'such a change is asked for already'),
    '/change/kind',
    null,
    text('没有在办的同类变更', 'no open change of this kind'),
    text('请等待办结', 'wait until it is decided'),
  );
}
