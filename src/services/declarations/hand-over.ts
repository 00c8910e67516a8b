import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { EnterpriseChange } from '../../domain/enterprises/change.ts';
import type { Transaction } from '../../store/database.ts';
import { advanceDeclarations } from '../../store/declaration-versions.ts';
import { findDeclarations } from '../../store/declarations.ts';
import { listHeld, type StoredChange } from '../../store/enterprise-life.ts';
import { findOrganisation } from '../../store/organisations.ts';
import type { ServiceContext } from '../context.ts';
import { acceptedOf } from './change-declaration.ts';
import { makeVersion } from './version.ts';

/** Hands over the declarations that an accepted change names, or all; each gets a version that says so. Answers how many. */
export async function handOver(
  tx: Transaction,
  context: ServiceContext,
  stored: StoredChange,
  receiverId: string,
): Promise<number> {
  const receiver = await findOrganisation(tx.db, receiverId);
  if (!receiver) throw new Error(`change ${stored.id} names a receiver that is not there`);
  const { change, effectiveOn } = JSON.parse(stored.document) as EnterpriseChange;
  const ids = await listHeld(tx, stored.enterpriseId, stored.declarations);
  if (ids.length === 0) return 0;
  const versions = (await findDeclarations(tx.db, ids)).map((declaration) => {
    const { enterprise } = JSON.parse(declaration.document) as DeclarationDocument;
    const act = {
      reason: `${REASON[change.kind] ?? change.kind}：${enterprise.name} → ${receiver.name}`,
      on: effectiveOn,
    };
    const { version } = makeVersion(context, acceptedOf(declaration), {
      id: declaration.id,
      revision: declaration.revision + 1,
      event: 'handed-over',
      act,
      time: logTime(tx.now),
      holder: { id: receiver.id, creditCode: receiver.creditCode, name: receiver.name },
    });
    return { ...version, at: tx.now };
  });
  return (await advanceDeclarations(tx, versions)).size;
}

const REASON: Partial<Record<EnterpriseChange['change']['kind'], string>> = {
  merged: '合并',
  split: '分立',
  transferred: '移交',
};
