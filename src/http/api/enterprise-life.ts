import { z } from 'zod';
import { EnterpriseChange } from '../../domain/enterprises/change.ts';
import type { Database } from '../../services/context.ts';
import {
  acceptEnterpriseChange,
  listEnterpriseChanges,
  requestEnterpriseChange,
} from '../../services/organisations/change-enterprise.ts';
import { changeMemberRole, MemberRoleChange, removeMember } from '../../services/organisations/change-members.ts';
import {
  decideEnterpriseChange,
  EnterpriseChangeDecision,
} from '../../services/organisations/decide-enterprise-change.ts';
import { grantMandate, listMandates, NewMandate, revokeMandate } from '../../services/organisations/mandates.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { instant, PROBLEMS } from './answers.ts';

const tags = ['organisations'];
const Id = z.object({ id: z.uuid() });
const UserId = z.object({ userId: z.uuid() });
const Identity = z.object({ creditCode: z.string(), name: z.string() });
const ChangeState = z.object({ id: z.uuid(), state: z.string() });

/** What happens to an enterprise over the years: its changes, its agents, and who of its people may do what. */
export function enterpriseLifeRoutes(http: Http, database: Database): void {
  http.post(
    '/enterprise-changes',
    {
      config: { action: 'enterprise-change.request' },
      schema: {
        tags,
        summary: 'ask for a rename, a new code, a merger, split, transfer or deregistration, with its evidence',
        body: EnterpriseChange,
        response: { 202: ChangeState, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await requestEnterpriseChange(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/enterprise-changes',
    {
      config: { action: 'enterprise-change.list' },
      schema: {
        tags,
        summary: 'changes of the own enterprise or handed to it; for the operator, those that wait',
        response: {
          200: z.object({
            changes: z.array(
              ChangeState.extend({
                enterprise: Identity,
                change: EnterpriseChange.shape.change,
                effectiveOn: z.string(),
                statement: z.string(),
                requestedAt: instant,
                decisionReason: z.string().nullable(),
              }),
            ),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => ({ changes: await listEnterpriseChanges(contextOf(database, request, reply)) }),
  );
  http.post(
    '/enterprise-changes/:id/acceptance',
    {
      config: { action: 'enterprise-change.accept' },
      schema: {
        tags,
        summary: 'agree to take the declarations over',
        params: Id,
        response: { 200: ChangeState, ...PROBLEMS },
      },
    },
    (request, reply) => acceptEnterpriseChange(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/enterprise-changes/:id/decision',
    {
      config: { action: 'enterprise-change.decide' },
      schema: {
        tags,
        summary: 'confirm or refuse a change; a confirmed one takes effect at once',
        params: Id,
        body: EnterpriseChangeDecision,
        response: { 200: ChangeState.extend({ handedOver: z.int() }), ...PROBLEMS },
      },
    },
    (request, reply) => decideEnterpriseChange(contextOf(database, request, reply), request.params.id, request.body),
  );
  http.post(
    '/mandates',
    {
      config: { action: 'mandate.grant' },
      schema: {
        tags,
        summary: 'let another enterprise draft or declare for the own one, for a time',
        body: NewMandate,
        response: { 201: z.object({ id: z.uuid(), agent: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await grantMandate(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/mandates',
    {
      config: { action: 'mandate.list' },
      schema: {
        tags,
        summary: 'mandates that the own enterprise gave or holds',
        response: {
          200: z.object({
            mandates: z.array(
              z.object({
                id: z.uuid(),
                scope: z.string(),
                validFrom: z.string(),
                validTo: z.string(),
                revokedAt: instant.nullable(),
                principal: Identity,
                agent: Identity,
              }),
            ),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => ({ mandates: await listMandates(contextOf(database, request, reply)) }),
  );
  http.delete(
    '/mandates/:id',
    {
      config: { action: 'mandate.revoke' },
      schema: { tags, summary: 'end a mandate at once', params: Id, response: { 200: Id, ...PROBLEMS } },
    },
    (request, reply) => revokeMandate(contextOf(database, request, reply), request.params.id),
  );
  http.put(
    '/members/:userId/role',
    {
      config: { action: 'member.change-role' },
      schema: {
        tags,
        summary: 'give a person of the own organisation another role',
        params: UserId,
        body: MemberRoleChange,
        response: { 200: UserId.extend({ role: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => changeMemberRole(contextOf(database, request, reply), request.params.userId, request.body),
  );
  http.delete(
    '/members/:userId',
    {
      config: { action: 'member.remove' },
      schema: {
        tags,
        summary: 'let a person of the own organisation go',
        params: UserId,
        response: { 200: UserId, ...PROBLEMS },
      },
    },
    (request, reply) => removeMember(contextOf(database, request, reply), request.params.userId),
  );
}
