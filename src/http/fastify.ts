import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Actor } from '../domain/access/actor.ts';
import type { Action } from '../domain/access/policy.ts';

/** The Fastify instance of this house: handlers are typed by the zod schemas of their routes. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before any handler. */
    actor: Actor;
    /** The secret of the session cookie, if that is how the actor came. */
    sessionToken: string | null;
  }
  interface FastifyContextConfig {
    /** The row of the policy table that the act behind this route is decided by. */
    action?: Action;
    /** A change that needs no Idempotency-Key: logging in or out. */
    unkeyed?: boolean;
  }
}
