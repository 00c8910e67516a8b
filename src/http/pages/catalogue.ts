import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseShape } from '../../domain/shape.ts';
import { authorise } from '../../services/context.ts';
import { CatalogueImport, importCatalogue } from '../../services/standards/import-catalogue.ts';
import { listSnapshots } from '../../services/standards/read-standards.ts';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import { CataloguePage } from '../../views/standards/catalogue-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { atDesk, messagesOf, refusalOf, type Typed } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const FIELDS = ['kind', 'extent', 'source', 'file'];
const FORMATS: Readonly<Record<string, CatalogueImport['format']>> = {
  json: 'json',
  jsonl: 'json-lines',
  ndjson: 'json-lines',
  csv: 'csv',
};

/** The next snapshot of the catalogue or of its limits, with a form. */
export async function cataloguePages(http: Http, pages: Pages): Promise<void> {
  const { database } = pages.settings;
  http.get('/desk/catalogue', async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    authorise(contextWithKey(database, request, null), 'catalogue.import');
    return send(request, reply, {});
  });
  await http.register(async (files) => {
    await files.register(multipart, { limits: { files: 1, fields: FIELDS.length, fileSize: MOST_BYTES + 1 } });
    files.post('/desk/catalogue', { config: { takesFile: true } }, async (request, reply) => {
      if (!memberOf(request, reply, pages)) return reply;
      // Nobody else's file is even read.
      authorise(contextWithKey(database, request, null), 'catalogue.import');
      return receive(request, reply);
    });
  });

  async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const frame = frameOf(request, pages);
    const t = frame.t.snapshots;
    reply.header('Connection', 'close');
    const { typed, file } = await readForm(request);
    const refuse = (messages: readonly SummaryLine[], status = 422) =>
      send(request, reply, { typed, messages, status });
    if (!file) return refuse([{ field: 'file', message: t.chooseFile }]);
    if (file.bytes.length > MOST_BYTES) return refuse([{ field: 'file', message: t.tooLarge }]);
    const format = FORMATS[file.name.toLowerCase().split('.').at(-1) ?? ''];
    const input = parseShape(CatalogueImport, { ...typed, format });
    if (!input.ok) return refuse(messagesOf(frame, input.problem, FIELDS, 'file'));
    try {
      const done = await importCatalogue(contextWithKey(database, request, null), input.value, file);
      const notice = t.done(String(done.snapshot), String(done.added), String(done.changed), String(done.removed));
      return await send(request, reply, { notice });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      const lines = messagesOf(frame, faults, [], 'file');
      return refuse(
        lines.map(({ field, message }, i) => ({ field, message: `${faults[i]?.at ?? ''} ${message}` })),
        status,
      );
    }
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: {
      readonly typed?: Typed;
      readonly messages?: readonly SummaryLine[];
      readonly notice?: string;
      readonly status?: number;
    },
  ): Promise<FastifyReply> {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const page = CataloguePage({
      frame: frameOf(request, pages),
      at: atDesk(member),
      snapshots: await listSnapshots(database),
      typed: shown.typed ?? {},
      messages: shown.messages ?? [],
      notice: shown.notice ?? null,
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

async function readForm(request: FastifyRequest) {
  const typed: Record<string, string> = {};
  let file: { readonly name: string; readonly bytes: Buffer; readonly sha256: string } | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      typed[part.fieldname] = String(part.value);
      continue;
    }
    const hash = createHash('sha256');
    const chunks: Uint8Array[] = [];
    for await (const chunk of new IncomingFile(part.file).bytes()) {
      hash.update(chunk);
      chunks.push(chunk);
    }
    if (part.filename) file = { name: part.filename, bytes: Buffer.concat(chunks), sha256: hash.digest('hex') };
  }
  return { typed, file };
}
