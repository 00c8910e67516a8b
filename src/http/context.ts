import type { FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { fault, text } from '../domain/fault.ts';
import type { Database, ServiceContext } from '../services/context.ts';
import { Refusal } from '../services/refusal.ts';
import { isSecret } from './secret.ts';

/** Makes the context of an act from its request. A change needs an Idempotency-Key, so that a retry is harmless. */
export function contextOf(database: Database, request: FastifyRequest, reply: FastifyReply): ServiceContext {
  return {
    database,
    actor: request.actor,
    requestId: request.id,
    idempotency: idempotencyOf(request),
    onReplay: () => reply.header('Idempotency-Replayed', 'true'),
  };
}

/** For acts of pages, whose key travels in the form, and for reads. */
export function contextWithKey(database: Database, request: FastifyRequest, key: string | null): ServiceContext {
  const idempotency = key === null ? null : { key, fingerprint: fingerprint(request) };
  return { database, actor: request.actor, requestId: request.id, idempotency };
}

function idempotencyOf(request: FastifyRequest): ServiceContext['idempotency'] {
  if (request.method === 'GET' || request.method === 'HEAD' || request.routeOptions.config.unkeyed) return null;
  const key = request.headers['idempotency-key'];
  // PUT and DELETE name their target and carry If-Match: repeating them is harmless without a key.
  if (key === undefined && request.method !== 'POST') return null;
  if (typeof key === 'string' && /^[\x21-\x7e]{8,255}$/u.test(key)) return { key, fingerprint: fingerprint(request) };
  throw new Refusal('key-required', text('缺少 Idempotency-Key', 'the Idempotency-Key is missing'), [
    fault(
      '#header/Idempotency-Key',
      'idempotency-key.form',
      key,
      text(
        '8–255 个可打印 ASCII 字符，每个新请求一个新值',
        '8–255 printable ASCII characters, new for each new request',
      ),
      text('请加上该请求头，例如一个 UUID；重试时用同一个值', 'send it, e.g. a UUID, and the same one when you retry'),
    ),
  ]);
}

/** Names the request without its secrets: a fast hash of a password, kept for days, could be guessed from. */
function fingerprint(request: FastifyRequest): string {
  const body = JSON.stringify(request.body ?? null, (name, value: unknown) => (isSecret(name) ? null : value));
  return hash('sha256', `${request.method}\n${request.url}\n${body}`);
}
