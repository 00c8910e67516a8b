import { z } from 'zod';
import { SCHEME_STAGES, SCHEME_STATES } from '../../domain/schemes/life.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import type { Database } from '../../services/context.ts';
import { bringIntoForce } from '../../services/schemes/bring-into-force.ts';
import { openObjectionPeriod } from '../../services/schemes/propose-scheme.ts';
import { listSchemes, type PublicStage, readScheme, readSchemeLife } from '../../services/schemes/read-scheme.ts';
import { retireScheme, StageReason } from '../../services/schemes/retire-scheme.ts';
import { returnToDraft } from '../../services/schemes/return-to-draft.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { asIs, hash, IMMUTABLE, instant, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['schemes'];
const SchemeId = z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1).max(9999) });
const day = z.iso.date();
const state = z.enum(SCHEME_STATES);
const Stage = z
  .object({
    stage: z.enum(SCHEME_STAGES),
    effectiveOn: day,
    objectionsUntil: day.nullable(),
    reason: z.string().nullable(),
    doneAt: instant,
  })
  .meta({ id: 'SchemeStage' });
const Moved = z.object({ code: z.string(), version: z.int(), state: z.enum(['retired', 'returned']) });

/** Schemes from their objection period on: proposing, bringing into force, retiring, returning, reading. */
export function schemeRoutes(http: Http, database: Database): void {
  http.post(
    '/schemes',
    {
      config: { action: 'scheme.propose' },
      schema: {
        tags,
        summary: 'open the objection period of the next version of a scheme',
        body: Scheme,
        response: {
          201: z.object({
            code: z.string(),
            version: z.int(),
            sha256: hash,
            objectionsUntil: day,
            overall: z.boolean(),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await openObjectionPeriod(contextOf(database, request, reply), request.body)),
  );
  http.post(
    '/schemes/:code/:version/entry-into-force',
    {
      config: { action: 'scheme.bring-into-force' },
      schema: {
        tags,
        summary: 'bring a version into force after its objection period, by another person than who proposed it',
        params: SchemeId,
        response: {
          200: z.object({ code: z.string(), version: z.int(), sha256: hash, inForceFrom: day }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { code, version } = request.params;
      return bringIntoForce(contextOf(database, request, reply), code, version);
    },
  );
  http.post(
    '/schemes/:code/:version/retirement',
    {
      config: { action: 'scheme.retire' },
      schema: {
        tags,
        summary: 'retire a version in force, with a reason',
        params: SchemeId,
        body: StageReason,
        response: { 200: Moved, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { code, version } = request.params;
      return retireScheme(contextOf(database, request, reply), code, version, request.body);
    },
  );
  http.post(
    '/schemes/:code/:version/return',
    {
      config: { action: 'scheme.return' },
      schema: {
        tags,
        summary: 'take a proposed version back to a draft, with a reason; its number is used up',
        params: SchemeId,
        body: StageReason,
        response: { 200: Moved.extend({ draft: z.uuid() }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { code, version } = request.params;
      return returnToDraft(contextOf(database, request, reply), code, version, request.body);
    },
  );
  http.get(
    '/schemes',
    {
      schema: {
        tags,
        summary: 'schemes, proposed, in force and ended, with what each is today',
        response: {
          200: z.object({
            schemes: z.array(
              z.object({
                code: z.string(),
                version: z.int(),
                category: z.string(),
                sha256: hash,
                body: z.string(),
                publishedAt: instant,
                state,
                stages: z.array(Stage),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({
      schemes: (await listSchemes(database)).map((one) => ({
        code: one.code,
        version: one.version,
        category: one.category,
        sha256: one.documentSha256,
        body: one.body,
        publishedAt: one.publishedAt.toISOString(),
        state: one.state,
        stages: one.stages.map(stageAnswer),
      })),
    }),
  );
  http.get(
    '/schemes/:code/:version',
    { schema: { tags, summary: 'the exact bytes of a scheme version', params: SchemeId, response: STORED } },
    async (request, reply) => {
      const scheme = await readScheme(database, request.params.code, request.params.version);
      if (isFresh(request, reply, scheme.documentSha256)) return reply;
      return reply.header('Cache-Control', IMMUTABLE).type('application/json').serializer(asIs).send(scheme.document);
    },
  );
  http.get(
    '/schemes/:code/:version/stages',
    {
      schema: {
        tags,
        summary: 'what a version is today, and the stages that it went through',
        params: SchemeId,
        response: { 200: z.object({ state, today: day, stages: z.array(Stage) }), ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const stored = await readScheme(database, request.params.code, request.params.version);
      const life = await readSchemeLife(database, stored);
      return { ...life, stages: life.stages.map(stageAnswer) };
    },
  );
}

function stageAnswer({ doneAt, ...stage }: PublicStage) {
  return { ...stage, doneAt: doneAt.toISOString() };
}
