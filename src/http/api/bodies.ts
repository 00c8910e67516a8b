import { z } from 'zod';
import { ConflictStatement, INTEREST_KINDS } from '../../domain/bodies/conflict.ts';
import { BodyMeasure, EXAMINATION_OUTCOMES, MEASURE_KINDS } from '../../domain/bodies/measure.ts';
import { SCOPE_STATES } from '../../domain/bodies/scope.ts';
import { decideMeasure, MeasureDecision } from '../../services/bodies/decide-measure.ts';
import { listMeasures } from '../../services/bodies/list-measures.ts';
import { proposeMeasure } from '../../services/bodies/propose-measure.ts';
import { listBodies, readBody } from '../../services/bodies/read-body.ts';
import { stateConflicts } from '../../services/bodies/state-conflicts.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { ObjectionStatistics } from './objection-answers.ts';

const tags = ['organisations'];
const Code = z.object({ creditCode: z.string().max(18) });
const Proposed = z.object({ id: z.uuid(), state: z.string() });
const Scope = z.object({ categoryPrefix: z.string(), validFrom: z.string(), validTo: z.string() });
const Measure = z.object({
  id: z.uuid(),
  accreditation: z.uuid().nullable(),
  kind: z.enum(MEASURE_KINDS),
  outcome: z.enum(EXAMINATION_OUTCOMES).nullable(),
  reason: z.string(),
  correctBy: z.string().nullable(),
});
const Interests = z.array(z.object({ creditCode: z.string(), kind: z.enum(INTEREST_KINDS), note: z.string() }));
const BodyRecord = z.object({
  creditCode: z.string(),
  name: z.string(),
  invented: z.boolean(),
  scopes: z.array(
    Scope.extend({
      id: z.uuid(),
      decision: z.string(),
      decidedAt: instant.nullable(),
      state: z.enum(SCOPE_STATES).nullable(),
    }),
  ),
  measures: z.array(Measure.extend({ holdsFrom: z.string(), decidedAt: instant, sha256: hash })),
  objections: ObjectionStatistics,
  lists: z.array(z.object({ list: z.string(), edition: z.int(), sha256: hash, publishedAt: instant })),
  statements: z.array(
    Scope.extend({
      id: z.uuid(),
      persons: z.array(z.string()),
      interests: Interests,
      statedAt: instant,
      sha256: hash,
    }),
  ),
});
const Body = z.object({ creditCode: z.string(), name: z.string() });

/** Assessment bodies after their accreditation: their public record, measures on them, and what they state of their interests. */
export function bodyRoutes(http: Http, database: Database): void {
  http.get(
    '/bodies',
    {
      schema: {
        tags,
        summary: 'accredited assessment bodies and their scopes, with how each stands today',
        response: {
          200: z.object({ bodies: z.array(Scope.extend({ ...Body.shape, state: z.enum(SCOPE_STATES) })) }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({ bodies: await listBodies(database) }),
  );
  http.get(
    '/bodies/:creditCode',
    {
      schema: {
        tags,
        summary: 'the record of a body: scopes with their history, measures, lists, statements of interests',
        params: Code,
        response: { 200: BodyRecord, ...READ_PROBLEMS },
      },
    },
    (request) => readBody(database, request.params.creditCode),
  );
  http.get(
    '/body-measures',
    {
      config: { action: 'body-measure.list' },
      schema: {
        tags,
        summary: 'accreditations and measures, those that wait first; of the own body for a body',
        response: {
          200: z.object({
            accreditations: z.array(Scope.extend({ id: z.uuid(), body: Body, state: z.string(), proposedAt: instant })),
            measures: z.array(
              Measure.extend({
                body: Body,
                effectiveOn: z.string(),
                state: z.string(),
                proposedAt: instant,
                decidedAt: instant.nullable(),
              }),
            ),
          }),
          ...PROBLEMS,
        },
      },
    },
    (request, reply) => listMeasures(contextOf(database, request, reply)),
  );
  http.post(
    '/bodies/:creditCode/measures',
    {
      config: { action: 'body-measure.propose' },
      schema: {
        tags,
        summary: 'propose to suspend, reinstate or withdraw a body, or record an examination with its outcome',
        params: Code,
        body: BodyMeasure,
        response: { 201: Proposed, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await proposeMeasure(contextOf(database, request, reply), request.params.creditCode, request.body)),
  );
  http.post(
    '/body-measures/:id/decision',
    {
      config: { action: 'body-measure.decide' },
      schema: {
        tags,
        summary: 'approve or refuse a proposed measure; by another person than the one who proposed it',
        params: z.object({ id: z.uuid() }),
        body: MeasureDecision,
        response: { 200: Proposed, ...PROBLEMS },
      },
    },
    (request, reply) => decideMeasure(contextOf(database, request, reply), request.params.id, request.body),
  );
  http.post(
    '/conflict-statements',
    {
      config: { action: 'conflict.state' },
      schema: {
        tags,
        summary:
          'state the interests of people of the own body in enterprises of a category; public, for at most a year',
        body: ConflictStatement,
        response: { 201: z.object({ id: z.uuid(), sha256: hash }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await stateConflicts(contextOf(database, request, reply), request.body)),
  );
}
