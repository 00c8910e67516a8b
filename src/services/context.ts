import { type Actor, actorName, organisationOf } from '../domain/access/actor.ts';
import { type Action, may, mayAtAll, type Resource, type Verdict } from '../domain/access/policy.ts';
import { text } from '../domain/fault.ts';
import type { Acting, Database } from '../store/database.ts';
import { Refusal } from './refusal.ts';

export type { Database };

/** What every act is given beside its input: the database, who asks, and the key that makes a repeat harmless. */
export interface ServiceContext {
  readonly database: Database;
  readonly actor: Actor;
  readonly requestId: string | null;
  /** Present on every HTTP request that changes something. `fingerprint` is the SHA-256 of method, path and body. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** Called when the answer is that of an earlier request with the same key. */
  readonly onReplay?: () => void;
}

export function actingAs(context: ServiceContext): Acting {
  const organisationId = organisationOf(context.actor);
  const owner = context.actor.kind === 'public' ? `public:${context.actor.address}` : (organisationId ?? '');
  return { organisationId, owner: `${owner}:${actorName(context.actor)}` };
}

/** Throws unless the policy table allows the act; the first line of every service. */
export function authorise(context: ServiceContext, action: Action, resource: Resource = {}): void {
  refuseUnless(may(context.actor, action, resource), context.actor);
}

/** Throws where the actor may never do such a thing, before the request's body is looked at. */
export function authoriseAtAll(actor: Actor, action: Action): void {
  refuseUnless(mayAtAll(actor, action), actor);
}

function refuseUnless(verdict: Verdict, actor: Actor): void {
  if (verdict.allowed) return;
  if (verdict.why === 'foreign') {
    // Another's thing is answered as one that does not exist.
    throw new Refusal('not-found', text('没有这个对象', 'there is no such thing'));
  }
  throw new Refusal(
    verdict.why,
    verdict.why === 'unauthenticated'
      ? text('请先登录', 'not logged in')
      : text(`无权办理：${verdict.reason.zh}`, `not allowed: ${verdict.reason.en}`),
    [
      {
        at: '',
        code: verdict.why,
        found: actorName(actor),
        expected: verdict.reason,
        remedy:
          verdict.why === 'unauthenticated'
            ? text(
                '请登录，或在 Authorization 头中给出接口密钥',
                'log in, or send an API key in the Authorization header',
              )
            : text('请由有权的人办理', 'ask someone who may'),
      },
    ],
  );
}

/** The acting organisation of a member or key; acts that need one call this after `authorise`. */
export function actingOrganisation(context: ServiceContext) {
  const { actor } = context;
  if (actor.kind !== 'member' && actor.kind !== 'key')
    throw new Refusal('unauthenticated', text('请先登录', 'not logged in'));
  return { organisation: actor.organisation, userId: actor.userId };
}
