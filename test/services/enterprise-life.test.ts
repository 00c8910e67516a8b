import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { EnterpriseChange } from '../../src/domain/enterprises/change.ts';
import { logIn, sessionActor } from '../../src/services/access/log-in.ts';
import { withdrawDeclaration } from '../../src/services/declarations/change-declaration.ts';
import { publishDeclaration } from '../../src/services/declarations/publish-declaration.ts';
import { readDeclaration, readEnterprise, readVersions } from '../../src/services/declarations/read-declaration.ts';
import { acceptEnterpriseChange, requestEnterpriseChange } from '../../src/services/organisations/change-enterprise.ts';
import { changeMemberRole, removeMember } from '../../src/services/organisations/change-members.ts';
import { decideEnterpriseChange } from '../../src/services/organisations/decide-enterprise-change.ts';
import { grantMandate, listMandates, revokeMandate } from '../../src/services/organisations/mandates.ts';
import { listMembers } from '../../src/services/organisations/members.ts';
import { readOrganisation } from '../../src/services/organisations/read-organisation.ts';
import {
  actorOf,
  addPerson,
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  testCreditCode,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { expectDone, expectRefused } from './acts.ts';

const confirm = { decision: 'confirm', reason: '已核对登记机关文书' } as const;

describe('the life of an enterprise', () => {
  let register: TestRegister;
  beforeAll(async () => {
    register = await openTestRegister();
  });
  afterAll(() => register?.close());
  const as = (organisation: TestOrganisation) => contextAs(register, organisation.admin);
  const join = (name: string) => joinOrganisation(register, { kind: 'enterprise', name });
  const change = (change: EnterpriseChange['change']): EnterpriseChange => ({
    change,
    effectiveOn: '2026-11-01',
    evidenceSha256: sha256Hex('通知书'),
    statement: '登记机关变更通知书',
  });
  const request = (by: TestOrganisation, asked: EnterpriseChange['change']) =>
    requestEnterpriseChange(as(by), change(asked));
  const decide = (id: string) => decideEnterpriseChange(as(register.operator), id, confirm);

  it('a rename takes effect when the operator confirms it; what was declared keeps the name of its day', async () => {
    const enterprise = await join('旧名公司');
    const { id: declared } = await declare(register, enterprise, { number: 'Q/LIFE 001-2026' });
    await expectRefused(register, () => request(enterprise, { kind: 'renamed', name: '旧名公司' }), 'invalid');
    const { id } = await expectDone(register, () => request(enterprise, { kind: 'renamed', name: '新名公司' }), {
      added: { enterprise_changes: 1, audit_events: 1 },
      audit: 'enterprise-change.request',
      by: enterprise.admin,
    });
    expect((await readOrganisation(register.database, enterprise.creditCode)).name).toBe('旧名公司');
    await expectDone(register, () => decide(id), {
      added: { former_identities: 1, log_pending: 1, audit_events: 1 },
      audit: 'enterprise-change.decide',
      by: register.operator.admin,
      entry: 'enterprise.changed',
    });
    const now = await readOrganisation(register.database, enterprise.creditCode);
    expect(now).toMatchObject({ name: '新名公司', former: [{ name: '旧名公司' }], changes: [{ kind: 'renamed' }] });
    const { declaration } = await readDeclaration(register.database, declared);
    expect(declaration.document.enterprise.name).toBe('旧名公司');
    const actor = await actorOf(register.database, enterprise.loginName);
    const next = await publishDeclaration(contextAs(register, actor), airPurifier({ number: 'Q/LIFE 002-2026' }));
    expect(next.enterprise.name).toBe('新名公司');
    await expectRefused(register, () => decide(id), 'conflict', '#path/id');
  });

  it('a new code: the enterprise is found by the new one, the former one, and nine characters of an old one', async () => {
    const enterprise = await join('换码公司');
    const creditCode = testCreditCode(7001, '4403');
    await expectRefused(
      register,
      () => request(enterprise, { kind: 'recoded', creditCode: `${creditCode.slice(0, 17)}0` }),
      'invalid',
      '/change/creditCode',
    );
    const { id } = await request(enterprise, { kind: 'recoded', creditCode });
    await decide(id);
    for (const typed of [creditCode, enterprise.creditCode, creditCode.slice(8, 17)])
      expect((await readEnterprise(register.database, typed, undefined, 5)).organisation.creditCode).toBe(creditCode);
  });

  it('a merger hands all current declarations over, each with a version that says so', async () => {
    const [ending, taking] = [await join('被并公司'), await join('存续公司')];
    const kept = await declare(register, ending, { number: 'Q/LIFE 010-2026' });
    const gone = await declare(register, ending, { number: 'Q/LIFE 011-2026' });
    await withdrawDeclaration(as(ending), { id: gone.id, revision: 1 }, { reason: '停产', on: '2026-11-01' });
    const { id } = await request(ending, { kind: 'merged', into: taking.creditCode });
    await expectRefused(register, () => decide(id), 'conflict');
    await expectRefused(register, () => acceptEnterpriseChange(as(ending), id), 'not-found');
    await expectDone(register, () => acceptEnterpriseChange(as(taking), id), {
      added: { audit_events: 1 },
      audit: 'enterprise-change.accept',
      by: taking.admin,
    });
    await expectDone(register, () => decide(id), {
      added: { declaration_versions: 1, log_pending: 2, audit_events: 2 },
      audit: 'enterprise-change.decide',
    });
    const { declaration } = await readDeclaration(register.database, kept.id);
    expect(declaration).toMatchObject({ creditCode: taking.creditCode, revision: 2, state: 'current' });
    const versions = await readVersions(register.database, kept.id);
    expect(versions.map((one) => [one.event, one.document.enterprise.name])).toEqual([
      ['published', '被并公司'],
      ['handed-over', '存续公司'],
    ]);
    expect((await readDeclaration(register.database, gone.id)).declaration.creditCode).toBe(ending.creditCode);
    expect((await readOrganisation(register.database, ending.creditCode)).state).toBe('deregistered');
    await expectRefused(
      register,
      () => logIn(register.database, '127.0.0.1', { loginName: ending.loginName, password: PASSWORD }),
      'not-found',
    );
    await withdrawDeclaration(as(taking), { id: kept.id, revision: 2 }, { reason: '停产', on: '2026-11-01' });
  });

  it('a split hands over what it names and nothing else, and never another’s', async () => {
    const [parent, child, stranger] = [await join('母公司'), await join('子公司'), await join('旁人')];
    const moved = await declare(register, parent, { number: 'Q/LIFE 020-2026' });
    const stays = await declare(register, parent, { number: 'Q/LIFE 021-2026' });
    const foreign = await declare(register, stranger, { number: 'Q/LIFE 022-2026' });
    const named = (declarations: string[]) => ({ kind: 'split', to: child.creditCode, declarations }) as const;
    await expectRefused(
      register,
      () => request(parent, named([moved.id, foreign.id])),
      'invalid',
      '/change/declarations/1',
    );
    const { id } = await request(parent, named([moved.id]));
    await acceptEnterpriseChange(as(child), id);
    expect((await decide(id)).handedOver).toBe(1);
    expect((await readDeclaration(register.database, moved.id)).declaration.creditCode).toBe(child.creditCode);
    expect((await readDeclaration(register.database, stays.id)).declaration.creditCode).toBe(parent.creditCode);
  });

  it('a hand-over to who has the same number is refused whole, and says what to do', async () => {
    const [from, to] = [await join('甲方'), await join('乙方')];
    const moved = await declare(register, from, { number: 'Q/LIFE 030-2026' });
    await declare(register, to, { number: 'Q/LIFE 030-2026' });
    const { id } = await request(from, { kind: 'transferred', to: to.creditCode, declarations: [moved.id] });
    await acceptEnterpriseChange(as(to), id);
    await expectRefused(register, () => decide(id), 'conflict', '#path/id');
  });
});

describe('who acts for an enterprise', () => {
  let register: TestRegister;
  let principal: TestOrganisation;
  let agent: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    principal = await joinOrganisation(register, { kind: 'enterprise', name: '委托企业' });
    agent = await joinOrganisation(register, { kind: 'enterprise', name: '代理机构' });
  });
  afterAll(() => register?.close());
  const as = (organisation: TestOrganisation) => contextAs(register, organisation.admin);
  const mandate = (change: object = {}) => ({
    agent: agent.creditCode,
    scope: 'publish' as const,
    validFrom: '2026-01-01',
    validTo: '2027-12-31',
    evidenceSha256: sha256Hex('委托书'),
    ...change,
  });
  const actFor = async (loginName: string) => {
    const opened = await logIn(register.database, '127.0.0.1', {
      loginName,
      password: PASSWORD,
      organisation: principal.creditCode,
    });
    return { token: opened.token, actor: await sessionActor(register.database, opened.token) };
  };

  it('an agent declares for its principal under a recorded mandate, until that is revoked', async () => {
    await expectRefused(
      register,
      () =>
        logIn(register.database, '127.0.0.1', {
          loginName: agent.loginName,
          password: PASSWORD,
          organisation: principal.creditCode,
        }),
      'not-found',
    );
    const { id } = await expectDone(register, () => grantMandate(as(principal), mandate()), {
      added: { mandates: 1, audit_events: 1 },
      audit: 'mandate.grant',
      by: principal.admin,
    });
    const { token, actor } = await actFor(agent.loginName);
    if (!actor || actor.kind !== 'member') throw new Error('no session');
    expect(actor).toMatchObject({
      role: 'publisher',
      mandateId: id,
      organisation: { creditCode: principal.creditCode },
    });
    const receipt = await expectDone(
      register,
      () => publishDeclaration(contextAs(register, actor), airPurifier({ number: 'Q/AGENT 001-2026' })),
      {
        added: { declarations: 1, declaration_versions: 1, log_pending: 1, audit_events: 1 },
        audit: 'declaration.publish',
        by: actor,
      },
    );
    expect(receipt.enterprise.code).toBe(principal.creditCode);
    await expectRefused(register, () => grantMandate(contextAs(register, actor), mandate()), 'forbidden');
    expect((await listMandates(as(agent))).map((one) => one.principal.name)).toEqual(['委托企业']);
    await expectRefused(register, () => revokeMandate(as(agent), id), 'not-found');
    await revokeMandate(as(principal), id);
    expect(await sessionActor(register.database, token)).toBeNull();
  });

  it('a mandate to draft publishes nothing, one out of its time lets nobody in', async () => {
    await grantMandate(as(principal), mandate({ scope: 'draft' }));
    const { actor } = await actFor(agent.loginName);
    if (!actor) throw new Error('no session');
    const publish = () => publishDeclaration(contextAs(register, actor), airPurifier({ number: 'Q/AGENT 002-2026' }));
    await expectRefused(register, publish, 'forbidden');
    const later = await joinOrganisation(register, { kind: 'enterprise', name: '另一代理' });
    const past = { agent: later.creditCode, validFrom: '2020-01-01', validTo: '2020-12-31' };
    await grantMandate(as(principal), mandate(past));
    await expect(actFor(later.loginName)).rejects.toMatchObject({ code: 'not-found' });
    await expectRefused(
      register,
      () => grantMandate(as(principal), mandate({ agent: principal.creditCode })),
      'invalid',
      '/agent',
    );
    await expectRefused(
      register,
      () => grantMandate(as(principal), mandate({ validTo: '2025-12-31' })),
      'invalid',
      '/validTo',
    );
  });

  it('admins change roles and let people go at once; the last admin stays', async () => {
    const { loginName, actor } = await addPerson(register, principal, 'drafter');
    if (actor.kind !== 'member') throw new Error('no member');
    const [admin] = (await listMembers(as(principal))).filter(({ role }) => role === 'admin');
    await expectRefused(register, () => removeMember(as(principal), admin?.userId ?? ''), 'conflict');
    await expectRefused(
      register,
      () => changeMemberRole(as(principal), admin?.userId ?? '', { role: 'drafter' }),
      'conflict',
    );
    await changeMemberRole(as(principal), actor.userId, { role: 'publisher' });
    expect(await actorOf(register.database, loginName)).toMatchObject({ role: 'publisher' });
    const { token } = await logIn(register.database, '127.0.0.1', { loginName, password: PASSWORD });
    await removeMember(as(principal), actor.userId);
    expect(await sessionActor(register.database, token)).toBeNull();
    await expectRefused(register, () => removeMember(as(agent), admin?.userId ?? ''), 'not-found');
  });
});
