import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import { createApiKey, listApiKeys, NewApiKey, revokeApiKey } from '../../services/organisations/api-keys.ts';
import { addMember, listMembers, NewMember } from '../../services/organisations/members.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { instant, PROBLEMS } from './answers.ts';

const tags = ['organisations'];
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

/** People and keys of the own organisation. */
export function memberRoutes(http: Http, database: Database): void {
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
}
