import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import {
  exportDraftWorkbook,
  exportWorkbook,
  importWorkbook,
  makeSchemeTemplate,
} from '../../services/schemes/workbook.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { FoundFault } from '../problem.ts';
import { acceptFiles, UploadedFile } from '../uploads.ts';
import { PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { XLSX_TYPE } from './import-reads.ts';

const tags = ['schemes'];
const MOST_BYTES = 10 * 1024 * 1024;
const FILE = { 200: z.unknown().meta({ description: 'the workbook' }) };

/** Schemes as workbooks: the template, a version, a draft, and a draft from one that was filled in. */
export async function schemeFileRoutes(http: Http, database: Database): Promise<void> {
  http.get(
    '/schemes/template.xlsx',
    { schema: { tags, summary: 'the workbook to fill in, with an example', response: { ...FILE, ...READ_PROBLEMS } } },
    async (_, reply) => asWorkbook(reply, 'lingpao-scheme.xlsx').send(await makeSchemeTemplate()),
  );
  http.get(
    '/schemes/:code/:version/workbook',
    {
      schema: {
        tags,
        summary: 'a version as a workbook; read back, it is the same scheme',
        params: z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1).max(9999) }),
        response: { ...FILE, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { code, version } = request.params;
      return asWorkbook(reply, `${code}-${version}.xlsx`).send(await exportWorkbook(database, code, version));
    },
  );
  http.get(
    '/schemes/drafts/:id/workbook',
    {
      config: { action: 'scheme-draft.read' },
      schema: {
        tags,
        summary: 'a draft as a workbook',
        params: z.object({ id: z.uuid() }),
        response: { ...FILE, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const workbook = await exportDraftWorkbook(contextOf(database, request, reply), id);
      return asWorkbook(reply, `${id}.xlsx`).send(workbook);
    },
  );
  await http.register(async (files) => {
    acceptFiles(files as Http, [XLSX_TYPE], MOST_BYTES);
    sendingRoute(files as Http, database);
  });
}

function sendingRoute(http: Http, database: Database): void {
  http.post(
    '/schemes/drafts/from-workbook',
    {
      config: { action: 'scheme-draft.save', takesFile: true },
      schema: {
        tags,
        summary: 'a new draft from a workbook, with what it lacks, each at its sheet and cell',
        consumes: [XLSX_TYPE],
        body: z.instanceof(UploadedFile).meta({ description: 'the workbook, up to 10 MiB' }),
        response: {
          201: z.object({ id: z.uuid(), revision: z.int(), faults: z.array(FoundFault) }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { draft, faults } = await importWorkbook(contextOf(database, request, reply), request.body.bytes);
      return reply
        .code(201)
        .header('ETag', `"${draft.revision}"`)
        .header('Location', `/api/v1/schemes/drafts/${draft.id}`)
        .send({ id: draft.id, revision: draft.revision, faults: [...faults] });
    },
  );
}

function asWorkbook(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type(XLSX_TYPE)
    .header('Content-Disposition', `attachment; filename="${name}"`)
    .serializer((bytes: string | Buffer) => bytes as string);
}
