import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import { writeReceipts } from '../../services/imports/read-receipts.ts';
import { markWorkbook } from '../../services/imports/mark-workbook.ts';
import { listImports, readFaults, readImport, writeReport } from '../../services/imports/read-import.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { CellFault, faultAnswer, Import, importAnswer, ImportId, ImportResult } from './import-answers.ts';

const tags = ['imports'];
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** How far imports are, what was found in them, and their downloads. */
export function importReadingRoutes(http: Http, database: Database): void {
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
    async (request, reply) => ({ imports: (await listImports(contextOf(database, request, reply))).map(importAnswer) }),
  );
  http.get(
    '/imports/:id',
    {
      config,
      schema: {
        tags,
        summary: 'how far an import is, and what was found, kind by kind',
        params: ImportId,
        response: { 200: ImportResult, ...READ_PROBLEMS, 403: PROBLEMS[403] },
      },
    },
    async (request, reply) => {
      const { given, groups, waiting } = await readImport(contextOf(database, request, reply), request.params.id);
      return {
        ...importAnswer(given),
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
        params: ImportId,
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
    { config, schema: { tags, summary: 'every fault as CSV', params: ImportId, response: download } },
    async (request, reply) => {
      const lines = await writeReport(contextOf(database, request, reply), request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${request.params.id}.csv"`)
        .send(Readable.from(lines));
    },
  );
  http.get(
    '/imports/:id/receipts.csv',
    {
      config,
      schema: { tags, summary: 'the receipt of each row that was declared', params: ImportId, response: download },
    },
    async (request, reply) => {
      const lines = await writeReceipts(contextOf(database, request, reply), request.params.id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${request.params.id}-receipts.csv"`)
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
        params: ImportId,
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
