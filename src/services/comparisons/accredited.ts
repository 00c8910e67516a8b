import type { Resource } from '../../domain/access/policy.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { Transaction } from '../../store/database.ts';
import { scopeHistories } from '../bodies/scopes.ts';
import type { ServiceContext } from '../context.ts';

/** What the policy's `accredited` condition looks at: the body's scopes with their history, the category, and today. */
export async function accreditedFor(tx: Transaction, context: ServiceContext, category: string): Promise<Resource> {
  const { actor } = context;
  if (actor.kind !== 'member' && actor.kind !== 'key') return {};
  return {
    category,
    today: dayInBeijing(tx.now),
    accreditations: await scopeHistories(tx.db, actor.organisation.id),
  };
}
