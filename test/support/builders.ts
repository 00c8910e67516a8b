import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Actor, MemberRole } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { creditCodeCheckCharacter, organisationCodeCheckCharacter } from '../../src/domain/enterprises/credit-code.ts';
import type { RegisterKind } from '../../src/domain/register.ts';
import { logIn, sessionActor } from '../../src/services/access/log-in.ts';
import type { Database, ServiceContext } from '../../src/services/context.ts';
import { publishDeclaration } from '../../src/services/declarations/publish-declaration.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { type Application, applyToJoin } from '../../src/services/organisations/apply-to-join.ts';
import { decideAccreditation, proposeAccreditation } from '../../src/services/organisations/accreditations.ts';
import { decideOrganisation } from '../../src/services/organisations/decide-organisation.ts';
import { foundOperator } from '../../src/services/organisations/found-operator.ts';
import { addMember } from '../../src/services/organisations/members.ts';
import { openDatabase } from '../../src/store/database.ts';
import { sequencePending } from '../../src/store/log.ts';
import { foundRegister, keepOperatorToken } from '../../src/store/register.ts';
import { testDatabase } from './database.ts';

/** Of every person that these builders make. */
export const PASSWORD = 'four unrelated test words';

export interface TestRegister {
  readonly database: Database;
  /** The owner of the tables, for what only the owner may do. */
  readonly ownerUrl: string;
  readonly operator: TestOrganisation;
  close(): Promise<void>;
}

/** An organisation that joined, with its admin, who can log in with `loginName` and `PASSWORD`. */
export interface TestOrganisation {
  readonly creditCode: string;
  readonly name: string;
  readonly loginName: string;
  readonly admin: Actor;
}

/** A founded register in a database of its own, with an operator. */
export async function openTestRegister(kind: RegisterKind = 'test'): Promise<TestRegister> {
  const { url, close } = await testDatabase();
  const database = openDatabase({ url, max: 5, applicationName: 'test', statementTimeoutMs: 8000, onError: () => {} });
  const token = randomBytes(16).toString('hex');
  await asOwner(url, async (owner) => {
    await foundRegister(owner, kind);
    await keepOperatorToken(owner, sha256Hex(token));
  });
  const creditCode = testCreditCode(1, '1101');
  const name = '示例登记平台运营中心';
  const loginName = 'operator.admin';
  const admin = { loginName, displayName: '平台管理员', password: PASSWORD };
  await foundOperator(contextAs({ database }), { token, creditCode, name, admin });
  const operator = { creditCode, name, loginName, admin: await actorOf(database, loginName) };
  return { database, ownerUrl: url, operator, close: () => database.close().then(close) };
}

/** The context of an act by `actor`, or by the public. */
export function contextAs({ database }: Pick<TestRegister, 'database'>, actor?: Actor): ServiceContext {
  return { database, actor: actor ?? { kind: 'public', address: '127.0.0.1' }, requestId: null, idempotency: null };
}

/** Logs in for real, so that the actor is what a request would have. */
export async function actorOf(database: Database, loginName: string): Promise<Actor> {
  const { token } = await logIn(database, '127.0.0.1', { loginName, password: PASSWORD });
  const actor = await sessionActor(database, token);
  if (!actor) throw new Error(`${loginName} has no session`);
  return actor;
}

