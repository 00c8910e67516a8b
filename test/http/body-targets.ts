import { randomUUID } from 'node:crypto';
import { proposeMeasure } from '../../src/services/bodies/propose-measure.ts';
import { contextAs } from '../support/builders.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

/** Operations on assessment bodies. */
export async function bodyTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { body, coordinator } = cast;
  const measure = { kind: 'suspension' as const, reason: '测试', effectiveOn: '2026-01-01' };
  const proposed = await proposeMeasure(contextAs(cast, coordinator.admin), body.creditCode, measure);
  const decision = () => ({ decision: 'refuse' });
  return {
    'GET /body-measures': [{ name: 'all', path: '/body-measures' }],
    'POST /bodies/{creditCode}/measures': [
      { name: 'a body', path: `/bodies/${body.creditCode}/measures`, body: () => measure },
      { name: 'no body', path: `/bodies/${cast.enterprise.creditCode}/measures`, body: () => measure, missing: true },
    ],
    'POST /body-measures/{id}/decision': [
      { name: 'proposed', path: `/body-measures/${proposed.id}/decision`, body: decision },
      { name: 'missing', path: `/body-measures/${randomUUID()}/decision`, body: decision, missing: true },
    ],
    'POST /calendar/{year}': [
      {
        name: 'a day of another year',
        path: '/calendar/2027',
        body: () => ({ source: '测试', holidays: ['2026-01-01'], workdays: [] }),
      },
    ],
    'POST /conflict-statements': [
      {
        name: 'for a stranger',
        path: '/conflict-statements',
        body: () => ({
          categoryPrefix: 'C',
          validFrom: '2026-01-01',
          validTo: '2026-12-31',
          persons: ['x'],
          interests: [],
        }),
      },
    ],
  };
}
