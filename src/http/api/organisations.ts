import { z } from 'zod';
import { KIND_TEXT } from '../../domain/access/policy.ts';
import { logIn, LogIn, logOut } from '../../services/access/log-in.ts';
import {
  AccreditationDecision,
  AccreditationProposal,
  decideAccreditation,
  proposeAccreditation,
} from '../../services/organisations/accreditations.ts';
import { createApiKey, listApiKeys, NewApiKey, revokeApiKey } from '../../services/organisations/api-keys.ts';
import { Application, applyToJoin } from '../../services/organisations/apply-to-join.ts';
import { decideOrganisation, OrganisationDecision } from '../../services/organisations/decide-organisation.ts';
import { foundOperator, OperatorFounding } from '../../services/organisations/found-operator.ts';
import { addMember, listMembers, NewMember } from '../../services/organisations/members.ts';
import { listAccreditedBodies, readOrganisation } from '../../services/organisations/read-organisation.ts';
import type { Database } from '../../services/context.ts';
import { clearSessionCookie, type CookieSettings, setSessionCookie } from '../authentication.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['organisations'];
const Code = z.object({ creditCode: z.string().max(18) });
const Member = z.object({ userId: z.uuid(), loginName: z.string(), displayName: z.string(), role: z.string() });
const ApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  lastFour: z.string(),
  role: z.string(),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
});

/** People and organisations: joining, logging in, members, keys, accreditation. */
export function organisationRoutes(http: Http, database: Database, cookies: CookieSettings): void {
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
      config: { action: 'operator.found' },
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
  http.post(
    '/organisations',
    {
      config: { action: 'organisation.apply' },
      schema: {
        tags,
        summary: 'apply to join with a proof of control',
        body: Application,
        response: {
          202: z.object({
            creditCode: z.string(),
            state: z.string(),
            creditCodeRegular: z.boolean(),
            regionKnown: z.boolean(),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await applyToJoin(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/organisations/:creditCode',
    {
      schema: {
        tags,
        summary: 'a public organisation',
        params: Code,
        response: {
          200: z.object({
            creditCode: z.string(),
            creditCodeMark: z.string(),
            name: z.string(),
            kind: z.string(),
            invented: z.boolean(),
            accreditations: z.array(
              z.object({ categoryPrefix: z.string(), validFrom: z.string(), validTo: z.string() }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    (request) => readOrganisation(database, request.params.creditCode),
  );
  http.post(
    '/organisations/:creditCode/decision',
    {
      config: { action: 'organisation.decide' },
      schema: {
        tags,
        summary: 'confirm or refuse a proof of control',
        params: Code,
        body: OrganisationDecision,
        response: { 200: z.object({ creditCode: z.string(), state: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) =>
      decideOrganisation(contextOf(database, request, reply), request.params.creditCode, request.body),
  );
  http.get(
    '/bodies',
    {
      schema: {
        tags,
        summary: 'accredited assessment bodies and their scopes',
        response: {
          200: z.object({
            bodies: z.array(
              z.object({
                creditCode: z.string(),
                name: z.string(),
                categoryPrefix: z.string(),
                validFrom: z.string(),
                validTo: z.string(),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({ bodies: await listAccreditedBodies(database) }),
  );
  http.post(
    '/members',
    {
      config: { action: 'member.add' },
      schema: {
        tags,
        summary: 'add a person to the own organisation',
        body: NewMember,
        response: { 201: Member, ...PROBLEMS },
      },
    },
    async (request, reply) => reply.code(201).send(await addMember(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/members',
    {
      config: { action: 'member.list' },
      schema: {
        tags,
        summary: 'people of the own organisation',
        response: { 200: z.object({ members: z.array(Member) }), ...PROBLEMS },
      },
    },
    async (request, reply) => ({ members: [...(await listMembers(contextOf(database, request, reply)))] }),
  );
  http.post(
    '/api-keys',
    {
      config: { action: 'api-key.create' },
      schema: {
        tags,
        summary: 'make an API key; it is shown once',
        body: NewApiKey,
        response: {
          201: z.object({ id: z.uuid(), key: z.string().nullable(), lastFour: z.string(), expiresAt: instant }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createApiKey(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/api-keys',
    {
      config: { action: 'api-key.list' },
      schema: {
        tags,
        summary: 'keys of the own organisation',
        response: { 200: z.object({ keys: z.array(ApiKey) }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const keys = await listApiKeys(contextOf(database, request, reply));
      return {
        keys: keys.map((key) => ({
          ...key,
          createdAt: key.createdAt.toISOString(),
          expiresAt: key.expiresAt.toISOString(),
          revokedAt: key.revokedAt?.toISOString() ?? null,
        })),
      };
    },
  );
  http.delete(
    '/api-keys/:id',
    {
      config: { action: 'api-key.revoke' },
      schema: {
        tags,
        summary: 'revoke a key at once',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ id: z.uuid() }), ...PROBLEMS },
      },
    },
    (request, reply) => revokeApiKey(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/accreditations',
    {
      config: { action: 'accreditation.propose' },
      schema: {
        tags,
        summary: 'propose to accredit a body',
        body: AccreditationProposal,
        response: { 201: z.object({ id: z.uuid(), state: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await proposeAccreditation(contextOf(database, request, reply), request.body)),
  );
  http.post(
    '/accreditations/:id/decision',
    {
      config: { action: 'accreditation.decide' },
      schema: {
        tags,
        summary: 'approve or refuse a proposed accreditation',
        params: z.object({ id: z.uuid() }),
        body: AccreditationDecision,
        response: { 200: z.object({ id: z.uuid(), state: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => decideAccreditation(contextOf(database, request, reply), request.params.id, request.body),
  );
}
