import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import { decideMapping, MappingDecision } from '../../services/mappings/decide-mapping.ts';
import { readMappingQueue } from '../../services/mappings/read-mappings.ts';
import { MappingUndoing, undoMapping } from '../../services/mappings/undo-mapping.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['ranking lists'];
const SchemeId = z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1) });
const Queue = z.object({
  run: z.string().nullable(),
  names: z.array(
    z.object({
      name: z.string(),
      declarations: z.int(),
      lacking: z.int(),
      units: z.array(z.string()),
      example: z.object({ declaration: z.string(), raw: z.string() }),
      suggestions: z.array(z.object({ indicator: z.string(), as: z.string(), score: z.int() })),
    }),
  ),
  history: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      as: z.string().nullable(),
      reason: z.string(),
      declarations: z.int(),
      by: z.string(),
      at: instant,
      undoneAt: instant.nullable(),
      undoReason: z.string().nullable(),
    }),
  ),
});

/** How a body reads the names that declarations use (指标对齐). */
export function mappingRoutes(http: Http, database: Database): void {
  http.get(
    '/schemes/:code/:version/mappings',
    {
      config: { action: 'mapping.read' },
      schema: {
        tags,
        summary: 'declared names that the newest run could not place, with suggestions, and what was decided before',
        params: SchemeId,
        response: { 200: Queue, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { code, version } = request.params;
      const { run, names, history } = await readMappingQueue(contextOf(database, request, reply), code, version);
      return reply.send({
        run: run?.id ?? null,
        names: names.map((one) => ({ ...one, units: [...one.units], suggestions: [...one.suggestions] })),
        history: history.map(({ mapping, by }) => ({
          id: mapping.id,
          name: mapping.name,
          as: mapping.asName,
          reason: mapping.reason,
          declarations: mapping.declarations,
          by,
          at: mapping.mappedAt.toISOString(),
          undoneAt: mapping.undoneAt?.toISOString() ?? null,
          undoReason: mapping.undoReason,
        })),
      });
    },
  );
  http.post(
    '/mappings',
    {
      config: { action: 'mapping.decide' },
      schema: {
        tags,
        summary: 'read declared names as one that the scheme knows, or as none of its indicators',
        body: MappingDecision,
        response: {
          201: z.object({ mappings: z.array(z.object({ id: z.string(), name: z.string() })) }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { mappings } = await decideMapping(contextOf(database, request, reply), request.body);
      return reply.code(201).send({ mappings: [...mappings] });
    },
  );
  http.post(
    '/mappings/:id/undoing',
    {
      config: { action: 'mapping.undo' },
      schema: {
        tags,
        summary: 'take a reading of a name back',
        params: z.object({ id: z.uuid() }),
        body: MappingUndoing,
        response: { 200: z.object({ id: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.send(await undoMapping(contextOf(database, request, reply), request.params.id, request.body)),
  );
}