/** A valid unified social credit code, the same for the same number; region is the first digits of GB/T 2260. */
export function testCreditCode(n: number, region = '3501'): string {
  const organisation = `MA${String(n).padStart(6, '0')}`;
  const first17 = `91${region.padEnd(6, '0')}${organisation}${organisationCodeCheckCharacter(organisation)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

let joined = 1;

/** Applies, is confirmed by the operator, and logs its admin in. */
export async function joinOrganisation(
  register: TestRegister,
  given: Pick<Application, 'kind' | 'name'> & { readonly region?: string; readonly creditCode?: string },
): Promise<TestOrganisation> {
  const { database, operator } = register;
  const n = ++joined;
  const creditCode = given.creditCode ?? testCreditCode(n, given.kind === 'enterprise' ? given.region : '1101');
  const loginName = `admin.${n}`;
  await applyToJoin(contextAs(register), {
    creditCode,
    name: given.name,
    kind: given.kind,
    ...(given.kind === 'regulator' ? { region: given.region ?? '' } : {}),
    invented: true,
    proof: { method: 'licence', evidenceSha256: sha256Hex(creditCode), statement: '营业执照复印件' },
    admin: { loginName, displayName: '管理员', password: PASSWORD },
  });
  const decision = { decision: 'confirm', reason: '已核对', confirmCreditCode: true } as const;
  await decideOrganisation(contextAs(register, operator.admin), creditCode, decision);
  return { creditCode, name: given.name, loginName, admin: await actorOf(database, loginName) };
}

/** A further person of an organisation, logged in. */
export async function addPerson(
  register: TestRegister,
  organisation: TestOrganisation,
  role: MemberRole,
): Promise<{ readonly loginName: string; readonly actor: Actor }> {
  const loginName = `${role}.${++joined}`;
  const person = { loginName, displayName: `${role}`, password: PASSWORD, role };
  await addMember(contextAs(register, organisation.admin), person);
  return { loginName, actor: await actorOf(register.database, loginName) };
}

/** Accredits a body for categories, proposed and decided as the rules want it; long enough for any shifted clock. */
export async function accredit(
  register: TestRegister,
  body: TestOrganisation,
  by: { readonly coordinator: TestOrganisation; readonly regulator: TestOrganisation },
  categoryPrefix = 'C',
): Promise<void> {
  const { id } = await proposeAccreditation(contextAs(register, by.coordinator.admin), {
    body: body.creditCode,
    categoryPrefix,
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
  });
  await decideAccreditation(contextAs(register, by.regulator.admin), id, { decision: 'approve' });
}

/** Publishes a declaration of `enterprise`; what is not given is that of an air purifier. */
export function declare(
  register: TestRegister,
  enterprise: TestOrganisation,
  content: Partial<DeclarationContent> & { readonly number: string },
): Promise<Receipt> {
  return publishDeclaration(contextAs(register, enterprise.admin), airPurifier(content));
}

/** A declaration that passes every check. */
export function airPurifier({
  number,
  ...given
}: Partial<DeclarationContent> & { readonly number: string }): DeclarationContent {
  return {
    subject: 'product',
    category: 'C3464.air-purifier',
    standard: { number, name: '家用空气净化器', issuedOn: '2026-04-01', effectiveOn: '2026-05-01' },
    products: [{ name: '空气净化器', models: ['KJ520G-A1'] }],
    parameters: [{ name: '额定功率', value: '60', unit: 'W' }],
    indicators: purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '58.0' }),
    commitment: { version: 1, signer: '王示例', capacity: 'legal-representative' },
    ...given,
  };
}

export function purifierIndicators(values: {
  readonly cleanAir: string;
  readonly efficacy: string;
  readonly noise: string | null;
}): DeclarationContent['indicators'] {
  const row = (
    name: string,
    comparator: '≥' | '≤',
    value: string,
    unit: string,
    testMethod: string,
  ): DeclarationContent['indicators'][number] => ({
    name,
    kind: name === '颗粒物洁净空气量' ? 'function' : 'performance',
    comparator,
    value,
    unit,
    testMethod,
  });
  return [
    row('颗粒物洁净空气量', '≥', values.cleanAir, 'm³/h', 'GB/T 18801-2022'),
    row('颗粒物净化能效', '≥', values.efficacy, 'm³/(W·h)', 'GB/T 18801-2022'),
    ...(values.noise === null ? [] : [row('噪声', '≤', values.noise, 'dB(A)', 'GB/T 4214.1-2017')]),
  ];
}

/** Gives every waiting entry its index, as the workers' sequencer does. */
export async function sequence({ database }: Pick<TestRegister, 'database'>): Promise<void> {
  while ((await sequencePending(database)) > 0);
}

async function asOwner(url: string, act: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await act(owner);
  } finally {
    await owner.end();
  }
}
