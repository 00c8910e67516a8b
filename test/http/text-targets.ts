import { randomUUID } from 'node:crypto';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { uploadTexts } from '../support/texts.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

/** Operations on the texts of standards. */
export async function textTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { enterprise, regulator } = cast;
  const { published, own, order } = await uploadTexts(cast, enterprise, regulator);
  const resource = { region: enterprise.creditCode.slice(2, 8) };
  const body = () => ({ reason: '侵权', article: '第三十五条' });
  const request = (name: string, sha256: string): Target => ({
    name,
    path: `/standard-texts/${sha256}/withholding-request`,
    body,
    resource,
  });
  const firstPersonId = regulator.admin.kind === 'member' ? regulator.admin.userId : '';
  return {
    'POST /standard-texts': [
      {
        name: 'no PDF',
        path: '/standard-texts',
        body: () => 'not a PDF',
        headers: { 'content-type': 'application/pdf' },
      },
    ],
    'POST /standard-texts/{sha256}/withholding-request': [
      request('published', published.sha256),
      { ...request('not published', own.sha256), missing: true, resource: { region: '440000' } },
    ],
    'POST /withholding-orders/{id}/confirmation': [
      {
        name: 'asked for by the admin',
        path: `/withholding-orders/${order}/confirmation`,
        resource: { ownerId: organisationOf(regulator.admin) ?? '', firstPersonId },
      },
      { name: 'missing', path: `/withholding-orders/${randomUUID()}/confirmation`, missing: true },
    ],
  };
}
