import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault, text } from '../domain/fault.ts';
import { keyActor, sessionActor } from '../services/access/log-in.ts';
import { authoriseAtAll, type Database } from '../services/context.ts';
import { Refusal } from '../services/refusal.ts';
import type { Http } from './fastify.ts';

export interface CookieSettings {
  readonly secure: boolean;
}

/** The `__Host-` prefix binds a cookie to this host and to TLS; browsers refuse it without. */
export function cookieName({ secure }: CookieSettings): string {
  return secure ? '__Host-lingpao' : 'lingpao';
}

export function setSessionCookie(reply: FastifyReply, settings: CookieSettings, token: string): void {
  reply.setCookie(cookieName(settings), token, {
    path: '/',
    httpOnly: true,
    secure: settings.secure,
    sameSite: 'lax',
    maxAge: 12 * 3600,
  });
}

export function clearSessionCookie(reply: FastifyReply, settings: CookieSettings): void {
  reply.clearCookie(cookieName(settings), { path: '/' });
}

/** Says of each request who asks: an API key in the Authorization header, a session cookie, or the public. */
export function authenticate(http: Http, database: Database, settings: CookieSettings): void {
  http.decorateRequest('actor');
  http.decorateRequest('sessionToken', null);
  http.addHook('onRequest', async (request) => {
    request.actor = { kind: 'public', address: request.ip };
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const key = /^Bearer (\S+)$/u.exec(authorization)?.[1] ?? '';
      const actor = await keyActor(database, key);
      if (!actor) throw wrongKey(key);
      request.actor = actor;
      return;
    }
    const token = request.cookies[cookieName(settings)];
    if (!token) return;
    const actor = await sessionActor(database, token);
    if (!actor) return;
    refuseForeignOrigin(request);
    request.actor = actor;
    request.sessionToken = token;
  });
  http.addHook('onRequest', async (request) => {
    const { action } = request.routeOptions.config;
    if (action) authoriseAtAll(request.actor, action);
  });
}

/**
 * A change asked for with a cookie must come from our own pages: SameSite=Lax keeps other sites' posts away, and this
 * stops what is left (sibling subdomains, old browsers).
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const { origin } = request.headers;
  if (site === undefined && origin !== undefined && URL.parse(origin)?.host === request.host) return;
  throw new Refusal('forbidden', text('请求来自别的网站', 'the request comes from another site'), [
    fault(
      '#header/Origin',
      'origin.foreign',
      origin ?? site,
      text('本站页面发出的请求', 'a request from our own pages'),
      text('请在本站页面上操作，或改用接口密钥', 'use our pages, or an API key'),
    ),
  ]);
}

function wrongKey(key: string): Refusal {
  return new Refusal('unauthenticated', text('接口密钥无效', 'invalid API key'), [
    fault(
      '#header/Authorization',
      'api-key.invalid',
      // The key itself is a secret: its last four characters are enough to find it in a list.
      key === '' ? null : `…${key.slice(-4)}`,
      text('Bearer 和一个有效的接口密钥 lp_…', 'Bearer and a live API key lp_…'),
      text('请核对密钥是否完整、是否已停用或过期', 'check that it is complete, not revoked and not expired'),
    ),
  ]);
}
