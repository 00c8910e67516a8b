import { randomUUID } from 'node:crypto';
import { type Actor, organisationOf } from '../../src/domain/access/actor.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { decideMapping } from '../../src/services/mappings/decide-mapping.ts';
import { prepareRelease } from '../../src/services/rankings/prepare-release.ts';
import { createSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { contextAs, sequence, type TestOrganisation } from '../support/builders.ts';
import { tierScheme } from '../support/filled-register.ts';
import { checklistFor, releasersOf } from '../support/release.ts';
import { bringSchemeIntoForce } from '../support/schemes.ts';
import { type Cast, endAccreditations } from './matrix.ts';
import type { Target } from './targets.ts';

const CATEGORY = 'C3464.air-purifier';
const ownerOf = (actor: Actor): string => organisationOf(actor) ?? '';

/** Runs, their results and mappings of every body, those whose accreditation ended among them. */
export async function listTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const none = '/comparison-runs/run-none';
  const missing = (path: string): Target => ({ name: 'missing', path, missing: true });
  const targets: Record<string, Target[]> = {
    'POST /comparison-runs': [{ ...missing('/comparison-runs'), body: () => ({ scheme: 'NONE', version: 1 }) }],
    'POST /comparison-runs/trials': [
      { ...missing('/comparison-runs/trials'), body: () => ({ draft: randomUUID() }), resource: { category: '' } },
    ],
    'GET /comparison-runs/{id}/result': [missing(`${none}/result`)],
    'POST /comparison-runs/{id}/preparation': [{ ...missing(`${none}/preparation`), body: () => CHECKLIST }],
    'POST /comparison-runs/{id}/publication': [missing(`${none}/publication`)],
    'GET /schemes/{code}/{version}/mappings': [missing('/schemes/NONE/1/mappings')],
    'POST /mappings': [{ ...missing('/mappings'), body: (n) => mapping('NONE', n) }],
    'POST /mappings/{id}/undoing': [{ ...missing(`/mappings/${randomUUID()}/undoing`), body: () => UNDOING }],
  };
  const add = (operation: string, target: Target) => void targets[operation]?.push(target);
  for (const [i, body] of [cast.body, cast.otherBody, cast.expiredBody, cast.suspendedBody].entries()) {
    const context = contextAs(cast, body.admin);
    const { code } = await bringSchemeIntoForce(cast, body, tierScheme(`M-MATRIX-${i}`));
    await sequence(cast);
    const [open, prepared] = [await finishedRun(cast, body, code), await finishedRun(cast, body, code)];
    const { first } = await releasersOf(cast, body);
    await prepareRelease(contextAs(cast, first), prepared, await checklistFor(cast, prepared));
    const resource = { ownerId: ownerOf(body.admin), category: CATEGORY };
    const firstPersonId = first.kind === 'member' ? first.userId : '';
    const to = (path: string, more: Partial<Target> = {}): Target => ({ name: body.name, path, resource, ...more });
    add('POST /comparison-runs', to('/comparison-runs', { body: () => ({ scheme: code, version: 1 }) }));
    add('GET /comparison-runs/{id}/result', to(`/comparison-runs/${open}/result`));
    const checklist = await checklistFor(cast, open);
    add(
      'POST /comparison-runs/{id}/preparation',
      to(`/comparison-runs/${open}/preparation`, { body: () => checklist }),
    );
    add(
      'POST /comparison-runs/{id}/publication',
      to(`/comparison-runs/${prepared}/publication`, { resource: { ...resource, firstPersonId } }),
    );
    add('GET /schemes/{code}/{version}/mappings', to(`/schemes/${code}/1/mappings`));
    add('POST /mappings', to('/mappings', { body: (n) => mapping(code, n) }));
    const { mappings } = await decideMapping(context, mapping(code, 1000 + i));
    add('POST /mappings/{id}/undoing', {
      ...to(`/mappings/${mappings[0]?.id}/undoing`, { body: () => UNDOING }),
      seenBy: ownerOf(body.admin),
    });
    const draft = await createSchemeDraft(context, tierScheme(`M-TRIAL-${i}`));
    add('POST /comparison-runs/trials', {
      ...to('/comparison-runs/trials', { body: () => ({ draft: draft.id }) }),
      seenBy: ownerOf(body.admin),
    });
  }
  await endAccreditations(cast);
  return targets;
}

const CHECKLIST = { cutOffChecked: true, objectionsChecked: true, sample: [] };
const UNDOING = { reason: '测试用，撤销' };

function mapping(scheme: string, n: number) {
  return { scheme, version: 1, names: [{ name: `某指标 ${n}`, declarations: 1 }], as: null, reason: '与方案指标无关' };
}

async function finishedRun(cast: Cast, body: TestOrganisation, scheme: string): Promise<string> {
  const { id } = await requestRun(contextAs(cast, body.admin), { scheme, version: 1 });
  await runComparison(cast.database, id);
  return id;
}
