import { z } from 'zod';
import { NewObjection } from '../../domain/objections/input.ts';
import { EVIDENCE_TYPES, MOST_EVIDENCE_BYTES } from '../../domain/objections/vocabulary.ts';
import { addEvidence } from '../../services/objections/add-evidence.ts';
import { readCase, readEvidence } from '../../services/objections/read-case.ts';
import { readObjection, readObjections } from '../../services/objections/read-objections.ts';
import { submitObjection } from '../../services/objections/submit-objection.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { acceptFiles, UploadedFile } from '../uploads.ts';
import { hash, PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { CaseFile, CountedDay, ObjectionStatistics, PublicObjection } from './objection-answers.ts';

const tags = ['objections'];
const Number = z.object({ number: z.string().max(30) });
/** Given at submission; with it, who objects is let in without an account. */
const Secret = z.object({ 'objection-secret': z.string().max(100).optional() });

/** Objections: brought by anyone, read by everyone, the case itself by its parties. */
export async function objectionRoutes(http: Http, database: Database): Promise<void> {
  await http.register(async (files) => evidenceRoute(files as Http, database));
  http.post(
    '/objections',
    {
      // Open to anyone: few a minute from one address are enough for people.
      config: { action: 'objection.submit', rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'object to a list, a row of it, a scheme or a draw; the secret is shown once and opens the case',
        body: NewObjection,
        response: {
          202: z.object({ number: z.string(), secret: z.string().nullable(), acceptBy: CountedDay }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await submitObjection(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/objections',
    {
      schema: {
        tags,
        summary: 'objections, newest first, with statistics; of one object and all below it',
        querystring: z.strictObject({ object: z.string().max(200).optional() }),
        response: {
          200: z.object({ objections: z.array(PublicObjection), statistics: ObjectionStatistics }),
          ...READ_PROBLEMS,
        },
      },
    },
    ({ query }) => readObjections(database, query.object === undefined ? {} : { objectKey: query.object }),
  );
  http.get(
    '/objections/:number',
    {
      schema: {
        tags,
        summary: 'an objection: kind, state, dates, the decision with its reasons',
        params: Number,
        response: { 200: PublicObjection, ...READ_PROBLEMS },
      },
    },
    (request) => readObjection(database, request.params.number),
  );
  http.get(
    '/objections/:number/case',
    {
      schema: {
        tags,
        summary: 'what was said and the evidence, for the parties and those who handle it',
        params: Number,
        headers: Secret,
        response: { 200: CaseFile, ...READ_PROBLEMS },
      },
    },
    (request, reply) => {
      reply.header('Cache-Control', 'no-store');
      const secret = request.headers['objection-secret'] ?? null;
      return readCase(contextOf(database, request, reply), request.params.number, secret);
    },
  );
  http.get(
    '/objections/:number/evidence/:n',
    {
      schema: {
        tags,
        summary: 'a file of evidence, for the parties and those who handle it',
        params: Number.extend({ n: z.coerce.number().int().min(1).max(5) }),
        headers: Secret,
        response: { 200: z.unknown().meta({ description: 'the file' }), ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { number, n } = request.params;
      const secret = request.headers['objection-secret'] ?? null;
      const file = await readEvidence(contextOf(database, request, reply), number, n, secret);
      return reply
        .type(file.type)
        .header('Cache-Control', 'no-store')
        .header('Content-Disposition', `attachment; filename="${number}-${n}.${EXTENSION[file.type]}"`)
        .serializer((bytes: unknown) => bytes as string)
        .send(file.content);
    },
  );
}

const EXTENSION = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

function evidenceRoute(http: Http, database: Database): void {
  acceptFiles(http, EVIDENCE_TYPES, MOST_EVIDENCE_BYTES);
  http.post(
    '/objections/:number/evidence',
    {
      config: { action: 'objection.add-evidence', takesFile: true, rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        tags,
        summary: 'add a file of evidence (PDF, JPEG or PNG, at most 10 MiB, five in all) before it is taken up',
        consumes: [...EVIDENCE_TYPES],
        params: Number,
        headers: Secret,
        querystring: z.strictObject({ name: z.string().min(1).max(200).optional() }),
        body: z.instanceof(UploadedFile).meta({ description: 'the file itself' }),
        response: { 201: z.object({ number: z.string(), n: z.int(), sha256: hash }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const secret = request.headers['objection-secret'] ?? null;
      const file = { fileName: request.query.name ?? 'evidence', bytes: request.body.bytes };
      const context = contextOf(database, request, reply);
      return reply.code(201).send(await addEvidence(context, request.params.number, secret, file));
    },
  );
}
