import { Readable } from 'node:stream';
import { z } from 'zod';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { readInputs, readRun } from '../../services/comparisons/read-run.ts';
import { requestRun, RunRequest } from '../../services/comparisons/request-run.ts';
import { publishList } from '../../services/rankings/publish-list.ts';
import {
  listRankingLists,
  readEdition,
  readEditions,
  readObject,
  readRows,
} from '../../services/rankings/read-list.ts';
import { publishScheme } from '../../services/schemes/publish-scheme.ts';
import { listSchemes, readScheme } from '../../services/schemes/read-scheme.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { asIs, hash, instant, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['ranking lists'];
const SchemeId = z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1) });
const RunId = z.object({ id: z.string().max(90) });
const ListId = z.object({
  list: z.string().max(30),
  edition: z.union([z.literal('latest'), z.coerce.number().int().min(1)]),
});
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
const immutable = 'public, max-age=31536000, immutable';

/** Schemes, comparison runs, and the editions of ranking lists. */
export function rankingRoutes(http: Http, database: Database): void {
  http.post(
    '/schemes',
    {
      config: { action: 'scheme.publish' },
      schema: {
        tags,
        summary: 'publish the next version of an assessment scheme',
        body: Scheme,
        response: {
          201: z.object({ code: z.string(), version: z.int(), sha256: hash, overall: z.boolean() }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await publishScheme(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/schemes',
    {
      schema: {
        tags,
        summary: 'published schemes',
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
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({
      schemes: (await listSchemes(database)).map(({ code, version, category, documentSha256, body, publishedAt }) => ({
        code,
        version,
        category,
        sha256: documentSha256,
        body,
        publishedAt: publishedAt.toISOString(),
      })),
    }),
  );
  http.get(
    '/schemes/:code/:version',
    { schema: { tags, summary: 'the exact bytes of a scheme version', params: SchemeId, response: STORED } },
    async (request, reply) => {
      const scheme = await readScheme(database, request.params.code, request.params.version);
      if (isFresh(request, reply, scheme.documentSha256)) return reply;
      return reply.header('Cache-Control', immutable).type('application/json').serializer(asIs).send(scheme.document);
    },
  );
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
    async (request) => {
      const { id, schemeCode, schemeVersion, logSize, state, done, total, failure } = await readRun(
        database,
        request.params.id,
      );
      return { id, scheme: schemeCode, version: schemeVersion, logSize, state, done, total, failure };
    },
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
  listRoutes(http, database);
}

function listRoutes(http: Http, database: Database): void {
  http.get(
    '/ranking-lists',
    {
      schema: {
        tags,
        summary: 'the newest edition of every list',
        response: {
          200: z.object({
            lists: z.array(
              z.object({
                list: z.string(),
                edition: z.int(),
                category: z.string(),
                body: z.string(),
                entries: z.int(),
                overall: z.boolean(),
                sha256: hash,
                publishedAt: instant,
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({
      lists: (await listRankingLists(database)).map(({ schemeCode, edition, head, body, listSha256, publishedAt }) => ({
        list: schemeCode,
        edition: edition ?? 0,
        category: head.category,
        body,
        entries: head.entries,
        overall: head.overall,
        sha256: listSha256,
        publishedAt: publishedAt?.toISOString() ?? '',
      })),
    }),
  );
  http.get(
    '/ranking-lists/:list/:edition',
    {
      schema: {
        tags,
        summary: 'an edition: its head and one page of its rows, or of the rows that were left out',
        params: ListId,
        response: STORED,
        querystring: z.strictObject({
          section: z.enum(['entries', 'excluded']).default('entries'),
          from: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      },
    },
    async (request, reply) => {
      const { list, edition: number } = request.params;
      const { section, from, limit } = request.query;
      const { edition, head } = await readEdition(database, list, number);
      if (isFresh(request, reply, `${edition.listSha256}.${section}.${from}.${limit}`)) return reply;
      const rows =
        section === 'entries'
          ? await readRows(database, edition, 'entries', from, limit)
          : await readRows(database, edition, 'excluded', from, limit);
      const total = section === 'entries' ? head.entries : head.excluded;
      reply.header('Cache-Control', number === 'latest' ? 'no-cache' : immutable);
      return reply.send({
        list,
        edition: edition.edition,
        sha256: edition.listSha256,
        run: edition.runId,
        publishedAt: edition.publishedAt?.toISOString(),
        head,
        section,
        rows,
        next: from + rows.length < total ? from + rows.length : null,
      });
    },
  );
  http.get(
    '/ranking-lists/:list/:edition/file',
    {
      schema: {
        tags,
        summary: 'the whole edition as one object; its SHA-256 is the ETag and in the log',
        params: ListId,
        response: STORED,
      },
    },
    async (request, reply) => {
      const { edition } = await readEdition(database, request.params.list, request.params.edition);
      if (isFresh(request, reply, edition.listSha256)) return reply;
      return reply.type('application/json').send(Readable.from(readObject(database, edition)));
    },
  );
  http.get(
    '/ranking-lists/:list',
    {
      schema: {
        tags,
        summary: 'the editions of a list',
        params: z.object({ list: z.string().max(30) }),
        response: {
          200: z.object({
            editions: z.array(
              z.object({ edition: z.int(), schemeVersion: z.int(), sha256: hash, publishedAt: instant }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => ({
      editions: (await readEditions(database, request.params.list)).map(
        ({ edition, schemeVersion, listSha256, publishedAt }) => ({
          edition: edition ?? 0,
          schemeVersion,
          sha256: listSha256,
          publishedAt: publishedAt?.toISOString() ?? '',
        }),
      ),
    }),
  );
}
