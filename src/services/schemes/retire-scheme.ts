import { z } from 'zod';
import { logTime } from '../../domain/log/leaf.ts';
import { addToLog } from '../../store/log.ts';
import { insertStage } from '../../store/scheme-stages.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { holdScheme, schemeNotFound, wrongState } from './scheme-state.ts';

export const StageReason = z
  .strictObject({ reason: z.string().trim().min(4).max(500) })
  .meta({ id: 'SchemeStageReason' });
export type StageReason = z.infer<typeof StageReason>;

export interface MovedScheme {
  readonly code: string;
  readonly version: number;
  readonly state: 'retired' | 'returned';
}

/** Ends a version in force, or one that would be, from today on; what was published by it stays. */
export async function retireScheme(
  context: ServiceContext,
  code: string,
  version: number,
  { reason }: StageReason,
): Promise<MovedScheme> {
  return transact(context, async (tx) => {
    const held = await holdScheme(tx, code, version);
    authorise(context, 'scheme.retire', held ? { ownerId: held.stored.bodyId } : {});
    const { organisation, userId } = actingOrganisation(context);
    if (!held) throw schemeNotFound(code, version);
    const { state, today } = held;
    if (state !== 'in-force' && state !== 'upcoming' && state !== 'expired')
      throw wrongState(state, ['in-force', 'upcoming', 'expired']);
    await insertStage(tx, { code, version, stage: 'retired', effectiveOn: today, reason, doneBy: userId });
    const entry = { id: code, rev: version, body: organisation.creditCode, reason, at: logTime(tx.now) };
    await addToLog(tx, { t: 'scheme.retired', ...entry });
    await audit(tx, context, 'scheme.retire', `${code}/${version}`, { reason });
    return { code, version, state: 'retired' };
  });
}
