import type { Resource } from '../../domain/access/policy.ts';
import { approvedScopes } from '../../store/accreditations.ts';
import type { Transaction } from '../../store/database.ts';
import type { ServiceContext } from '../context.ts';

/** What the policy's `accredited` condition looks at: the body's approved scopes, the category, and today. */
export async function accreditedFor(tx: Transaction, context: ServiceContext, category: string): Promise<Resource> {
  const { actor } = context;
  if (actor.kind !== 'member' && actor.kind !== 'key') return {};
  return {
    category,
    // Periods are calendar days in Beijing.
    today: new Date(tx.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
    accreditations: await approvedScopes(tx.db, actor.organisation.id),
  };
}
