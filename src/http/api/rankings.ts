import { Readable } from 'node:stream';
import { z } from 'zod';
import {
  asPublic,
  listRankingLists,
  readEdition,
  readEditions,
  readObject,
  readRows,
} from '../../services/rankings/read-list.ts';
import { readKit } from '../../services/rankings/read-kit.ts';
import type { Database } from '../../services/context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { type KeptAnswer, KeptAnswers } from './kept-answers.ts';
import { hash, IMMUTABLE, instant, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['ranking lists'];
const ListId = z.object({
  list: z.string().max(30),
  edition: z.union([z.literal('latest'), z.coerce.number().int().min(1)]),
});

/** The editions of ranking lists. */
export function rankingRoutes(http: Http, database: Database): void {
  const kept = new KeptAnswers();
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
      const newest = number === 'latest' ? (await readEdition(database, list, number)).edition.edition : number;
      const key = `${list}/${newest}/${section}/${from}/${limit}`;
      const answer = kept.get(key) ?? kept.keep(key, await rowsPage(database, list, newest ?? number, request.query));
      reply.header('Cache-Control', number === 'latest' ? 'no-cache' : IMMUTABLE);
      if (isFresh(request, reply, answer.tag)) return reply;
      return reply.type('application/json; charset=utf-8').send(answer.bytes);
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
    '/ranking-lists/:list/:edition/kit',
    {
      schema: {
        tags,
        summary:
          'everything that an edition was made from, as JSON lines that `lingpao verify-list` recomputes it from',
        params: ListId,
        response: STORED,
      },
    },
    async (request, reply) => {
      const read = await readEdition(database, request.params.list, request.params.edition);
      if (isFresh(request, reply, `${read.edition.listSha256}.kit`)) return reply;
      const name = `${read.edition.schemeCode}-${read.edition.edition}-kit.jsonl`;
      return reply
        .type('application/x-ndjson')
        .header('Content-Disposition', `attachment; filename="${name}"`)
        .send(Readable.from(readKit(database, read)));
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
              z.object({ edition: z.int(), schemeVersion: z.int().nullable(), sha256: hash, publishedAt: instant }),
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

/** One page of an edition's rows as it is sent: it never changes. */
async function rowsPage(
  database: Database,
  list: string,
  number: number | 'latest',
  { section, from, limit }: { readonly section: 'entries' | 'excluded'; readonly from: number; readonly limit: number },
): Promise<KeptAnswer> {
  const read = await readEdition(database, list, number);
  const { edition, head } = read;
  const rows = await readRows(asPublic(database), read, section, from, limit);
  const total = section === 'entries' ? head.entries : head.excluded;
  const answer = {
    list,
    edition: edition.edition,
    sha256: edition.listSha256,
    run: edition.runId,
    publishedAt: edition.publishedAt?.toISOString(),
    head,
    section,
    rows,
    next: from + rows.length < total ? from + rows.length : null,
  };
  return { tag: `${edition.listSha256}.${section}.${from}.${limit}`, bytes: Buffer.from(JSON.stringify(answer)) };
}
