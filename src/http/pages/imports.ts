import { randomUUID } from 'node:crypto';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { may } from '../../domain/access/policy.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { listCategories } from '../../services/declarations/read-declaration.ts';
import { cancelImport, decideImport, ImportDecision } from '../../services/imports/decide-import.ts';
import { listImports, readFaults, readImport } from '../../services/imports/read-import.ts';
import { MOST_FILE_BYTES, receiveFile, SentFile } from '../../services/imports/receive-file.ts';
import { Refusal } from '../../services/refusal.ts';
import { link, withQuery, words } from '../../views/frame.ts';
import { ImportPage } from '../../views/imports/import-page.tsx';
import { ImportsPage } from '../../views/imports/imports-page.tsx';
import { readPlace } from '../api/import-reads.ts';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const Id = z.object({ id: z.string().max(70) });
const FAULTS_A_PAGE = 50;
/** Given once for all rows of a file. */
const FOR_ALL: readonly string[] = ['category', 'signer', 'capacity'];
const FORMATS: Readonly<Record<string, SentFile['format']>> = {
  csv: 'csv',
  txt: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  xlsx: 'xlsx',
};

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly pages: Pages;
}
interface Message {
  readonly field: string;
  readonly message: string;
}
type Typed = Readonly<Record<string, string>>;

/** Bulk import with forms: template, file, result, choice; every step is a page that needs no script. */
export async function importPages(http: Http, pages: Pages): Promise<void> {
  http.get('/desk/imports', async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    return sendList({ request, reply, pages }, {}, []);
  });
  http.get(
    '/desk/imports/template',
    { schema: { querystring: z.object({ of: z.string().max(50), as: z.enum(['xlsx', 'csv']) }) } },
    async (request, reply) => {
      const { of, as } = request.query;
      return reply.redirect(`/api/v1/import-templates/${encodeURIComponent(of)}.${as}`, 303);
    },
  );
  http.get('/desk/imports/:id', { schema: { params: Id } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    return sendImport({ request, reply, pages }, request.params.id, {}, []);
  });
  http.post('/desk/imports/:id', { schema: { params: Id } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    return decide({ request, reply, pages }, request.params.id);
  });
  await http.register(async (files) => {
    await files.register(multipart, {
      limits: { files: 1, fields: 10, fieldSize: 1000, fieldNameSize: 100, parts: 11, fileSize: MOST_FILE_BYTES + 1 },
    });
    files.post('/desk/imports', { config: { takesFile: true } }, async (request, reply) => {
      if (!memberOf(request, reply, pages)) return reply;
      return receive({ request, reply, pages });
    });
  });
}

/** Of the multipart parser: more parts than the form has, or names that no form of ours gives. */
const ODD_FORM = /^FST_(?:PARTS_LIMIT|FILES_LIMIT|FIELDS_LIMIT|PROTO_VIOLATION|MP_PREMATURE_CLOSE)$/u;

async function receive(asked: Asked): Promise<FastifyReply> {
  const { request, reply, pages } = asked;
  const { t } = frameOf(request, pages);
  // Whatever of the file is not read when it is refused must not be waited for.
  reply.header('Connection', 'close');
  const typed: Record<string, string> = {};
  const refuse = () => sendList(asked, typed, [{ field: 'file', message: t.imports.chooseFile }], 422);
  if (!request.isMultipart()) return refuse();
  try {
    // The file is the last part of the form.
    for await (const part of request.parts()) {
      if (part.type === 'file') return await receivePart(asked, typed, part);
      if (FOR_ALL.includes(part.fieldname)) typed[part.fieldname] = String(part.value);
    }
  } catch (error) {
    if (!ODD_FORM.test((error as { code?: string }).code ?? '')) throw error;
  }
  return refuse();
}

