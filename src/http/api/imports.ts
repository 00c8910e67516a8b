import { Readable } from 'node:stream';
import { z } from 'zod';
import { IMPORT_SEVERITIES } from '../../domain/imports/sheet.ts';
import { IMPORT_STATES } from '../../domain/imports/states.ts';
import type { Database } from '../../services/context.ts';
import { cancelImport, decideImport, ImportDecision } from '../../services/imports/decide-import.ts';
import { markWorkbook } from '../../services/imports/mark-workbook.ts';
import {
  listImports,
  readFaults,
  readImport,
  type StoredFault,
  type StoredImport,
  writeReport,
} from '../../services/imports/read-import.ts';
import { receiveFile, SentFile } from '../../services/imports/receive-file.ts';
import { makeTemplate } from '../../services/imports/template.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { FileError, FoundFault } from '../problem.ts';
import { instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['imports'];
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = { 'text/csv': 'csv', 'application/x-ndjson': 'jsonl', [XLSX_TYPE]: 'xlsx' } as const;

const Id = z.object({ id: z.string().max(70) });
const CellFault = FoundFault.omit({ severity: true })
  .extend({
    row: z.int(),
    column: z.int().nullable(),
    header: z.string().nullable(),
    severity: z.enum(IMPORT_SEVERITIES),
    run: z.int().meta({ description: '0: found by the check; n: while importing after the n-th decision' }),
  })
  .meta({ id: 'CellFault' });
const Import = z
  .object({
    id: z.string(),
    state: z.enum(IMPORT_STATES),
    format: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    sha256: z.string().nullable(),
    sentAt: instant,
    lines: z.int().meta({ description: 'line breaks of the file: about its rows' }),
    checkedThrough: z.int(),
    good: z.int(),
    warned: z.int(),
    bad: z.int(),
    already: z.int().meta({ description: 'rows that are declared with the same content; nothing is done with them' }),
    faults: z.int(),
    refusal: z.array(FoundFault).nullable(),
    toImport: z.int(),
    importedThrough: z.int(),
    imported: z.int(),
    late: z.int().meta({ description: 'rows that were good when checked, and refused when they were to be declared' }),
  })
  .meta({ id: 'Import' });
const Result = Import.extend({
  waiting: z.object({ asIs: z.int(), waived: z.int() }),
  groups: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(IMPORT_SEVERITIES),
      header: z.string().nullable(),
      count: z.int(),
      example: CellFault,
    }),
  ),
}).meta({ id: 'ImportResult' });

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
  readingRoutes(http, database);
  http.post(
    '/imports/:id/decision',
    {
      config: { action: 'import.decide' },
      schema: {
        tags,
        summary: 'declare the good rows of a checked file, as many as the result said',
        params: Id,
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
        params: Id,
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
        .send(answer(given));
    },
  );
}

function readingRoutes(http: Http, database: Database): void {
  const config = { action: 'import.read' } as const;
  http.get(
    '/imports',
    {
      config,
      schema: {
        tags,
        summary: 'the own imports, newest first',
        response: { 200: z.object({ imports: z.array(Import) }), ...READ_PROBLEMS, 403: PROBLEMS[403] },
      },
    },
    async (request, reply) => ({ imports: (await listImports(contextOf(database, request, reply))).map(answer) }),
  );
  http.get(
    '/imports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'how far an import is, and what was found, kind by kind',
        params: Id,
        response: { 200: Result, ...READ_PROBLEMS, 403: PROBLEMS[403] },
      },
    },
    async (request, reply) => {
      const { given, groups, waiting } = await readImport(contextOf(database, request, reply), request.params.id);
      return {
        ...answer(given),
        waiting,
        groups: groups.map(({ example, ...group }) => ({ ...group, example: faultAnswer(example) })),
      };
    },
  );
  http.get(
    '/imports/:id/faults',
    {
      config,
      schema: {
        tags,
        summary: 'every fault with its cell, in order of the file',
        params: Id,
        querystring: z.strictObject({
          page: z.string().max(300).optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(200),
        }),
        response: {
          200: z.object({ faults: z.array(CellFault), next: z.string().nullable() }),
          ...READ_PROBLEMS,
          403: PROBLEMS[403],
        },
      },
    },
    async (request, reply) => {
      const { page, limit } = request.query;
      const after = readPlace(readPageToken(page));
      const context = contextOf(database, request, reply);
      const { faults, next } = await readFaults(context, request.params.id, after, limit);
      return {
        faults: faults.map(faultAnswer),
        next: next ? writePageToken(`${next.run}.${next.row}.${next.n}`) : null,
      };
    },
  );
  const download = { 200: z.unknown().meta({ description: 'the file' }), ...READ_PROBLEMS, 403: PROBLEMS[403] };
  http.get(
    '/imports/:id/report.csv',
    { config, schema: { tags, summary: 'every fault as CSV', params: Id, response: download } },
    async (request, reply) => {
      const lines = await writeReport(contextOf(database, request, reply), request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${request.params.id}.csv"`)
        .send(Readable.from(lines));
    },
  );
  http.get(
    '/imports/:id/workbook',
    {
      config,
      schema: {
        tags,
        summary: 'the workbook that was sent, with what is wrong marked in its cells',
        params: Id,
        response: { ...download, 409: PROBLEMS[409], 422: PROBLEMS[422] },
      },
    },
    async (request, reply) => {
      const { content } = await markWorkbook(contextOf(database, request, reply), request.params.id);
      return reply
        .type(XLSX_TYPE)
        .header('Content-Disposition', `attachment; filename="${request.params.id}.xlsx"`)
        .serializer((bytes: Buffer) => bytes as unknown as string)
        .send(content);
    },
  );
}

/** The place of a fault that a page continues behind; a token of another list begins anew. */
export function readPlace(key: string | undefined) {
  const { run, row, n } = /^(?<run>\d{1,6})\.(?<row>\d{1,9})\.(?<n>\d{1,6})$/u.exec(key ?? '')?.groups ?? {};
  return run && row && n ? { run: Number(run), row: Number(row), n: Number(n) } : null;
}

function answer(given: StoredImport): z.infer<typeof Import> {
  const { refusal, sentAt, ...rest } = given;
  return { ...rest, sentAt: sentAt.toISOString(), refusal: refusal ? [...refusal] : null };
}

function faultAnswer({ col, about, ...fault }: StoredFault): z.infer<typeof CellFault> {
  return { ...fault, column: col, ...(about === null ? {} : { about }) };
}
