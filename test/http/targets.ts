import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/domain/access/actor.ts';
import { organisationOf } from '../../src/domain/access/actor.ts';
import type { Resource } from '../../src/domain/access/policy.ts';
import { receiveFile } from '../../src/services/imports/receive-file.ts';
import { createDraft } from '../../src/services/declarations/drafts.ts';
import { proposeAccreditation } from '../../src/services/organisations/accreditations.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { applyToJoin } from '../../src/services/organisations/apply-to-join.ts';
import { confirmFinding, enterFinding } from '../../src/services/spot-checks/findings.ts';
import { planDraw } from '../../src/services/spot-checks/plan-draw.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { requestVoid } from '../../src/services/spot-checks/void-draw.ts';
import { bytesOf, sheetCsv, sheetRow } from '../support/sheets.ts';
import { addPerson, airPurifier, contextAs, PASSWORD, sequence, testCreditCode } from '../support/builders.ts';
import { drawRequest, drawTestSample } from '../support/filled-register.ts';
import { bodyTargets } from './body-targets.ts';
import { declaringTargets } from './declaring-targets.ts';
import { forerunnerTargets } from './forerunner-targets.ts';
import { listTargets } from './list-targets.ts';
import type { Cast } from './matrix.ts';
import { objectionTargets } from './objection-targets.ts';
import { schemeTargets } from './scheme-targets.ts';
import { textTargets } from './text-targets.ts';

/** One thing that an operation may be aimed at, and what the policy needs to know of it. */
export interface Target {
  readonly name: string;
  readonly path: string;
  readonly body?: (serial: number) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly resource?: Resource;
  /** Only this organisation sees that it exists. */
  readonly seenBy?: string | null;
  readonly missing?: true;
}

const ownerOf = (actor: Actor): string => organisationOf(actor) ?? '';
const NONE = randomUUID();
const STALE = { 'if-match': '"99"' };

