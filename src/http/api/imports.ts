import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import { cancelImport, decideImport, ImportDecision } from '../../services/imports/decide-import.ts';
import { readImport } from '../../services/imports/read-import.ts';
import { receiveFile, SentFile } from '../../services/imports/receive-file.ts';
import { makeTemplate } from '../../services/imports/template.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { FileError } from '../problem.ts';
import { PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { Import, importAnswer, ImportId } from './import-answers.ts';
import { importReadingRoutes, XLSX_TYPE } from './import-reads.ts';

const tags = ['imports'];
const TYPES = { 'text/csv': 'csv', 'application/x-ndjson': 'jsonl', [XLSX_TYPE]: 'xlsx' } as const;

/** Files of declarations: sent, checked in the background, and declared when a person chooses. */
export async function importRoutes(http: Http, database: Database): Promise<void> {
  await http.register(async (files) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', async ({ headers }: { headers: Record<string, unknown> }) => {
      throw new FileError({ found: String(headers['content-type']), accepted: Object.keys(TYPES) });
    });
    files.addContentTypeParser(
      Object.keys(TYPES),
      async (_: unknown, payload: AsyncIterable<Uint8Array>) => new IncomingFile(payload),
    );
    sendingRoute(files as Http, database);
  });
  importReadingRoutes(http, database);
  http.post(
    '/imports/:id/decision',
    {
      config: { action: 'import.decide' },
      schema: {
        tags,
        summary: 'declare the good rows of a checked file, as many as the result said',
        params: ImportId,
        body: ImportDecision,
        response: { 202: z.object({ id: z.string(), state: z.string(), rows: z.int() }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await decideImport(contextOf(database, request, reply), request.params.id, request.body)),
  );
  http.delete(
    '/imports/:id',
    {
      config: { action: 'import.cancel' },
      schema: {
        tags,
        summary: 'give an import up and delete its file',
        params: ImportId,
        response: { 204: z.null(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      await cancelImport(contextOf(database, request, reply), request.params.id);
      return reply.code(204).send(null);
    },
  );
  http.get(
    '/import-templates/:file',
    {
      schema: {
        tags,
        summary: 'a template of a category: `C3464.heat-pump.xlsx` or `C3464.heat-pump.csv`',
        params: z.object({
          file: z
            .string()
            .max(60)
            .regex(/^[A-T][A-Za-z0-9.-]*\.(xlsx|csv)$/u),
        }),
        response: { 200: z.unknown().meta({ description: 'the file' }), ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { category = '', format } =
        /^(?<category>.+)\.(?<format>xlsx|csv)$/u.exec(request.params.file)?.groups ?? {};
      const made = await makeTemplate(database, category, format === 'csv' ? 'csv' : 'xlsx');
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE)
        .header('Content-Disposition', `attachment; filename="${request.params.file}"`)
        .serializer((bytes: string | Buffer) => bytes as string)
        .send(made);
    },
  );
}

function sendingRoute(http: Http, database: Database): void {
  const Sent = SentFile.shape;
  http.post(
    '/imports',
    {
      config: { action: 'import.send', takesFile: true },
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: {
        tags,
        summary: 'send a file of declarations; nothing is declared before a decision',
        consumes: Object.keys(TYPES),
        querystring: z.strictObject({
          name: Sent.fileName.optional(),
          category: Sent.category.unwrap().optional(),
          signer: Sent.signer.unwrap().optional(),
          capacity: Sent.capacity.unwrap().optional(),
        }),
        body: z.unknown().meta({ description: 'the file: CSV or JSON lines up to 200 MiB, a workbook up to 10 MiB' }),
        response: { 200: Import, 202: Import, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      // Whatever of the file is not read when it is refused must not be waited for.
      reply.header('Connection', 'close');
      const { name, category = null, signer = null, capacity = null } = request.query;
      const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const format = TYPES[type as keyof typeof TYPES];
      const body = request.body;
      if (!(body instanceof IncomingFile)) throw new FileError({ found: type || null, accepted: Object.keys(TYPES) });
      const context = contextOf(database, request, reply);
      const sent = { format, fileName: name ?? `declarations.${format}`, category, signer, capacity };
      const received = await receiveFile(context, sent, body.bytes(), context.idempotency?.key ?? null);
      const { given } = await readImport(context, received.id);
      return reply
        .code(received.existing ? 200 : 202)
        .header('Location', `/api/v1/imports/${received.id}`)
        .send(importAnswer(given));
    },
  );
}
