import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import {
  AccreditationDecision,
  AccreditationProposal,
  decideAccreditation,
  proposeAccreditation,
} from '../../services/organisations/accreditations.ts';
import { Application, applyToJoin } from '../../services/organisations/apply-to-join.ts';
import { decideOrganisation, OrganisationDecision } from '../../services/organisations/decide-organisation.ts';
import { listApplications, readOrganisation } from '../../services/organisations/read-organisation.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['organisations'];
const Code = z.object({ creditCode: z.string().max(18) });
const Waiting = z.object({
  creditCode: z.string(),
  creditCodeMark: z.string(),
  name: z.string(),
  kind: z.string(),
  invented: z.boolean(),
  proof: z.object({ method: z.string(), evidenceSha256: hash, statement: z.string() }),
  appliedAt: instant,
});

/** Organisations that join with a proof of control, and the accreditation of bodies. */
export function organisationRoutes(http: Http, database: Database): void {
  http.post(
    '/organisations',
    {
      // Each application hashes a password: few a minute from one address are enough for people.
      config: { action: 'organisation.apply', rateLimit: { max: 20, timeWindow: '1 minute' } },
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
            state: z.string(),
            former: z.array(z.object({ creditCode: z.string(), name: z.string(), until: instant })),
            changes: z.array(z.object({ kind: z.string(), decidedAt: instant })),
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
    '/applications',
    {
      config: { action: 'organisation.list-applications' },
      schema: {
        tags,
        summary: 'organisations that wait for the operator, oldest first',
        response: { 200: z.object({ applications: z.array(Waiting) }), ...PROBLEMS },
      },
    },
    async (request, reply) => ({ applications: await listApplications(contextOf(database, request, reply)) }),
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