/** What each operation of the API is aimed at: something of the cast's, something of a stranger's, and nothing at all. */
export async function targetsOf(cast: Cast): Promise<Readonly<Record<string, readonly Target[]>>> {
  const { enterprise, regulator, coordinator } = cast;
  const draft = await createDraft(contextAs(cast, enterprise.admin), {});
  const key = await createApiKey(contextAs(cast, cast.otherEnterprise.admin), {
    name: 'target',
    role: 'drafter',
    days: 1,
  });
  const proposal = { categoryPrefix: 'C', validFrom: '2020-01-01', validTo: '2099-12-31' };
  const accreditation = { body: cast.otherBody.creditCode, ...proposal };
  const proposed = await proposeAccreditation(contextAs(cast, coordinator.admin), accreditation);
  const applied = testCreditCode(990, '3301');
  await applyToJoin(contextAs(cast), application(applied, 'applied.admin', PASSWORD));
  const own = { seenBy: ownerOf(enterprise.admin) };
  const stranger = { seenBy: ownerOf(cast.otherEnterprise.admin) };
  const strange = await createDraft(contextAs(cast, cast.otherEnterprise.admin), {});
  const drafts = [
    { name: 'own', path: `/declaration-drafts/${draft.id}`, ...own },
    { name: 'a stranger’s', path: `/declaration-drafts/${strange.id}`, ...stranger },
    { name: 'missing', path: `/declaration-drafts/${NONE}`, missing: true as const },
  ];
  return {
    'POST /sessions': [{ name: 'a body without a password', path: '/sessions', body: () => ({}) }],
    'POST /operator': [{ name: 'a body without a token', path: '/operator', body: () => ({}) }],
    'POST /organisations': [
      {
        name: 'a weak password',
        path: '/organisations',
        body: () => application(testCreditCode(991), 'weak.admin', 'weak'),
      },
    ],
    'POST /organisations/{creditCode}/decision': [applied, testCreditCode(992)].map((code, i) => ({
      name: i === 0 ? 'applied' : 'missing',
      path: `/organisations/${code}/decision`,
      body: () => ({ decision: 'refuse', reason: 'test' }),
      ...(i === 0 ? {} : { missing: true as const }),
    })),
    'GET /applications': [{ name: 'all', path: '/applications' }],
    'POST /members': [
      {
        name: 'a person with a weak password',
        path: '/members',
        body: (n) => ({ loginName: `new.${n}`, displayName: 'new', password: 'weak', role: 'drafter' }),
      },
    ],
    'GET /members': [{ name: 'the own', path: '/members' }],
    'POST /api-keys': [{ name: 'new', path: '/api-keys', body: () => ({ name: 'new', role: 'drafter', days: 1 }) }],
    'GET /api-keys': [{ name: 'the own', path: '/api-keys' }],
    'DELETE /api-keys/{id}': [
      { name: 'a stranger’s', path: `/api-keys/${key.id}`, ...stranger },
      { name: 'missing', path: `/api-keys/${NONE}`, missing: true },
    ],
    'POST /accreditations': [{ name: 'new', path: '/accreditations', body: () => accreditation }],
    'POST /accreditations/{id}/decision': [proposed.id, NONE].map((id, i) => ({
      name: i === 0 ? 'proposed' : 'missing',
      path: `/accreditations/${id}/decision`,
      body: () => ({ decision: 'refuse' }),
      ...(i === 0 ? {} : { missing: true as const }),
    })),
    'POST /declarations': [
      {
        name: 'new',
        path: '/declarations',
        body: (n) => airPurifier({ number: `Q/NEW ${n}-2026` }),
      },
    ],
    'POST /declaration-drafts': [{ name: 'new', path: '/declaration-drafts', body: () => ({ content: {} }) }],
    'GET /declaration-drafts': [{ name: 'the own', path: '/declaration-drafts' }],
    'GET /declaration-drafts/{id}': drafts,
    'PUT /declaration-drafts/{id}': drafts.map((one) => ({ ...one, body: () => ({ content: {} }), headers: STALE })),
    'DELETE /declaration-drafts/{id}': drafts.map((one) => ({ ...one, headers: STALE })),
    ...(await declaringTargets(cast)),
    ...(await textTargets(cast)),
    ...(await bodyTargets(cast)),
    'POST /catalogue-snapshots': [
      {
        name: 'one standard',
        path: '/catalogue-snapshots?kind=standards&extent=part&source=matrix',
        body: () => [{ number: 'GB/T 18801-2022', nameZh: '空气净化器', mandatory: false }],
      },
    ],
    ...(await importTargets(cast)),
    ...(await schemeTargets(cast)),
    ...(await objectionTargets(cast)),
    ...(await forerunnerTargets(cast)),
    ...(await listTargets(cast)),
    ...(await drawTargets(cast)),
    ...(await findingTargets(cast)),
    'GET /jobs': [{ name: 'all', path: '/jobs' }],
    'POST /jobs/{key}/retry': [{ name: 'missing', path: '/jobs/draw-sample.NONE/retry', missing: true }],
    'DELETE /sessions/current': [{ name: 'the own', path: '/sessions/current' }],
  };

  function application(creditCode: string, loginName: string, password: string) {
    const proof = { method: 'letter' as const, evidenceSha256: '0'.repeat(64), statement: '介绍信' };
    const admin = { loginName, displayName: '管理员', password };
    return { creditCode, name: regulator.name, kind: 'enterprise' as const, invented: true, proof, admin };
  }
}

async function importTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const send = async (of: Cast['enterprise']) => {
    const sent = { format: 'csv', fileName: 'a.csv', category: null, signer: null, capacity: null } as const;
    const file = bytesOf(sheetCsv([sheetRow('Q/TARGET 1-2026')]));
    return (await receiveFile(contextAs(cast, of.admin), sent, file, null)).id;
  };
  const own = await send(cast.enterprise);
  const strange = await send(cast.otherEnterprise);
  const at = (act: string): readonly Target[] => [
    { name: 'own', path: `/imports/${own}${act}`, seenBy: ownerOf(cast.enterprise.admin) },
    { name: 'a stranger’s', path: `/imports/${strange}${act}`, seenBy: ownerOf(cast.otherEnterprise.admin) },
    { name: 'missing', path: `/imports/imp-none${act}`, missing: true },
  ];
  const headers = { 'content-type': 'text/csv' };
  return {
    'POST /imports': [{ name: 'a file', path: '/imports', body: (n) => `a file ${n}`, headers }],
    'GET /imports': [{ name: 'the own', path: '/imports' }],
    'GET /imports/{id}': at(''),
    'GET /imports/{id}/faults': at('/faults'),
    'GET /imports/{id}/report.csv': at('/report.csv'),
    'GET /imports/{id}/receipts.csv': at('/receipts.csv'),
    'GET /imports/{id}/workbook': at('/workbook'),
    'POST /imports/{id}/decision': at('/decision').map((one) => ({ ...one, body: () => ({ rows: 1 }) })),
    'DELETE /imports/{id}': at(''),
  };
}

