import { z } from 'zod';
import { text, fault } from '../../domain/fault.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { insertRun } from '../../store/comparison-runs.ts';
import { logSize } from '../../store/log.ts';
import { addToOutbox } from '../../store/outbox.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { accreditedFor } from './accredited.ts';
import { randomBytes } from 'node:crypto';

export const RunRequest = z
  .strictObject({
    scheme: z.string().max(30),
    version: z.int().min(1),
    /** Compare what the first N public entries hold; left out: all entries so far. */
    logSize: z.int().min(0).optional(),
  })
  .meta({ id: 'ComparisonRunRequest' });

export interface RequestedRun {
  readonly id: string;
  readonly scheme: string;
  readonly version: number;
  readonly logSize: number;
  readonly state: 'requested';
}

/** Asks for a comparison on a frozen cut-off; a worker does it, and its result is a draft until a person publishes it. */
export async function requestRun(context: ServiceContext, input: z.infer<typeof RunRequest>): Promise<RequestedRun> {
  return transact(context, async (tx) => {
    const scheme = await findSchemeVersion(tx.db, input.scheme, input.version);
    authorise(context, 'comparison.request', {
      ...(await accreditedFor(tx, context, scheme?.category ?? '')),
      ...(scheme ? { ownerId: scheme.bodyId } : {}),
    });
    const { organisation, userId } = actingOrganisation(context);
    if (!scheme) throw notFound(text('评估方案', 'scheme'), '/scheme', `${input.scheme}/${input.version}`);
    const size = await logSize(tx.db);
    if (input.logSize !== undefined && input.logSize > size) throw invalid([tooFar(input.logSize, size)]);
    const run = {
      id: `run-${randomBytes(9).toString('base64url').replace(/[-_]/gu, 'x')}`,
      bodyId: organisation.id,
      schemeCode: input.scheme,
      schemeVersion: input.version,
      logSize: input.logSize ?? size,
      requestedBy: userId,
    };
    await insertRun(tx, run);
    await addToOutbox(tx, { jobKey: jobKey('run-comparison', run.id), kind: 'run-comparison', data: { run: run.id } });
    await audit(tx, context, 'comparison.request', run.id, {
      scheme: input.scheme,
      version: input.version,
      logSize: run.logSize,
    });
    return { id: run.id, scheme: input.scheme, version: input.version, logSize: run.logSize, state: 'requested' };
  });
}

function tooFar(found: number, size: number) {
  return fault(
    '/logSize',
    'log-size.beyond',
    found,
    text(`不大于公开日志当前的条数 ${size}`, `at most ${size}, the present size of the public log`),
    text('请改小，或省略该字段', 'make it smaller, or leave it out'),
  );
}
