import { createHash, randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { authorise } from '../../services/context.ts';
import type { Draft } from '../../services/declarations/drafts.ts';
import { Refusal } from '../../services/refusal.ts';
import { uploadText } from '../../services/texts/upload-text.ts';
import type { FieldMessage } from '../../views/declarations/form-faults.ts';
import { formOf, mergeForm } from '../../views/declarations/form-fields.ts';
import { taskAddress } from '../../views/declarations/form-props.ts';
import { TextTask } from '../../views/declarations/text-task.tsx';
import { words } from '../../views/frame.ts';
import { MOST_TEXT_BYTES } from '../api/texts.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { memberOf } from './desk.ts';
import {
  type Asked,
  contextFor,
  faultsOfDraft,
  frameFor,
  keepPart,
  lenientContent,
  messagesOf,
  openDraft,
} from './drafting.ts';
import { type Pages, sendPrivatePage } from './frame.ts';

const params = z.object({ draftId: z.uuid() });

/** Task 4: the text of the standard, sent by a plain form of the browser. */
export async function textPages(http: Http, pages: Pages): Promise<void> {
  http.get('/desk/decl/:draftId/text', { schema: { params } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const asked = { request, reply, pages };
    const draft = await openDraft(asked, request.params.draftId);
    const wantsFaults = Object.hasOwn(request.query as object, 'check');
    const faults = wantsFaults ? await faultsOfDraft(asked, draft) : [];
    return sendText(
      asked,
      draft,
      messagesOf(
        frameFor(asked),
        faults.filter(({ at }) => at.startsWith('/text')),
      ),
    );
  });
  await http.register(async (files) => {
    await files.register(multipart, {
      limits: { files: 1, fields: 10, fieldSize: 1000, fieldNameSize: 100, parts: 11, fileSize: MOST_TEXT_BYTES + 1 },
    });
    (files as Http).post(
      '/desk/decl/:draftId/text',
      { config: { takesFile: true }, schema: { params } },
      async (request, reply) => {
        const asked = { request, reply, pages };
        authorise(contextFor(asked), 'draft.save');
        return post(asked, await openDraft(asked, request.params.draftId));
      },
    );
  });
}

async function post(asked: Asked, draft: Draft): Promise<FastifyReply> {
  const { request, reply } = asked;
  const frame = frameFor(asked);
  const t = frame.t.textTask;
  // Whatever of the file is not read when it is refused must not be waited for.
  reply.header('Connection', 'close');
  const typed: Record<string, string> = {};
  let sent: { readonly name: string; readonly bytes: Buffer } | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') typed[part.fieldname] = String(part.value);
    else if (part.filename) sent = { name: part.filename.slice(-200), bytes: await readAll(part.file) };
    else part.file.resume();
  }
  const isWithheld = typed['/draft/text'] === 'withheld';
  const { text: before, ...others } = draft.content as Record<string, unknown>;
  const refuse = (message: string) => sendText(asked, draft, [{ field: '/text', message }], 422);
  let text: unknown = isWithheld || typed['action'] === 'remove' ? undefined : before;
  if (sent && !isWithheld && typed['action'] !== 'remove') {
    if (sent.bytes.length > MOST_TEXT_BYTES) return refuse(t.file);
    try {
      const sha256 = createHash('sha256').update(sent.bytes).digest('hex');
      const kept = await uploadText(contextFor(asked), { bytes: sent.bytes, sha256 });
      text = { sha256, name: sent.name, bytes: kept.bytes };
    } catch (error) {
      const [fault] = error instanceof Refusal && error.code === 'invalid' ? error.faults : [];
      if (!fault) throw error;
      const { open, close } = frame.t.site;
      return refuse(
        `${words(frame, fault.remedy)}${open}${frame.t.form.expected}${words(frame, fault.expected)}${close}`,
      );
    }
  }
  if (!text && !isWithheld && typed['action'] !== 'remove') return refuse(t.noFile);
  const form = { fields: { '/draft/text': isWithheld ? 'withheld' : '' }, rows: {} };
  const merged = mergeForm({ ...others, ...(text ? { text } : {}) }, form);
  // One choice, made just now: it is put into the newest draft, and whatever else was changed there stays.
  const kept = await keepPart(asked, draft, { revision: draft.revision, base: '' }, merged, 'text');
  if ('newer' in kept) return sendText(asked, kept.newer, [{ field: '/text', message: frame.t.conflict.title }], 412);
  if (typed['action'] === 'remove') return sendText(asked, kept.draft, []);
  return reply.redirect(`${taskAddress(frame, draft.id)}?saved`, 303);
}

async function readAll(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of new IncomingFile(file).bytes()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendText(asked: Asked, draft: Draft, messages: readonly FieldMessage[], status = 200): FastifyReply {
  const page = TextTask({
    frame: frameFor(asked),
    draft,
    form: formOf(draft.content, ['text']),
    text: lenientContent(draft.content).text,
    messages,
    notice: null,
    base: '',
    idempotencyKey: randomUUID(),
  });
  return sendPrivatePage(asked.reply, page, status);
}
