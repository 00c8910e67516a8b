import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fault, text } from '../../domain/fault.ts';
import { insertMandate, listMandates as list, revokeMandate as revoke } from '../../store/enterprise-life.ts';
import { findOrganisationByCode, findOrganisations } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

const MOST_DAYS = 366 * 3;

/** 委托: who acts for the enterprise, in what, for how long, by which signed letter. */
export const NewMandate = z
  .strictObject({
    agent: z.string().trim().min(1).max(40),
    scope: z.enum(['draft', 'publish']),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/u),
  })
  .meta({ id: 'NewMandate' });

/** An enterprise lets another organisation draft or declare for it; the agent's people then log in for it. */
export async function grantMandate(
  context: ServiceContext,
  input: z.infer<typeof NewMandate>,
): Promise<{ readonly id: string; readonly agent: string }> {
  authorise(context, 'mandate.grant');
  const { organisation, userId } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const agent = await findOrganisationByCode(tx.db, input.agent);
    if (!agent || agent.kind !== 'enterprise' || agent.state !== 'active') {
      throw notFound(text('已加入的企业', 'enterprise that has joined'), '/agent', input.agent);
    }
    const days = (Date.parse(input.validTo) - Date.parse(input.validFrom)) / 86_400_000;
    if (agent.id === organisation.id || days < 0 || days > MOST_DAYS)
      throw invalid([wrong(input, agent.id === organisation.id)]);
    const id = randomUUID();
    const { scope, validFrom, validTo, evidenceSha256 } = input;
    await insertMandate(tx, {
      id,
      principalId: organisation.id,
      agentId: agent.id,
      scope,
      validFrom,
      validTo,
      evidenceSha256,
      grantedBy: userId,
      grantedAt: tx.now,
    });
    await audit(tx, context, 'mandate.grant', id, { agent: agent.creditCode, scope, validFrom, validTo });
    return { id, agent: agent.creditCode };
  });
}

/** Mandates that the own organisation gave or holds. */
export async function listMandates(context: ServiceContext) {
  authorise(context, 'mandate.list');
  return transact(context, async (tx) => {
    const given = await list(tx);
    const organisations = await findOrganisations(
      tx.db,
      given.flatMap(({ principalId, agentId }) => [principalId, agentId]),
    );
    const identity = (id: string) => {
      const found = organisations.get(id);
      return { creditCode: found?.creditCode ?? '', name: found?.name ?? '' };
    };
    return given.map(({ id, scope, validFrom, validTo, revokedAt, principalId, agentId }) => ({
      id,
      scope,
      validFrom,
      validTo,
      revokedAt: revokedAt?.toISOString() ?? null,
      principal: identity(principalId),
      agent: identity(agentId),
    }));
  });
}

/** Ends a mandate at once: the agent's open sessions act for the enterprise no longer. */
export async function revokeMandate(context: ServiceContext, id: string): Promise<{ readonly id: string }> {
  authorise(context, 'mandate.revoke');
  return transact(context, async (tx) => {
    if (!(await revoke(tx, id))) throw notFound(text('有效委托', 'live mandate'), '#path/id', id);
    await audit(tx, context, 'mandate.revoke', id);
    return { id };
  });
}

function wrong({ agent, validFrom, validTo }: z.infer<typeof NewMandate>, isSelf: boolean) {
  return isSelf
    ? fault(
        '/agent',
        'mandate.self',
        agent,
        text('另一家企业', 'another enterprise'),
        text('本企业的人请在成员中添加', 'add own people as members'),
      )
    : fault(
        '/validTo',
        'mandate.period',
        `${validFrom}～${validTo}`,
        text('截止日不早于起始日，期限不超过三年', 'an end on or after the start, at most three years later'),
        text('请改正期限', 'correct the period'),
      );
}
