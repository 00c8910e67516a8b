import { z } from 'zod';
import { DeclarationId, ReportFacts } from '../../domain/forerunners/input.ts';
import { MOST_REPORT_BYTES, REPORT_TYPES } from '../../domain/forerunners/vocabulary.ts';
import { readReport } from '../../services/forerunners/read-report.ts';
import { sendReport } from '../../services/forerunners/send-report.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { acceptFiles, UploadedFile } from '../uploads.ts';
import { hash, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['forerunners'];
const Candidate = z.object({ id: z.string().max(30), declaration: DeclarationId });
const EXTENSION = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** Test reports of candidates: sent by their enterprises, read by the parties. */
export async function forerunnerPaperRoutes(http: Http, database: Database): Promise<void> {
  await http.register(async (files) => sendRoute(files as Http, database));
  http.get(
    '/forerunner-rounds/:id/candidates/:declaration/report',
    {
      config: { action: 'forerunner.read-report' },
      schema: {
        tags,
        summary: 'the test report, for the enterprise, the body, the coordinating body and regulators',
        params: Candidate,
        response: { 200: z.unknown().meta({ description: 'the file' }), ...READ_PROBLEMS, 403: PROBLEMS[403] },
      },
    },
    async (request, reply) => {
      const { id, declaration } = request.params;
      const { type, sha256, content } = await readReport(contextOf(database, request, reply), id, declaration);
      return reply
        .type(type)
        .header('Cache-Control', 'no-store')
        .header('Content-Disposition', `attachment; filename="${id}-${sha256.slice(0, 8)}.${EXTENSION[type]}"`)
        .serializer((bytes: unknown) => bytes as string)
        .send(content);
    },
  );
}

function sendRoute(http: Http, database: Database): void {
  acceptFiles(http, REPORT_TYPES, MOST_REPORT_BYTES);
  http.post(
    '/forerunner-rounds/:id/candidates/:declaration/report',
    {
      config: { action: 'forerunner.send-report', takesFile: true },
      schema: {
        tags,
        summary: 'send the test report of the own candidate (PDF, JPEG or PNG, at most 10 MiB)',
        consumes: [...REPORT_TYPES],
        params: Candidate,
        // A named shape cannot stand for a query in the API document.
        querystring: z.strictObject(ReportFacts.shape),
        body: z.instanceof(UploadedFile).meta({ description: 'the file itself' }),
        response: {
          201: z.object({ round: z.string(), declaration: z.string(), n: z.int(), sha256: hash }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { id, declaration } = request.params;
      const context = contextOf(database, request, reply);
      return reply.code(201).send(await sendReport(context, id, declaration, request.query, request.body.bytes));
    },
  );
}