async function drawTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { regulator } = cast;
  const publisher = await addPerson(cast, regulator, 'publisher');
  for (const id of ['MATRIX-1', 'MATRIX-2', 'MATRIX-3'])
    await planDraw(contextAs(cast, regulator.admin), drawRequest(id, '测试抽查'));
  await requestVoid(contextAs(cast, publisher.actor), 'MATRIX-2', { reason: '测试用，申请作废' });
  await requestVoid(contextAs(cast, regulator.admin), 'MATRIX-3', { reason: '测试用，申请作废' });
  await sequence(cast);
  const resource = { ownerId: ownerOf(regulator.admin) };
  const at = (act: string, id: string, more: Partial<Target> = {}): Target => ({
    name: id,
    path: `/draws/${id}/${act}`,
    resource,
    ...more,
  });
  const none = (act: string, body: () => unknown): Target => at(act, 'NONE', { resource: {}, missing: true, body });
  const entropy = () => ({ entropy: 'dice 1' });
  const secrets = () => ({ secrets: {} });
  const reason = () => ({ reason: '测试用，申请作废' });
  const first = (actor: Actor) => ({
    resource: { ...resource, firstPersonId: actor.kind === 'member' ? actor.userId : '' },
  });
  return {
    'POST /draws': ['', '4401', '33'].map((regionPrefix) => ({
      name: `region ${regionPrefix}`,
      path: '/draws',
      body: (n) => {
        const request = drawRequest(`NEW-${regionPrefix}-${n}`, '测试抽查');
        return { ...request, sample: 2, frame: { ...request.frame, regionPrefix } };
      },
      resource: { region: regionPrefix },
    })),
    'POST /draws/{id}/seed': [at('seed', 'MATRIX-1', { body: entropy }), none('seed', entropy)],
    'POST /draws/{id}/secrets': [at('secrets', 'MATRIX-1', { body: secrets }), none('secrets', secrets)],
    'POST /draws/{id}/void-request': [at('void-request', 'MATRIX-1', { body: reason }), none('void-request', reason)],
    'POST /draws/{id}/void': [
      at('void', 'MATRIX-2', first(publisher.actor)),
      at('void', 'MATRIX-3', first(regulator.admin)),
      none('void', () => ({})),
    ],
  };
}

async function findingTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { regulator } = cast;
  const context = contextAs(cast, regulator.admin);
  const id = await drawTestSample(cast, regulator, 'MATRIX-DRAWN');
  const { objects } = await readDraw(cast.database, regulator.admin, id);
  const second = await addPerson(cast, regulator, 'publisher');
  const finding = (i: number) => ({
    object: objects[i]?.object ?? '',
    verdict: 'conforming' as const,
    codes: [],
    note: '',
  });
  const byAdmin = await enterFinding(context, id, finding(1));
  const confirmed = await enterFinding(context, id, finding(2));
  await confirmFinding(contextAs(cast, second.actor), confirmed.id);
  const resource = { ownerId: ownerOf(regulator.admin) };
  const firstPersonId = regulator.admin.kind === 'member' ? regulator.admin.userId : '';
  return {
    'POST /draws/{id}/findings': [
      { name: 'drawn', path: `/draws/${id}/findings`, body: () => finding(3), resource },
      { name: 'missing', path: '/draws/NONE/findings', body: () => finding(3), missing: true },
    ],
    'POST /findings/{id}/confirmation': [
      {
        name: 'entered by the admin',
        path: `/findings/${byAdmin.id}/confirmation`,
        resource: { ...resource, firstPersonId },
      },
      { name: 'missing', path: `/findings/${NONE}/confirmation`, missing: true },
    ],
    'POST /findings/{id}/publication': [
      { name: 'confirmed', path: `/findings/${confirmed.id}/publication`, resource },
      { name: 'missing', path: `/findings/${NONE}/publication`, missing: true },
    ],
  };
}
