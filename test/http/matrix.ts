import { randomUUID } from 'node:crypto';
import { type Actor, MEMBER_ROLES, organisationOf } from '../../src/domain/access/actor.ts';
import type { Resource } from '../../src/domain/access/policy.ts';
import { keyActor } from '../../src/services/access/log-in.ts';
import { createApiKey, revokeApiKey } from '../../src/services/organisations/api-keys.ts';
import { type Credential, cookieOf } from '../support/api.ts';
import {
  accredit,
  addPerson,
  contextAs,
  joinOrganisation,
  openTestRegister,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { declareMany } from '../support/filled-register.ts';

/** Whoever asks. `actor` is null for a revoked key, which is nobody at all. */
export interface Principal {
  readonly name: string;
  readonly as: Credential;
  readonly actor: Actor | null;
  readonly scopes: NonNullable<Resource['accreditations']>;
}

/** Every organisation of the matrix, one of each kind and the strangers to them. */
export interface Cast extends TestRegister {
  readonly enterprise: TestOrganisation;
  readonly otherEnterprise: TestOrganisation;
  readonly body: TestOrganisation;
  readonly otherBody: TestOrganisation;
  readonly expiredBody: TestOrganisation;
  readonly suspendedBody: TestOrganisation;
  readonly coordinator: TestOrganisation;
  readonly regulator: TestOrganisation;
  readonly regionalRegulator: TestOrganisation;
}

const VALID = { categoryPrefix: 'C', validFrom: '2020-01-01', validTo: '2099-12-31' };

export async function openCast(): Promise<Cast> {
  const register = await openTestRegister();
  const join = (
    kind: 'enterprise' | 'assessment-body' | 'coordinating-body' | 'regulator',
    name: string,
    region?: string,
  ) => joinOrganisation(register, { kind, name, ...(region ? { region } : {}) });
  const coordinator = await join('coordinating-body', '工作机构');
  const regulator = await join('regulator', '国家监管部门');
  const cast = {
    ...register,
    coordinator,
    regulator,
    regionalRegulator: await join('regulator', '省监管部门', '44'),
    enterprise: await join('enterprise', '甲企业', '3301'),
    otherEnterprise: await join('enterprise', '乙企业', '4401'),
    body: await join('assessment-body', '甲评估机构'),
    otherBody: await join('assessment-body', '乙评估机构'),
    expiredBody: await join('assessment-body', '丙评估机构'),
    suspendedBody: await join('assessment-body', '丁评估机构'),
  };
  for (const body of [cast.body, cast.otherBody, cast.expiredBody, cast.suspendedBody])
    await accredit(register, body, { coordinator, regulator });
  await declareMany(register, [cast.enterprise, cast.otherEnterprise], 8);
  await sequence(register);
  return cast;
}

/** Ends the accreditation of two bodies, after they have done what they may no longer do. */
export async function endAccreditations({ ownerUrl, expiredBody, suspendedBody }: Cast): Promise<void> {
  await withTestClient(ownerUrl, async (owner) => {
    const change = (set: string, body: TestOrganisation) =>
      owner.query(`update accreditations set ${set} where body_id = $1`, [organisationOf(body.admin)]);
    await change(`valid_to = '2020-12-31'`, expiredBody);
    await change(`state = 'suspended'`, suspendedBody);
  });
}

export async function principalsOf(cast: Cast): Promise<readonly Principal[]> {
  const { database, operator } = cast;
  const member = async (name: string, loginName: string, actor: Actor, scopes: Principal['scopes'] = []) => ({
    name,
    as: await cookieOf(database, loginName),
    actor,
    scopes,
  });
  const principals: Principal[] = [
    { name: 'the public', as: null, actor: { kind: 'public', address: '127.0.0.1' }, scopes: [] },
  ];
  const { enterprise, body, coordinator, regulator } = cast;
  for (const [kind, organisation] of Object.entries({ enterprise, body, coordinator, regulator, operator })) {
    const scopes = kind === 'body' ? [VALID] : [];
    for (const role of MEMBER_ROLES) {
      const person =
        role === 'admin'
          ? { loginName: organisation.loginName, actor: organisation.admin }
          : await addPerson(cast, organisation, role);
      principals.push(await member(`${role} of the ${kind}`, person.loginName, person.actor, scopes));
    }
  }
  const strangers: readonly (readonly [string, TestOrganisation, Principal['scopes']])[] = [
    ['another enterprise', cast.otherEnterprise, []],
    ['another body', cast.otherBody, [VALID]],
    ['a body whose accreditation ended', cast.expiredBody, [{ ...VALID, validTo: '2020-12-31' }]],
    ['a body whose accreditation is suspended', cast.suspendedBody, []],
    ['a regulator of another region', cast.regionalRegulator, []],
  ];
  for (const [name, { loginName, admin }, scopes] of strangers)
    principals.push(await member(name, loginName, admin, scopes));
  principals.push(await keyOf(cast, 'a publishing key', enterprise, 'publisher', []));
  principals.push(await keyOf(cast, 'a drafting key', enterprise, 'drafter', []));
  principals.push(await keyOf(cast, 'a key of the body', body, 'publisher', [VALID]));
  principals.push(await keyOf(cast, 'a key of another enterprise', cast.otherEnterprise, 'publisher', []));
  principals.push(await revokedKey(cast));
  return principals;
}

async function keyOf(
  cast: Cast,
  name: string,
  organisation: TestOrganisation,
  role: 'publisher' | 'drafter',
  scopes: Principal['scopes'],
): Promise<Principal> {
  const { key } = await createApiKey(contextAs(cast, organisation.admin), { name, role, days: 1 });
  return { name, as: { key: key ?? '' }, actor: await keyActor(cast.database, key ?? ''), scopes };
}

async function revokedKey(cast: Cast): Promise<Principal> {
  const context = contextAs(cast, cast.body.admin);
  const { id, key } = await createApiKey(context, { name: randomUUID(), role: 'publisher', days: 1 });
  await revokeApiKey(context, id);
  return { name: 'a revoked key', as: { key: key ?? '' }, actor: null, scopes: [] };
}
