import { z } from 'zod';
import { Removal, Renewal } from '../../domain/forerunners/input.ts';
import { listOwnRounds } from '../../services/forerunners/list-own.ts';
import { listForerunners, readForerunnerFile, readForerunners } from '../../services/forerunners/read-lists.ts';
import { removeEntry } from '../../services/forerunners/remove-entry.ts';
import { renewEntries } from '../../services/forerunners/renew-entries.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { asIs, IMMUTABLE, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';
import {
  ForerunnerEdition,
  ListedForerunners,
  OpenedRound,
  OwnForerunners,
  PublishedForerunners,
} from './forerunner-answers.ts';

const tags = ['forerunners'];
const Code = z.object({ code: z.string().max(30) });
const Edition = Code.extend({ edition: z.coerce.number().int().min(1).max(1_000_000) });

/** Published forerunner lists: read by everyone, kept up to date by their bodies. */
export function forerunnerListRoutes(http: Http, database: Database): void {
  http.get(
    '/forerunner-lists',
    {
      schema: {
        tags,
        summary: 'the newest edition of every forerunner list',
        response: { 200: z.object({ lists: z.array(ListedForerunners) }), ...READ_PROBLEMS },
      },
    },
    async () => ({ lists: await listForerunners(database) }),
  );
  http.get(
    '/forerunner-lists/:code',
    {
      schema: {
        tags,
        summary: 'the newest edition of a list, with what became of its entries since, and all editions',
        params: Code,
        response: { 200: ForerunnerEdition, ...READ_PROBLEMS },
      },
    },
    (request) => readForerunners(database, request.params.code, 'latest'),
  );
  http.get(
    '/forerunner-lists/:code/:edition',
    {
      schema: {
        tags,
        summary: 'an edition of a list, with what became of its entries since',
        params: Edition,
        response: { 200: ForerunnerEdition, ...READ_PROBLEMS },
      },
    },
    (request) => readForerunners(database, request.params.code, request.params.edition),
  );
  http.get(
    '/forerunner-lists/:code/:edition/file',
    {
      schema: {
        tags,
        summary: 'the edition as one object; its SHA-256 is the ETag and in the log',
        params: Edition,
        response: STORED,
      },
    },
    async (request, reply) => {
      const { document, sha256 } = await readForerunnerFile(database, request.params.code, request.params.edition);
      if (isFresh(request, reply, sha256)) return reply;
      return reply
        .type('application/json')
        .header('Cache-Control', IMMUTABLE)
        .serializer((text: unknown) => asIs(text as string))
        .send(document);
    },
  );
  http.post(
    '/forerunner-lists/:code/removals',
    {
      config: { action: 'forerunner.remove' },
      schema: {
        tags,
        summary: 'take an entry off the list with cause and evidence, as a new edition that keeps the row',
        params: Code,
        body: Removal,
        response: { 201: PublishedForerunners, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await removeEntry(contextOf(database, request, reply), request.params.code, request.body)),
  );
  http.post(
    '/forerunner-lists/:code/renewals',
    {
      config: { action: 'forerunner.renew' },
      schema: {
        tags,
        summary: 'open a round for entries that are to stay beyond their day, with a new report',
        params: Code,
        body: Renewal,
        response: { 201: OpenedRound, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await renewEntries(contextOf(database, request, reply), request.params.code, request.body)),
  );
  http.get(
    '/forerunner-cases',
    {
      config: { action: 'forerunner.list-own' },
      schema: {
        tags,
        summary: 'rounds of the own organisation, editions to open one on, and entries proposed for removal',
        response: { 200: OwnForerunners, ...PROBLEMS },
      },
    },
    (request, reply) => listOwnRounds(contextOf(database, request, reply)),
  );
}