async function receivePart(asked: Asked, typed: Typed, part: MultipartFile): Promise<FastifyReply> {
  const { request, reply, pages } = asked;
  const frame = frameOf(request, pages);
  const t = frame.t.imports;
  const refuse = (message: string) => sendList(asked, typed, [{ field: 'file', message }], 422);
  if (!part.filename) return refuse(t.chooseFile);
  const format = FORMATS[part.filename.toLowerCase().split('.').at(-1) ?? ''];
  if (!format) return refuse(t.kind(part.filename.slice(0, 100)));
  const given = (name: string) => typed[name] || null;
  const sent = parseShape(SentFile, {
    format,
    fileName: part.filename.slice(-200),
    category: given('category'),
    signer: given('signer'),
    capacity: given('capacity'),
  });
  if (!sent.ok) return sendList(asked, typed, messagesOf(asked, sent.problem), 422);
  try {
    const context = contextWithKey(pages.settings.database, request, null);
    const { id } = await receiveFile(context, sent.value, new IncomingFile(part.file).bytes(), null);
    return reply.redirect(link(frame, `/desk/imports/${id}`), 303);
  } catch (error) {
    if (!(error instanceof Refusal) || error.faults.length === 0 || error.code === 'forbidden') throw error;
    return sendList(asked, typed, messagesOf(asked, error.faults), error.code === 'too-many' ? 429 : 422);
  }
}

/** Faults of the file itself stand at the file. */
function messagesOf({ request, pages }: Asked, faults: readonly Fault[]): readonly Message[] {
  const frame = frameOf(request, pages);
  return faults.map(({ at, found, expected, remedy }) => ({
    field: FOR_ALL.find((name) => at === `/${name}`) ?? 'file',
    message: `${found ? `${frame.t.imports.found} ${found} · ` : ''}${frame.t.imports.expected} ${words(frame, expected)} · ${words(frame, remedy)}`,
  }));
}

async function sendList(
  { request, reply, pages }: Asked,
  typed: Typed,
  messages: readonly Message[],
  status = 200,
): Promise<FastifyReply> {
  const { database } = pages.settings;
  const [imports, categories] = await Promise.all([
    listImports(contextWithKey(database, request, null)),
    listCategories(database),
  ]);
  const page = ImportsPage({ frame: frameOf(request, pages), imports, categories, typed, messages });
  return sendPrivatePage(reply, page, status);
}

async function sendImport(
  { request, reply, pages }: Asked,
  id: string,
  typed: Typed,
  messages: readonly Message[],
  status = 200,
): Promise<FastifyReply> {
  const context = contextWithKey(pages.settings.database, request, null);
  const frame = frameOf(request, pages);
  const { given, groups, waiting } = await readImport(context, id);
  const token = (request.query as Record<string, unknown>)['page'];
  const after = readPlace(readPageToken(typeof token === 'string' ? token : undefined));
  const { faults, next } = await readFaults(context, id, after, FAULTS_A_PAGE);
  const page = ImportPage({
    frame,
    given,
    groups,
    waiting,
    faults,
    next: next
      ? link(frame, withQuery(`/desk/imports/${id}`, { page: writePageToken(`${next.run}.${next.row}.${next.n}`) }))
      : null,
    mayDecide: may(request.actor, 'import.decide').allowed,
    idempotencyKey: randomUUID(),
    typed,
    messages,
  });
  return sendPrivatePage(reply, page, status);
}

async function decide(asked: Asked, id: string): Promise<FastifyReply> {
  const { request, reply, pages } = asked;
  const frame = frameOf(request, pages);
  const t = frame.t.imports;
  const fields = (request.body ?? {}) as Readonly<Record<string, string>>;
  const { action = '', agree, rows, codes = '', person = '', reason = '', key = '' } = fields;
  const { database } = pages.settings;
  if (action === 'cancel') {
    await cancelImport(contextWithKey(database, request, null), id);
    return reply.redirect(link(frame, '/desk/imports'), 303);
  }
  const waive = action === 'waive' ? { codes: codes.split(' ').filter(Boolean), person, reason } : null;
  const decision = parseShape(ImportDecision, { rows: Number(rows), ...(waive ? { waive } : {}) });
  const messages = [
    ...(waive && person.trim() === '' ? [{ field: 'person', message: `${frame.t.form.please}${t.person}` }] : []),
    ...(waive && reason.trim() === '' ? [{ field: 'reason', message: `${frame.t.form.please}${t.reason}` }] : []),
    ...(agree === 'yes' ? [] : [{ field: `agree-${action}`, message: t.tick }]),
  ];
  if (messages.length > 0 || !decision.ok) return sendImport(asked, id, fields, messages, 422);
  const isKey = /^[0-9a-f-]{36}$/u.test(key);
  await decideImport(contextWithKey(database, request, isKey ? `${key}.${action}` : null), id, decision.value);
  return reply.redirect(link(frame, `/desk/imports/${id}`), 303);
}
