import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { createApp } from '../../src/http/app.ts';
import type { Http } from '../../src/http/fastify.ts';
import { logIn } from '../../src/services/access/log-in.ts';
import type { Database } from '../../src/services/context.ts';
import { PASSWORD } from './builders.ts';

/** How someone comes to the API. */
export type Credential = { readonly cookie: string } | { readonly key: string } | null;

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly as?: Credential;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string;
  /** Over what is sent anyway; an empty text leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type ApiAnswer = Awaited<ReturnType<Http['inject']>>;

/** The HTTP floor over a database; requests are injected. */
export async function openApi(
  database: Database,
  limits: { readonly perMinute: number } = { perMinute: 1e6 },
): Promise<Http> {
  const http = await createApp({
    database,
    logger: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    registerKind: 'test',
    publicUrl: 'http://localhost',
    cookieSecure: false,
    trustProxy: [],
    limits: { ...limits, redis: null, exemptLoopback: false },
    site: { operatorName: null, icp: null, contact: null },
    isReady: async () => true,
  });
  await http.ready();
  return http;
}

/** Sends one request as a careful client does: same origin, JSON, a new idempotency key for each POST. */
export async function sendTo(http: Http, request: ApiRequest): Promise<ApiAnswer> {
  const { method, path, as = null, body, raw } = request;
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const headers: Record<string, string> = {
    ...(as && 'cookie' in as ? { cookie: as.cookie, 'sec-fetch-site': 'same-origin' } : {}),
    ...(as && 'key' in as ? { authorization: `Bearer ${as.key}` } : {}),
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    ...request.headers,
  };
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
  const options: InjectOptions = { method, url: `/api/v1${path}`, headers: sent };
  return http.inject(payload === undefined ? options : { ...options, payload });
}

/** The session cookie of a person that the builders made. */
export async function cookieOf(database: Database, loginName: string): Promise<Credential> {
  const { token } = await logIn(database, '127.0.0.1', { loginName, password: PASSWORD });
  return { cookie: `lingpao=${token}` };
}
