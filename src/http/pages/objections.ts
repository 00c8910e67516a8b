import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NewObjection } from '../../domain/objections/input.ts';
import { parseObjectKey } from '../../domain/objections/object.ts';
import { MOST_EVIDENCE_BYTES, MOST_EVIDENCE_FILES } from '../../domain/objections/vocabulary.ts';
import { parseShape } from '../../domain/shape.ts';
import type { SentEvidence } from '../../services/objections/evidence.ts';
import { readCase } from '../../services/objections/read-case.ts';
import { readObjection, readObjections } from '../../services/objections/read-objections.ts';
import { submitObjection } from '../../services/objections/submit-objection.ts';
import { Refusal } from '../../services/refusal.ts';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import { ObjectionFormPage, SubmittedPage } from '../../views/objections/objection-form-page.tsx';
import { ObjectionPage } from '../../views/objections/objection-page.tsx';
import { ObjectionsPage } from '../../views/objections/objections-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { messagesOf, refusalOf, type Typed, typedIn } from './desk-form.ts';
import { frameOf, type Pages, sendPage, sendPrivatePage } from './frame.ts';

const FIELDS = ['object', 'kind', 'statement', 'evidence', 'contact'];

interface Sent {
  readonly typed: Typed;
  readonly evidence: readonly SentEvidence[];
  /** The form had more parts, or larger ones, than it can have. */
  readonly odd: boolean;
}

/** Objections in public: list and statistics, one of them, and the form that anyone may send. */
export async function objectionPages(http: Http, pages: Pages): Promise<void> {
  const { database } = pages.settings;
  http.get('/objections', async (request, reply) =>
    sendPage(reply, ObjectionsPage({ frame: frameOf(request, pages), ...(await readObjections(database)) })),
  );
  http.get(
    '/objections/new',
    { schema: { querystring: z.object({ object: z.string().max(200).optional() }) } },
    async (request, reply) => sendForm(request, reply, pages, { object: request.query.object ?? '' }, []),
  );
  await http.register(async (files) => {
    await files.register(multipart, {
      limits: { files: MOST_EVIDENCE_FILES, fields: 10, fieldSize: 20_000, fileSize: MOST_EVIDENCE_BYTES + 1 },
    });
    files.post(
      '/objections/new',
      { config: { unkeyed: true, takesFile: true, rateLimit: { max: 20, timeWindow: '1 minute' } } },
      async (request, reply) => submit(request, reply, pages),
    );
  });
  const Number = z.object({ number: z.string().max(30) });
  http.get('/objections/:number', { schema: { params: Number } }, async (request, reply) => {
    const objection = await readObjection(database, request.params.number);
    return sendPage(reply, ObjectionPage({ frame: frameOf(request, pages), objection, file: null, messages: [] }));
  });
  http.post('/objections/:number', { schema: { params: Number } }, async (request, reply) => {
    const { number } = request.params;
    const frame = frameOf(request, pages);
    const objection = await readObjection(database, number);
    const secret = (typedIn(request)['secret'] ?? '').trim();
    const file = await readCase(contextWithKey(database, request, null), number, secret).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'not-found') return null;
      throw error;
    });
    const messages = file ? [] : [{ field: 'secret', message: frame.t.objectionCase.wrong }];
    return sendPrivatePage(reply, ObjectionPage({ frame, objection, file, messages }), file ? 200 : 422);
  });
}

async function submit(request: FastifyRequest, reply: FastifyReply, pages: Pages): Promise<FastifyReply> {
  const frame = frameOf(request, pages);
  const t = frame.t.objectionForm;
  // Whatever of the files is not read when they are refused must not be waited for.
  reply.header('Connection', 'close');
  const { typed, evidence, odd } = await readForm(request);
  const refuse = (messages: readonly SummaryLine[], status: number) =>
    sendForm(request, reply, pages, typed, messages, status);
  const object = parseObjectKey((typed['object'] ?? '').trim());
  const missing = [
    ...(odd ? [{ field: 'evidence', message: t.oddForm }] : []),
    ...(object ? [] : [{ field: 'object', message: t.noObject }]),
  ];
  const { kind, statement, contact = '', key = '' } = typed;
  const input = parseShape(NewObjection, { object, kind, statement, contact });
  if (missing.length > 0 || !input.ok) {
    const faults = input.ok ? [] : input.problem.filter(({ at }) => !at.startsWith('/object'));
    return refuse([...missing, ...messagesOf(frame, faults, FIELDS, 'statement')], 422);
  }
  try {
    const isKey = /^[0-9a-f-]{36}$/u.test(key);
    const context = contextWithKey(pages.settings.database, request, isKey ? key : null);
    const receipt = await submitObjection(context, input.value, evidence);
    return await sendPrivatePage(reply, SubmittedPage({ frame, ...receipt }), 202);
  } catch (error) {
    const { faults, status } = refusalOf(error);
    return refuse(messagesOf(frame, faults, FIELDS, 'statement'), status);
  }
}

/** Of the multipart parser: more parts than the form has, or names that no form of ours gives. */
const ODD_FORM =
  /^FST_(?:PARTS_LIMIT|FILES_LIMIT|FIELDS_LIMIT|PROTO_VIOLATION|MP_PREMATURE_CLOSE|INVALID_MULTIPART|REQ_FILE_TOO_LARGE)/u;

async function readForm(request: FastifyRequest): Promise<Sent> {
  const typed: Record<string, string> = {};
  const evidence: SentEvidence[] = [];
  if (!request.isMultipart()) return { typed, evidence, odd: true };
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        typed[part.fieldname] = String(part.value);
        continue;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of new IncomingFile(part.file).bytes()) chunks.push(chunk);
      // A file field that was left empty is sent as a file without a name.
      if (part.filename) evidence.push({ fileName: part.filename, bytes: Buffer.concat(chunks) });
    }
  } catch (error) {
    if (!ODD_FORM.test((error as { code?: string }).code ?? '')) throw error;
    return { typed, evidence, odd: true };
  }
  return { typed, evidence, odd: false };
}

/** Each time with a new key: a form that was corrected is another request. */
function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
  typed: Typed,
  messages: readonly SummaryLine[],
  status = 200,
): FastifyReply {
  const frame = frameOf(request, pages);
  return sendPrivatePage(reply, ObjectionFormPage({ frame, typed, messages, idempotencyKey: randomUUID() }), status);
}
