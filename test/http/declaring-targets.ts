import { randomUUID } from 'node:crypto';
import { type Actor, organisationOf } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { acceptEnterpriseChange, requestEnterpriseChange } from '../../src/services/organisations/change-enterprise.ts';
import { grantMandate } from '../../src/services/organisations/mandates.ts';
import { addPerson, airPurifier, contextAs, declare, type TestOrganisation } from '../support/builders.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

const ownerOf = (actor: Actor): string => organisationOf(actor) ?? '';
const NONE = randomUUID();

/** Operations on what was declared, and on the life of the enterprise that declared it. */
export async function declaringTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const declared = await Promise.all(
    [cast.enterprise, cast.otherEnterprise].map(async (one) => ({
      name: one.name,
      id: (await declare(cast, one, { number: 'Q/TARGET 1-2026' })).id,
      resource: { ownerId: ownerOf(one.admin), region: one.creditCode.slice(2, 8) },
    })),
  );
  const acts = (act: string, body: () => unknown): readonly Target[] => [
    // A revision that is not there: whoever may do it is told that, and nothing changes.
    ...declared.map(({ name, id, resource }) => ({
      name,
      path: `/declarations/${id}/${act}`,
      resource,
      body,
      headers: { 'if-match': '"99"' },
    })),
    {
      name: 'missing',
      path: `/declarations/X.D0/${act}`,
      missing: true,
      resource: { region: '440000' },
      body,
      headers: { 'if-match': '"1"' },
    },
  ];
  const content = () => airPurifier({ number: 'Q/TARGET 1-2026' });
  return {
    'POST /declaration-checks': [{ name: 'new', path: '/declaration-checks', body: content }],
    'POST /declarations/standing': [{ name: 'new', path: '/declarations/standing', body: content }],
    'POST /declaration-batches': [
      {
        name: 'one',
        path: '/declaration-batches',
        body: (n) => ({ declarations: [airPurifier({ number: `Q/BATCH ${n}-2026` })] }),
      },
    ],
    'POST /declarations/{id}/revisions': acts('revisions', () => ({ content: content() })),
    'POST /declarations/{id}/corrections': acts('corrections', () => ({ content: content(), reason: '改正' })),
    'POST /declarations/{id}/withdrawal': acts('withdrawal', () => ({ reason: '停产', on: '2026-01-01' })),
    'POST /declarations/{id}/order': acts('order', () => ({
      event: 'abolished',
      reason: '逾期未改正',
      number: '1号',
      article: '第三十九条',
    })),
    ...(await lifeTargets(cast)),
  };
}

async function lifeTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { enterprise, otherEnterprise } = cast;
  const evidenceSha256 = sha256Hex('letter');
  const change = (name: string) => ({
    change: { kind: 'renamed' as const, name },
    effectiveOn: '2026-01-01',
    evidenceSha256,
    statement: '通知书',
  });
  const merger = (into: TestOrganisation) => ({
    ...change(''),
    change: { kind: 'merged' as const, into: into.creditCode },
  });
  const taken = await requestEnterpriseChange(contextAs(cast, enterprise.admin), merger(otherEnterprise));
  const waits = await requestEnterpriseChange(contextAs(cast, otherEnterprise.admin), merger(enterprise));
  // Accepted before: a second acceptance is refused as decided, by whoever may accept at all.
  await acceptEnterpriseChange(contextAs(cast, otherEnterprise.admin), taken.id);
  const mandate = {
    agent: otherEnterprise.creditCode,
    scope: 'draft' as const,
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    evidenceSha256,
  };
  const { id: given } = await grantMandate(contextAs(cast, enterprise.admin), mandate);
  const { actor } = await addPerson(cast, otherEnterprise, 'drafter');
  const person = actor.kind === 'member' ? actor.userId : '';
  const stranger = { seenBy: ownerOf(otherEnterprise.admin) };
  return {
    'POST /enterprise-changes': [{ name: 'a rename', path: '/enterprise-changes', body: (n) => change(`新名 ${n}`) }],
    'GET /enterprise-changes': [{ name: 'the own', path: '/enterprise-changes' }],
    'POST /enterprise-changes/{id}/acceptance': [
      {
        name: 'accepted before',
        path: `/enterprise-changes/${taken.id}/acceptance`,
        resource: { ownerId: ownerOf(otherEnterprise.admin) },
      },
      { name: 'missing', path: `/enterprise-changes/${NONE}/acceptance`, missing: true },
    ],
    'POST /enterprise-changes/{id}/decision': [
      {
        name: 'not accepted yet',
        path: `/enterprise-changes/${waits.id}/decision`,
        body: () => ({ decision: 'confirm', reason: '测试' }),
      },
      {
        name: 'missing',
        path: `/enterprise-changes/${NONE}/decision`,
        missing: true,
        body: () => ({ decision: 'refuse', reason: '测试' }),
      },
    ],
    'POST /mandates': [{ name: 'to oneself or a stranger', path: '/mandates', body: () => mandate }],
    'GET /mandates': [{ name: 'the own', path: '/mandates' }],
    'DELETE /mandates/{id}': [
      { name: 'the enterprise’s', path: `/mandates/${given}`, seenBy: ownerOf(enterprise.admin) },
      { name: 'missing', path: `/mandates/${NONE}`, missing: true },
    ],
    'PUT /members/{userId}/role': [
      { name: 'a stranger’s', path: `/members/${person}/role`, ...stranger, body: () => ({ role: 'drafter' }) },
      { name: 'missing', path: `/members/${NONE}/role`, missing: true, body: () => ({ role: 'drafter' }) },
    ],
    'DELETE /members/{userId}': [{ name: 'missing', path: `/members/${NONE}`, missing: true }],
  };
}
