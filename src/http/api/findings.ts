import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import { confirmFinding, enterFinding, NewFinding, publishFinding } from '../../services/spot-checks/findings.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { PROBLEMS } from './answers.ts';

const tags = ['spot checks'];
const DrawId = z.object({ id: z.string().max(64) });
const FindingId = z.object({ id: z.uuid() });
const Finding = z
  .object({ id: z.uuid(), object: z.string(), verdict: z.string(), state: z.string(), revision: z.int() })
  .meta({ id: 'Finding' });

/** Findings on drawn objects: entered, confirmed by a second person, published. */
export function findingRoutes(http: Http, database: Database): void {
  http.post(
    '/draws/:id/findings',
    {
      config: { action: 'finding.enter' },
      schema: {
        tags,
        summary: 'enter the finding on a drawn object',
        params: DrawId,
        body: NewFinding,
        response: { 201: Finding, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await enterFinding(contextOf(database, request, reply), request.params.id, request.body)),
  );
  http.post(
    '/findings/:id/confirmation',
    {
      config: { action: 'finding.confirm' },
      schema: {
        tags,
        summary: 'a second person confirms a finding',
        params: FindingId,
        response: { 200: Finding, ...PROBLEMS },
      },
    },
    (request, reply) => confirmFinding(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/findings/:id/publication',
    {
      config: { action: 'finding.publish' },
      schema: {
        tags,
        summary: 'publish a confirmed finding',
        params: FindingId,
        response: { 200: Finding, ...PROBLEMS },
      },
    },
    (request, reply) => publishFinding(contextOf(database, request, reply), request.params.id),
  );
}
