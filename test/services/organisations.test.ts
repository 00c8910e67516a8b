import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { keyActor } from '../../src/services/access/log-in.ts';
import { decideAccreditation, proposeAccreditation } from '../../src/services/organisations/accreditations.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../../src/services/organisations/api-keys.ts';
import { type Application, applyToJoin } from '../../src/services/organisations/apply-to-join.ts';
import { decideOrganisation } from '../../src/services/organisations/decide-organisation.ts';
import { foundOperator } from '../../src/services/organisations/found-operator.ts';
import { addMember, listMembers } from '../../src/services/organisations/members.ts';
import { readOrganisation } from '../../src/services/organisations/read-organisation.ts';
import { keepOperatorToken } from '../../src/store/register.ts';
import {
  addPerson,
  contextAs,
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  testCreditCode,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

const JOINED = { organisations: 1, users: 1, memberships: 1, audit_events: 1 };

describe('organisations and their people', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());
  const operator = () => contextAs(register, register.operator.admin);

  const application = (n: number, change: Partial<Application> = {}): Application => ({
    creditCode: testCreditCode(n),
    name: '申请者',
    kind: 'enterprise',
    invented: true,
    proof: { method: 'letter', evidenceSha256: '0'.repeat(64), statement: '介绍信' },
    admin: { loginName: `applicant.${n}`, displayName: '管理员', password: PASSWORD },
    ...change,
  });
  const apply = (n: number, change: Partial<Application> = {}) =>
    applyToJoin(contextAs(register), application(n, change));

  it('join by an application and the operator’s decision, and are public only then', async () => {
    await expectDone(register, () => apply(501), { added: JOINED, audit: 'organisation.apply' });
    const code = testCreditCode(501);
    await expectRefused(register, () => readOrganisation(register.database, code), 'not-found');
    const decision = { decision: 'confirm', reason: '已核对', confirmCreditCode: false } as const;
    await expectRefused(
      register,
      () => decideOrganisation(contextAs(register, enterprise.admin), code, decision),
      'forbidden',
    );
    const told = { added: { audit_events: 1 }, audit: 'organisation.decide', by: register.operator.admin };
    await expectDone(register, () => decideOrganisation(operator(), code, decision), told);
    expect(await readOrganisation(register.database, code)).toMatchObject({ creditCodeMark: 'regular' });
    await expectRefused(register, () => decideOrganisation(operator(), code, decision), 'conflict', '#path/creditCode');
  });

  it('whose code fails its check join only when the operator confirms it on evidence, with a public mark', async () => {
    const wrong = `${testCreditCode(502).slice(0, 17)}${testCreditCode(502).endsWith('0') ? '1' : '0'}`;
    expect(await apply(502, { creditCode: wrong })).toMatchObject({ creditCodeRegular: false });
    const decision = { decision: 'confirm', reason: '已核对' } as const;
    const unconfirmed = { ...decision, confirmCreditCode: false };
    await expectRefused(
      register,
      () => decideOrganisation(operator(), wrong, unconfirmed),
      'invalid',
      '/confirmCreditCode',
    );
    await decideOrganisation(operator(), wrong, { ...decision, confirmCreditCode: true });
    expect(await readOrganisation(register.database, wrong)).toMatchObject({ creditCodeMark: 'operator-confirmed' });
  });

  it('do not apply twice, nor under a taken login name, nor with a weak password', async () => {
    await apply(503);
    await expectRefused(
      register,
      () => apply(503, { admin: { ...application(504).admin } }),
      'conflict',
      '/creditCode',
    );
    await expectRefused(register, () => apply(504, { admin: application(503).admin }), 'conflict', '/admin/loginName');
    const weak = { ...application(504).admin, password: 'password1234' };
    await expectRefused(register, () => apply(504, { admin: weak }), 'invalid', '/admin/password');
  });

  it('have one founder: a wrong token, and a second operator, are refused', async () => {
    const founding = (token: string, n: number) =>
      foundOperator(contextAs(register), {
        token,
        creditCode: testCreditCode(n),
        name: '另一运营者',
        admin: application(n).admin,
      });
    await expectRefused(register, () => founding('wrong', 505), 'forbidden', '/token');
    const token = randomBytes(16).toString('hex');
    await withTestClient(register.ownerUrl, async (owner) => {
      expect(await keepOperatorToken(owner, sha256Hex(token))).toBe(false);
      await owner.query('update register set operator_token_sha256 = $1', [sha256Hex(token)]);
    });
    await expectRefused(register, () => founding(token, 505), 'conflict', '/token');
  });

  it('add people through their admins, who see their own people alone', async () => {
    const person = { loginName: 'new.drafter', displayName: '填报人', password: PASSWORD, role: 'drafter' } as const;
    const context = contextAs(register, enterprise.admin);
    await expectDone(register, () => addMember(context, person), {
      added: { users: 1, memberships: 1, audit_events: 1 },
      audit: 'member.add',
      by: enterprise.admin,
    });
    await expectRefused(register, () => addMember(context, person), 'conflict');
    const publisher = await addPerson(register, enterprise, 'publisher');
    await expectRefused(register, () => addMember(contextAs(register, publisher.actor), person), 'forbidden');
    expect((await listMembers(context)).map(({ role }) => role).sort()).toEqual(['admin', 'drafter', 'publisher']);
    expect(await listMembers(operator())).toHaveLength(1);
  });

  it('have two live keys at most, also when five are asked for at once; a revoked one is nobody’s', async () => {
    const context = contextAs(register, enterprise.admin);
    const make = () => createApiKey(context, { name: 'key', role: 'publisher', days: 30 });
    const first = await expectDone(register, make, {
      added: { api_keys: 1, audit_events: 1 },
      audit: 'api-key.create',
    });
    const asked = await Promise.allSettled([1, 2, 3, 4, 5].map(make));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await keyActor(register.database, first.key ?? '')).toMatchObject({ kind: 'key', role: 'publisher' });
    await expectRefused(register, () => revokeApiKey(operator(), first.id), 'not-found', '#path/id');
    await expectDone(register, () => revokeApiKey(context, first.id), {
      added: { audit_events: 1 },
      audit: 'api-key.revoke',
    });
    expect(await keyActor(register.database, first.key ?? '')).toBeNull();
    await expectRefused(register, () => revokeApiKey(context, first.id), 'not-found');
    const [listed] = await listApiKeys(context);
    expect(JSON.stringify(listed)).not.toContain(sha256Hex(first.key ?? ''));
  });

  it('are accredited by two: proposed by the coordinating body, decided by a national regulator', async () => {
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    const national = await joinOrganisation(register, { kind: 'regulator', name: '国家局' });
    const regional = await joinOrganisation(register, { kind: 'regulator', name: '省局', region: '44' });
    const body = await joinOrganisation(register, { kind: 'assessment-body', name: '评估机构' });
    const proposal = { body: body.creditCode, categoryPrefix: 'C38', validFrom: '2026-01-01', validTo: '2027-12-31' };
    const propose = (change = {}) =>
      proposeAccreditation(contextAs(register, coordinator.admin), { ...proposal, ...change });
    await expectRefused(register, () => propose({ validTo: '2025-01-01' }), 'invalid', '/validTo');
    await expectRefused(register, () => propose({ body: enterprise.creditCode }), 'not-found', '/body');
    const told = { added: { accreditations: 1, audit_events: 1 }, audit: 'accreditation.propose' };
    const { id } = await expectDone(register, () => propose(), told);
    const decide = (by: TestOrganisation) =>
      decideAccreditation(contextAs(register, by.admin), id, { decision: 'approve' });
    for (const by of [coordinator, regional, register.operator, body])
      await expectRefused(register, () => decide(by), 'forbidden');
    await expectDone(register, () => decide(national), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'accreditation.decide',
      by: national.admin,
      entry: 'body.accredited',
    });
    await expectRefused(register, () => decide(national), 'conflict');
    const same = `update accreditations set decided_by = proposed_by where body_id = $1`;
    await expectConstraint(register, same, [organisationOf(body.admin)], 'accreditations_check1');
  });
});
