import { z } from 'zod';
import { DeclarationContent } from '../../domain/declarations/content.ts';
import { previewStanding } from '../../services/comparisons/preview-standing.ts';
import type { Database } from '../../services/context.ts';
import { readDifference } from '../../services/rankings/read-difference.ts';
import { asPublic, readChanges, readEdition } from '../../services/rankings/read-list.ts';
import { readProvenance } from '../../services/rankings/read-provenance.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { IMMUTABLE, PROBLEMS, STORED } from './answers.ts';

const tags = ['ranking lists'];
const edition = z.coerce.number().int().min(1);
const ListId = z.object({ list: z.string().max(30), edition });

/** How rows of lists came to be, what changed from edition to edition, and where a declaration would stand. */
export function listReadRoutes(http: Http, database: Database): void {
  http.get(
    '/ranking-lists/:list/:edition/entries/:declaration',
    {
      schema: {
        tags,
        summary: 'how a row came to be: declared text, fact, conversion, threshold, level, grade, each with its rule',
        params: ListId.extend({ declaration: z.string().max(128) }),
        response: STORED,
      },
    },
    async (request, reply) => {
      const { list, edition: number, declaration } = request.params;
      const read = await readEdition(database, list, number);
      if (isFresh(request, reply, `${read.edition.listSha256}.${declaration}`)) return reply;
      const { entry, document, explanation, next, change } = await readProvenance(database, read, declaration);
      reply.header('Cache-Control', IMMUTABLE);
      return reply.send({ list, edition: number, entry, explanation, next, change, document });
    },
  );
  http.get(
    '/ranking-lists/:list/:edition/changes',
    {
      schema: {
        tags,
        summary: 'rows that entered, moved or left since the edition before, with their causes; or all that have left',
        params: ListId,
        response: STORED,
        querystring: z.strictObject({
          section: z.enum(['changes', 'left']).default('changes'),
          from: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      },
    },
    async (request, reply) => {
      const { section, from, limit } = request.query;
      const read = await readEdition(database, request.params.list, request.params.edition);
      if (isFresh(request, reply, `${read.edition.listSha256}.${section}.${from}.${limit}`)) return reply;
      const reading = asPublic(database);
      const rows =
        section === 'changes'
          ? await readChanges(reading, read, 'changes', from, limit)
          : await readChanges(reading, read, 'left', from, limit);
      reply.header('Cache-Control', IMMUTABLE);
      return reply.send({ counts: read.head.changes, rows, next: rows.length === limit ? from + limit : null });
    },
  );
  http.get(
    '/ranking-lists/:list/:edition/difference/:other',
    {
      schema: {
        tags,
        summary: 'what differs between two editions of a list',
        params: ListId.extend({ other: edition }),
        response: STORED,
      },
    },
    async (request, reply) => {
      const { list, edition: number, other } = request.params;
      const later = await readEdition(database, list, number);
      const earlier = await readEdition(database, list, other);
      if (isFresh(request, reply, `${earlier.edition.listSha256}.${later.edition.listSha256}`)) return reply;
      reply.header('Cache-Control', IMMUTABLE);
      return reply.send({ rows: await readDifference(asPublic(database), earlier, later) });
    },
  );
  http.post(
    '/declarations/standing',
    {
      config: { action: 'declaration.check' },
      schema: {
        tags,
        summary:
          'where a declaration would stand by the schemes in force, and what would bring the next grade; stores nothing',
        body: DeclarationContent,
        response: { ...STORED, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const standings = await previewStanding(contextOf(database, request, reply), request.body);
      return reply.send({
        standings: standings.map(({ scheme: { code, version, title }, ...rest }) => ({
          scheme: { code, version, title },
          ...rest,
        })),
      });
    },
  );
}
