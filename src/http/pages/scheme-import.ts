import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkDraft, isLoose } from '../../domain/schemes/draft.ts';
import type { Fault } from '../../domain/fault.ts';
import { unstorable } from '../../domain/text/storable.ts';
import { authorise } from '../../services/context.ts';
import { createSchemeDraft } from '../../services/schemes/drafts.ts';
import { importWorkbook } from '../../services/schemes/workbook.ts';
import { link } from '../../views/frame.ts';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import type { Shown } from './desk-act.ts';
import { type DeskRequest, messagesOf, refusalOf } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages } from './frame.ts';
import { sendDeskSchemes } from './scheme-desk.ts';

const MOST_BYTES = 10 * 1024 * 1024;

/** A draft from a file: a workbook of the template, or the JSON of a scheme. */
export async function schemeImportPages(http: Http, pages: Pages): Promise<void> {
  const { database } = pages.settings;
  await http.register(async (files) => {
    await files.register(multipart, { limits: { files: 1, fields: 1, fileSize: MOST_BYTES + 1 } });
    files.post('/desk/schemes/import', { config: { takesFile: true } }, async (request, reply) => {
      const member = memberOf(request, reply, pages);
      if (!member) return reply;
      // Nobody else's file is even read.
      authorise(contextWithKey(database, request, null), 'scheme-draft.save');
      reply.header('Connection', 'close');
      return receive({ request, reply, member, frame: frameOf(request, pages) });
    });
  });

  async function receive(desk: DeskRequest): Promise<FastifyReply> {
    const { request, reply, frame } = desk;
    const t = frame.t.schemeDesk;
    const refuse = (message: string) => send(desk, { messages: [{ field: 'file', message }], status: 422 });
    const file = await readFile(request);
    if (!file) return refuse(t.chooseFile);
    if (file.bytes.length > MOST_BYTES) return refuse(t.tooLarge);
    const context = contextWithKey(database, request, null);
    try {
      const { id, faults } = file.name.toLowerCase().endsWith('.json')
        ? await fromJson(file.bytes)
        : await importWorkbook(context, file.bytes).then(({ draft, faults: found }) => ({
            id: draft.id,
            faults: found,
          }));
      if (id === null) return await refuse(t.notJson);
      if (faults.length === 0) return reply.redirect(link(frame, `/desk/schemes/drafts/${id}?saved=1`), 303);
      const lines = linesOf(desk, faults).map((line) => ({ ...line, href: link(frame, `/desk/schemes/drafts/${id}`) }));
      return await send(desk, { messages: lines, notice: t.importedFaults(String(faults.length)) });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      return send(desk, { messages: linesOf(desk, faults), status });
    }

    async function fromJson(bytes: Buffer) {
      const content = parsed(bytes);
      if (content === null) return { id: null, faults: [] };
      return { id: (await createSchemeDraft(context, content)).id, faults: checkDraft(content).faults };
    }
  }

  function send(desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
    return sendDeskSchemes(pages, desk, shown);
  }
}

/** Each fault with its cell or pointer in front. */
function linesOf({ frame }: DeskRequest, faults: readonly Fault[]) {
  return messagesOf(frame, faults, [], 'file').map(({ field, message }, i) => ({
    field,
    message: `${faults[i]?.at ?? ''} ${message}`,
  }));
}

function parsed(bytes: Buffer): object | null {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/u, ''));
    return isLoose(content) && unstorable(content, '') === null ? content : null;
  } catch {
    return null;
  }
}

async function readFile(request: FastifyRequest): Promise<{ readonly name: string; readonly bytes: Buffer } | null> {
  for await (const part of request.parts()) {
    if (part.type === 'field') continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of new IncomingFile(part.file).bytes()) chunks.push(chunk);
    if (part.filename) return { name: part.filename, bytes: Buffer.concat(chunks) };
  }
  return null;
}
