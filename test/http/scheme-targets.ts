import { randomUUID } from 'node:crypto';
import { type Actor, organisationOf } from '../../src/domain/access/actor.ts';
import { createSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { XLSX_TYPE } from '../../src/http/api/import-reads.ts';
import { contextAs } from '../support/builders.ts';
import { tierScheme } from '../support/filled-register.ts';
import { bringSchemeIntoForce, proposeLongAgo } from '../support/schemes.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

const CATEGORY = 'C3464.air-purifier';
const STALE = { 'if-match': '"99"' };
const ownerOf = (actor: Actor): string => organisationOf(actor) ?? '';

/** Drafts, proposals and versions in force, of the body, of another, and none. */
export async function schemeTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { body, otherBody } = cast;
  const drafts: Target[] = [{ name: 'missing', path: `/schemes/drafts/${randomUUID()}`, missing: true }];
  for (const of of [body, otherBody]) {
    const { id } = await createSchemeDraft(contextAs(cast, of.admin), {});
    drafts.push({ name: of.name, path: `/schemes/drafts/${id}`, seenBy: ownerOf(of.admin) });
  }
  return {
    'POST /schemes/drafts': [{ name: 'new', path: '/schemes/drafts', body: () => ({ content: {} }) }],
    'GET /schemes/drafts': [{ name: 'the own', path: '/schemes/drafts' }],
    'GET /schemes/drafts/{id}': drafts,
    'PUT /schemes/drafts/{id}': drafts.map((one) => ({ ...one, body: () => ({ content: {} }), headers: STALE })),
    'DELETE /schemes/drafts/{id}': drafts.map((one) => ({ ...one, headers: STALE })),
    'GET /schemes/drafts/{id}/workbook': drafts.map((one) => ({ ...one, path: `${one.path}/workbook` })),
    'POST /schemes/drafts/from-workbook': [
      {
        name: 'no workbook',
        path: '/schemes/drafts/from-workbook',
        body: () => 'no workbook',
        headers: { 'content-type': XLSX_TYPE },
      },
    ],
    'POST /schemes': [
      { name: 'new', path: '/schemes', body: (n) => tierScheme(`M-NEW-${n}`), resource: { category: CATEGORY } },
      {
        name: 'of an odd category',
        path: '/schemes',
        body: () => ({ ...tierScheme(), category: 'G6020.express-service' }),
        resource: { category: 'G6020.express-service' },
      },
    ],
    'POST /schemes/{code}/{version}/entry-into-force': await proposals(cast, 'entry-into-force'),
    'POST /schemes/{code}/{version}/return': (await proposals(cast, 'return')).map(withReason),
    'POST /schemes/{code}/{version}/retirement': (await inForce(cast)).map(withReason),
  };
}

function withReason(target: Target): Target {
  return { ...target, body: () => ({ reason: '测试用，另有安排' }) };
}

async function proposals(cast: Cast, act: string): Promise<readonly Target[]> {
  const targets: Target[] = [
    { name: 'missing', path: `/schemes/NONE/1/${act}`, resource: { category: '' }, missing: true },
  ];
  for (const [i, body] of [cast.body, cast.otherBody].entries()) {
    const code = `M-${act.toUpperCase().slice(0, 5)}-${i}`;
    await proposeLongAgo(cast, body, tierScheme(code));
    const firstPersonId = body.admin.kind === 'member' ? body.admin.userId : '';
    const resource = { ownerId: ownerOf(body.admin), category: CATEGORY, firstPersonId };
    targets.push({ name: body.name, path: `/schemes/${code}/1/${act}`, resource });
  }
  return targets;
}

async function inForce(cast: Cast): Promise<readonly Target[]> {
  const targets: Target[] = [{ name: 'missing', path: '/schemes/NONE/1/retirement', missing: true }];
  for (const [i, body] of [cast.body, cast.otherBody].entries()) {
    const { code } = await bringSchemeIntoForce(cast, body, tierScheme(`M-RETIRE-${i}`));
    const resource = { ownerId: ownerOf(body.admin) };
    targets.push({ name: body.name, path: `/schemes/${code}/1/retirement`, resource });
  }
  return targets;
}
