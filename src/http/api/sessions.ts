import { z } from 'zod';
import { KIND_TEXT } from '../../domain/access/policy.ts';
import { logIn, LogIn, logOut } from '../../services/access/log-in.ts';
import type { Database } from '../../services/context.ts';
import { foundOperator, OperatorFounding } from '../../services/organisations/found-operator.ts';
import { clearSessionCookie, type CookieSettings, setSessionCookie } from '../authentication.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['organisations'];

/** Who one is: logging in and out, and the first operator. */
export function sessionRoutes(http: Http, database: Database, cookies: CookieSettings): void {
  http.post(
    '/sessions',
    {
      config: { action: 'session.open', unkeyed: true, rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'log in',
        body: LogIn,
        response: {
          201: z.object({
            displayName: z.string(),
            organisation: z.object({ creditCode: z.string(), name: z.string() }),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { token, ...session } = await logIn(database, request.ip, request.body);
      setSessionCookie(reply, cookies, token);
      return reply.code(201).send(session);
    },
  );
  http.delete(
    '/sessions/current',
    {
      config: { action: 'session.close', unkeyed: true },
      schema: { tags, summary: 'log out', response: { 204: z.null(), ...PROBLEMS } },
    },
    async (request, reply) => {
      if (request.sessionToken) await logOut(database, request.sessionToken);
      clearSessionCookie(reply, cookies);
      return reply.code(204).send(null);
    },
  );
  http.get(
    '/me',
    {
      schema: {
        tags,
        summary: 'who am I',
        response: {
          200: z.object({
            kind: z.string(),
            role: z.string().nullable(),
            organisation: z
              .object({ creditCode: z.string(), name: z.string(), kind: z.string(), kindZh: z.string() })
              .nullable(),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async ({ actor }) => {
      if (actor.kind !== 'member' && actor.kind !== 'key') return { kind: actor.kind, role: null, organisation: null };
      const { creditCode, name, kind } = actor.organisation;
      return {
        kind: actor.kind,
        role: actor.role,
        organisation: { creditCode, name, kind, kindZh: KIND_TEXT[kind].zh },
      };
    },
  );
  http.post(
    '/operator',
    {
      config: { action: 'operator.found', rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'found the first operator with the one-time token',
        body: OperatorFounding,
        response: { 201: z.object({ creditCode: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await foundOperator(contextOf(database, request, reply), request.body)),
  );
}
