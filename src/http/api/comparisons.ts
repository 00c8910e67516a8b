import { Readable } from 'node:stream';
import { z } from 'zod';
import { listRuns, readInputs, readRun } from '../../services/comparisons/read-run.ts';
import { requestRun, RunRequest } from '../../services/comparisons/request-run.ts';
import type { Database } from '../../services/context.ts';
import { publishList } from '../../services/rankings/publish-list.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['ranking lists'];
const RunId = z.object({ id: z.string().max(90) });
const Run = z
  .object({
    id: z.string(),
    scheme: z.string(),
    version: z.int(),
    logSize: z.int(),
    state: z.string(),
    done: z.int(),
    total: z.int(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'ComparisonRun' });

/** Comparisons of declarations by the schemes, and the publication of their results. */
export function comparisonRoutes(http: Http, database: Database): void {
  http.post(
    '/comparison-runs',
    {
      config: { action: 'comparison.request' },
      schema: {
        tags,
        summary: 'ask for a comparison on a frozen cut-off',
        body: RunRequest,
        response: { 202: Run.pick({ id: true, scheme: true, version: true, logSize: true, state: true }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const run = await requestRun(contextOf(database, request, reply), request.body);
      return reply.code(202).header('Location', `/api/v1/comparison-runs/${run.id}`).send(run);
    },
  );
  http.get(
    '/comparison-runs/:id',
    { schema: { tags, summary: 'how far a run is', params: RunId, response: { 200: Run, ...READ_PROBLEMS } } },
    async (request) => runAnswer(await readRun(database, request.params.id)),
  );
  http.get(
    '/comparison-runs/:id/inputs',
    {
      schema: {
        tags,
        summary: 'the inputs of a run as JSON lines; their SHA-256 stands on its list',
        params: RunId,
        response: STORED,
      },
    },
    async (request, reply) => {
      const run = await readRun(database, request.params.id);
      return reply.type('application/x-ndjson').send(Readable.from(readInputs(database, run)));
    },
  );
  http.post(
    '/comparison-runs/:id/publication',
    {
      config: { action: 'list.publish' },
      schema: {
        tags,
        summary: 'publish the result of a finished run as the next edition of its list',
        params: RunId,
        response: { 201: z.object({ list: z.string(), edition: z.int(), sha256: hash }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await publishList(contextOf(database, request, reply), request.params.id)),
  );
  http.get(
    '/comparison-runs',
    {
      schema: {
        tags,
        summary: 'the runs of a body, newest first',
        querystring: z.strictObject({ body: z.string().max(18) }),
        response: { 200: z.object({ runs: z.array(Run) }), ...READ_PROBLEMS },
      },
    },
    async (request) => ({ runs: (await listRuns(database, request.query.body)).map(runAnswer) }),
  );
}

function runAnswer(run: Awaited<ReturnType<typeof readRun>>) {
  const { id, schemeCode, schemeVersion, logSize, state, done, total, failure } = run;
  return { id, scheme: schemeCode, version: schemeVersion, logSize, state, done, total, failure };
}
