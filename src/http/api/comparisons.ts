import { Readable } from 'node:stream';
import { z } from 'zod';
import { ReleaseChecklist } from '../../domain/rankings/release.ts';
import { listRuns, readInputs, readRun } from '../../services/comparisons/read-run.ts';
import { requestRun, requestTrial, RunRequest, TrialRequest } from '../../services/comparisons/request-run.ts';
import type { Database } from '../../services/context.ts';
import { readDraft } from '../../services/rankings/read-draft.ts';
import { prepareRelease } from '../../services/rankings/prepare-release.ts';
import { releaseList } from '../../services/rankings/release-list.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['ranking lists'];
const RunId = z.object({ id: z.string().max(90) });
const Run = z
  .object({
    id: z.string(),
    scheme: z.string(),
    /** Null of a trial of a draft. */
    version: z.int().nullable(),
    kind: z.enum(['regular', 'correction', 'trial']),
    logSize: z.int(),
    state: z.string(),
    phase: z.string().nullable(),
    done: z.int(),
    total: z.int(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'ComparisonRun' });
const Requested = Run.pick({ id: true, scheme: true, version: true, kind: true, logSize: true, state: true });

/** Comparisons of declarations by schemes, and the release of their results by two persons. */
export function comparisonRoutes(http: Http, database: Database): void {
  http.post(
    '/comparison-runs',
    {
      config: { action: 'comparison.request' },
      schema: {
        tags,
        summary: 'ask for a comparison on a frozen cut-off',
        body: RunRequest,
        response: { 202: Requested, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const run = await requestRun(contextOf(database, request, reply), request.body);
      return reply.code(202).header('Location', `/api/v1/comparison-runs/${run.id}`).send(run);
    },
  );
  http.post(
    '/comparison-runs/trials',
    {
      config: { action: 'comparison.request' },
      schema: {
        tags,
        summary: 'ask for a trial of a draft scheme; its result is seen by the body and never published',
        body: TrialRequest,
        response: { 202: Requested, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const run = await requestTrial(contextOf(database, request, reply), request.body);
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
        summary: 'the inputs of a run as JSON lines; its list has the SHA-256 of their SHA-256s, one a line',
        params: RunId,
        response: STORED,
      },
    },
    async (request, reply) => {
      const run = await readRun(database, request.params.id);
      return reply.type('application/x-ndjson').send(Readable.from(readInputs(database, run)));
    },
  );
  http.get(
    '/comparison-runs/:id/result',
    {
      config: { action: 'list.read-draft' },
      schema: {
        tags,
        summary:
          'the result of a finished run as its body sees it: its head, and the rows to recheck before its release',
        params: RunId,
        response: STORED,
      },
    },
    async (request, reply) => {
      const { read, sample, checklist } = await readDraft(contextOf(database, request, reply), request.params.id);
      const { head, report, edition } = read;
      return reply.send({ state: edition.state, sha256: edition.listSha256, head, report, sample, checklist });
    },
  );
  http.post(
    '/comparison-runs/:id/preparation',
    {
      config: { action: 'list.prepare' },
      schema: {
        tags,
        summary: 'the first of two persons checks the result of a finished run before its release',
        params: RunId,
        body: ReleaseChecklist,
        response: { 200: z.object({ run: z.string(), sample: z.array(z.string()) }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const prepared = await prepareRelease(contextOf(database, request, reply), request.params.id, request.body);
      return reply.send({ run: prepared.run, sample: [...prepared.sample] });
    },
  );
  http.post(
    '/comparison-runs/:id/publication',
    {
      config: { action: 'list.publish' },
      schema: {
        tags,
        summary: 'the second of two persons publishes a prepared result as the next edition of its list',
        params: RunId,
        response: { 201: z.object({ list: z.string(), edition: z.int(), sha256: hash }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await releaseList(contextOf(database, request, reply), request.params.id)),
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

function runAnswer({
  id,
  schemeCode,
  schemeVersion,
  kind,
  logSize,
  state,
  phase,
  done,
  total,
  failure,
}: Awaited<ReturnType<typeof readRun>>) {
  return { id, scheme: schemeCode, version: schemeVersion, kind, logSize, state, phase, done, total, failure };
}
