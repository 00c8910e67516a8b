import { Readable } from 'node:stream';
import { z } from 'zod';
import { readNotice, readText } from '../../services/texts/read-text.ts';
import { uploadText } from '../../services/texts/upload-text.ts';
import { confirmWithholding, requestWithholding, WithholdingRequest } from '../../services/texts/withhold-text.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { Problem } from '../problem.ts';
import { acceptFiles, UploadedFile } from '../uploads.ts';
import { asIs, hash, IMMUTABLE, PROBLEMS, STORED } from './answers.ts';

const tags = ['standard texts'];
export const MOST_TEXT_BYTES = 20 * 1024 * 1024;
const Sha256 = z.object({ sha256: hash });

/** Texts of own standards: uploaded, public once a declaration names them, withheld only by a regulator's order. */
export function textRoutes(http: Http, database: Database): void {
  http.register(async (files) => uploadRoute(files as Http, database));
  http.get(
    '/standard-texts/:sha256',
    {
      schema: {
        tags,
        summary: 'the bytes of a text that a published declaration names; the own enterprise may read its own before',
        params: Sha256,
        response: { ...STORED, 451: Problem },
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params;
      const { text, parts } = await readText(database, request.actor, sha256);
      // An order may withhold it later: whoever keeps it asks again.
      reply.header('Cache-Control', `${request.actor.kind === 'public' ? 'public' : 'private'}, no-cache`);
      if (isFresh(request, reply, sha256)) return reply;
      return reply
        .header('Content-Disposition', `attachment; filename="${sha256}.pdf"`)
        .header('Content-Length', text.bytes)
        .type('application/pdf')
        .send(Readable.from(parts));
    },
  );
  http.get(
    '/standard-texts/:sha256/notice',
    {
      schema: {
        tags,
        summary: 'the exact bytes of the notice on a text that is withheld; the log holds their SHA-256',
        params: Sha256,
        response: STORED,
      },
    },
    async (request, reply) => {
      const { notice, sha256 } = await readNotice(database, request.params.sha256);
      if (isFresh(request, reply, sha256)) return reply;
      return reply.header('Cache-Control', IMMUTABLE).type('application/json').serializer(asIs).send(notice);
    },
  );
  http.post(
    '/standard-texts/:sha256/withholding-request',
    {
      config: { action: 'text.request-withholding' },
      schema: {
        tags,
        summary: 'ask to withhold a published text, with reason and article',
        params: Sha256,
        body: WithholdingRequest,
        response: { 201: z.object({ id: z.uuid(), state: z.string() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await requestWithholding(contextOf(database, request, reply), request.params.sha256, request.body)),
  );
  http.post(
    '/withholding-orders/:id/confirmation',
    {
      config: { action: 'text.withhold' },
      schema: {
        tags,
        summary: 'withhold the text; by another person than the one who asked for it',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ id: z.uuid(), state: z.string(), notice: hash }), ...PROBLEMS },
      },
    },
    (request, reply) => confirmWithholding(contextOf(database, request, reply), request.params.id),
  );
}

function uploadRoute(http: Http, database: Database): void {
  acceptFiles(http, ['application/pdf'], MOST_TEXT_BYTES);
  http.post(
    '/standard-texts',
    {
      config: { action: 'text.upload', takesFile: true },
      schema: {
        tags,
        summary: 'upload the text of an own standard, a PDF of at most 20 MiB without scripts and files inside',
        consumes: ['application/pdf'],
        body: z.instanceof(UploadedFile).meta({ description: 'the PDF itself' }),
        response: {
          201: z.object({ sha256: hash, bytes: z.int(), pages: z.int(), hasTextLayer: z.boolean() }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const made = await uploadText(contextOf(database, request, reply), request.body);
      return reply.code(201).header('Location', `/api/v1/standard-texts/${made.sha256}`).send(made);
    },
  );
}
