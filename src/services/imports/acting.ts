import type { Actor } from '../../domain/access/actor.ts';
import { type Acting, type Database, publicRead } from '../../store/database.ts';
import type { StoredImport } from '../../store/imports.ts';
import { findOrganisation } from '../../store/organisations.ts';
import type { ServiceContext } from '../context.ts';

/** The transactions of the workers that go on with an import. */
export function workingFor(organisationId: string): Acting {
  return { organisationId, owner: 'worker' };
}

/**
 * The context of whoever sent a file, or decided on it: a worker goes on in their name. What they might do was asked of the
 * policy when they did it.
 */
export async function contextOf(
  database: Database,
  given: StoredImport,
  act: 'sent' | 'decided',
): Promise<ServiceContext> {
  const organisation = await publicRead(database, (db) => findOrganisation(db, given.organisationId));
  const [userId, keyId, mandateId, role] =
    act === 'sent'
      ? [given.sentBy, given.sentKey, given.sentMandate, given.sentRole]
      : [given.decidedBy, given.decidedKey, given.decidedMandate, given.decidedRole];
  if (organisation?.state !== 'active' || !userId || !role) throw new Error(`import ${given.id}: nobody to act for`);
  const { id, kind, creditCode, name, regionGrant } = organisation;
  const common = { userId, role, organisation: { id, kind, creditCode, name, regionGrant } };
  const actor: Actor = keyId
    ? { kind: 'key', keyId, ...common }
    : { kind: 'member', displayName: '', mandateId, ...common };
  return { database, actor, requestId: null, idempotency: null };
}

/** Who acts now, as the columns of an import keep it. */
export function actorColumns(actor: Actor) {
  if (actor.kind !== 'member' && actor.kind !== 'key') throw new Error('nobody acts');
  return {
    userId: actor.userId,
    keyId: actor.kind === 'key' ? actor.keyId : null,
    mandateId: actor.kind === 'member' ? actor.mandateId : null,
    role: actor.role,
  };
}
