import { actorName, organisationOf } from '../domain/access/actor.ts';
import type { Action } from '../domain/access/policy.ts';
import { recordAudit } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { ServiceContext } from './context.ts';

/** Acts that no policy row covers because only a worker does them. */
type WorkerAction =
  | 'comparison.finish'
  | 'comparison.fail'
  | 'draw.sample'
  | 'import.check'
  | 'import.refuse'
  | 'import.finish'
  | 'import.fail';

export async function audit(
  tx: Transaction,
  context: ServiceContext,
  action: Action | WorkerAction,
  subject: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordAudit(tx, {
    organisationId: organisationOf(context.actor),
    actor: actorName(context.actor),
    action,
    subject,
    detail,
    requestId: context.requestId,
  });
}
