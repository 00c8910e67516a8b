import type { AuthorityOrder } from '../../domain/declarations/change.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { actingOrganisation, authoriseAtAll, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { acceptedOf, advance, type ChangeOf, currentOf } from './change-declaration.ts';
import { chineseDay } from './load-rules.ts';
import type { Receipt } from './version.ts';

/**
 * 责令废止 and 撤销编号: an authority of province level or above ends a standard of its division whose enterprise did not mend
 * it in time (标准化法 arts. 39, 42). Never called a withdrawal, which is the enterprise's own act; everything stays public.
 */
export async function endByOrder(context: ServiceContext, of: ChangeOf, order: AuthorityOrder): Promise<Receipt> {
  const action = 'declaration.end-by-order';
  authoriseAtAll(context.actor, action);
  const { organisation } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const before = await currentOf(tx, context, of, action);
    const { enterprise } = JSON.parse(before.document) as DeclarationDocument;
    const holder = { id: before.organisationId, creditCode: enterprise.code, name: enterprise.name };
    const { reason, number, article } = order;
    const act = { reason, on: chineseDay(tx.now), order: { authority: organisation.name, number, article } };
    return advance(tx, context, of, acceptedOf(before), order.event, act, holder);
  });
}
