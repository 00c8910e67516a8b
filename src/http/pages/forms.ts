import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { commitmentOn } from '../../domain/declarations/commitment.ts';
import { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { authorise, type ServiceContext } from '../../services/context.ts';
import { createDraft, discardDraft, readDraft, saveDraft } from '../../services/declarations/drafts.ts';
import { chineseDay } from '../../services/declarations/load-rules.ts';
import { publishDeclaration } from '../../services/declarations/publish-declaration.ts';
import { listCategories } from '../../services/declarations/read-declaration.ts';
import { Refusal } from '../../services/refusal.ts';
import { ruleFaults } from '../../views/declarations/check-form.ts';
import { ConflictPage } from '../../views/declarations/conflict-page.tsx';
import { type FieldMessage, fieldMessages } from '../../views/declarations/form-faults.ts';
import {
  changeRows,
  contentOf,
  type DeclarationForm,
  EMPTY_FORM,
  type FormFields,
  formOf,
  readForm,
} from '../../views/declarations/form-fields.ts';
import { faultWords, formLabels } from '../../views/declarations/form-labels.ts';
import { DeclarationFormPage } from '../../views/declarations/form-page.tsx';
import type { FormProps } from '../../views/declarations/form-props.ts';
import { formatTime } from '../../views/format.ts';
import { type Frame, link } from '../../views/frame.ts';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const DraftId = z.object({ draftId: z.uuid() });

interface Posted {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly pages: Pages;
  readonly frame: Frame;
  readonly fields: FormFields;
  readonly form: DeclarationForm;
  readonly draft: FormProps['draft'];
}

/** The form of a declaration: check, save as a draft, publish; every button is a plain submit. */
export function formPages(http: Http, pages: Pages): void {
  http.get('/desk/decl/new', async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    authorise(contextWithKey(pages.settings.database, request, null), 'draft.save');
    return sendForm({ request, reply, pages }, { form: EMPTY_FORM, draft: null });
  });
  http.get('/desk/decl/:draftId', { schema: { params: DraftId } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const draft = await readDraft(contextWithKey(pages.settings.database, request, null), request.params.draftId);
    const isSaved = Object.hasOwn(request.query as object, 'saved');
    const notice = isSaved ? savedNotice(frameOf(request, pages), draft) : null;
    return sendForm({ request, reply, pages }, { form: formOf(draft.content), draft, notice });
  });
  http.post('/desk/decl/new', async (request, reply) => post(request, reply, pages, null));
  http.post('/desk/decl/:draftId', { schema: { params: DraftId } }, async (request, reply) =>
    post(request, reply, pages, request.params.draftId),
  );
}

async function post(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
  draftId: string | null,
): Promise<FastifyReply> {
  const fields = (request.body ?? {}) as FormFields;
  authorise(contextWithKey(pages.settings.database, request, null), 'draft.save');
  const draft = draftId === null ? null : { id: draftId, revision: Number(fields['revision']) || 0 };
  const posted: Posted = {
    request,
    reply,
    pages,
    frame: frameOf(request, pages),
    fields,
    form: readForm(fields),
    draft,
  };
  const action = String(fields['action'] ?? 'check');
  const change = changeRows(posted.form, fields, action);
  if (change) return sendForm(posted, { form: change.form, opened: change.added ? change.list : null });
  if (action === 'save') return save(posted);
  if (action === 'discard') return discard(posted);
  return action === 'publish' ? publish(posted) : check(posted);
}

function check(posted: Posted): Promise<FastifyReply> {
  const faults = faultsOf(posted.form);
  if (faults.length > 0) return sendForm(posted, { messages: messagesOf(posted, faults), status: 422 });
  return sendForm(posted, { notice: posted.frame.t.form.checked });
}

async function save(posted: Posted): Promise<FastifyReply> {
  const { form, draft, reply, frame } = posted;
  const content = contentOf(form);
  try {
    const saved = draft
      ? await saveDraft(keyed(posted, content), draft.id, draft.revision, content)
      : await createDraft(keyed(posted, content), content);
    return reply.redirect(link(frame, `/desk/decl/${saved.id}?saved`), 303);
  } catch (error) {
    if (draft && error instanceof Refusal && error.code === 'stale') return sendConflict(posted, draft);
    throw error;
  }
}

/** Someone saved in between: both versions are shown, and nothing typed is lost (412). */
async function sendConflict(
  posted: Posted,
  draft: { readonly id: string; readonly revision: number },
): Promise<FastifyReply> {
  const { request, reply, pages, frame, form } = posted;
  const current = await readDraft(contextWithKey(pages.settings.database, request, null), draft.id);
  const page = ConflictPage({
    frame,
    draftId: draft.id,
    mine: { form, revision: draft.revision },
    theirs: { form: formOf(current.content), revision: current.revision },
    idempotencyKey: randomUUID(),
  });
  return sendPrivatePage(reply, page, 412);
}

async function discard({ request, reply, pages, frame, draft }: Posted): Promise<FastifyReply> {
  if (draft) await discardDraft(contextWithKey(pages.settings.database, request, null), draft.id, draft.revision);
  return reply.redirect(link(frame, '/desk'), 303);
}

async function publish(posted: Posted): Promise<FastifyReply> {
  const { form, frame, reply, draft } = posted;
  const content = parseShape(DeclarationContent, contentOf(form));
  const messages = messagesOf(posted, faultsOf(form));
  if (messages.length > 0 || !content.ok) return sendForm(posted, { messages, status: 422 });
  try {
    const receipt = await publishDeclaration(keyed(posted, content.value), content.value);
    if (draft) await forgetDraft(posted, draft);
    return reply.redirect(link(frame, `/desk/receipt/${receipt.id}`), 303);
  } catch (error) {
    if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
    if (error.code !== 'conflict' && error.code !== 'invalid') throw error;
    const status = error.code === 'conflict' ? 409 : 422;
    return sendForm(posted, { messages: messagesOf(posted, error.faults), status });
  }
}

/** What was published needs no draft; one that moved on meanwhile stays for whoever moved it. */
async function forgetDraft(
  { request, pages }: Posted,
  draft: { readonly id: string; readonly revision: number },
): Promise<void> {
  const context = contextWithKey(pages.settings.database, request, null);
  await discardDraft(context, draft.id, draft.revision).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** The API's own schema, then the rules of the law: one rule, one place. */
function faultsOf(form: DeclarationForm): readonly Fault[] {
  const content = parseShape(DeclarationContent, contentOf(form));
  const shape = content.ok ? [] : content.problem;
  return [...shape, ...ruleFaults(form, new Date().toISOString().slice(0, 10), shape)];
}

/**
 * The key of the page and the content together: the same form sent twice is one act, and the same page sent again with
 * other content, after going back, is another.
 */
function keyed({ request, pages, fields }: Posted, content: unknown): ServiceContext {
  const page = String(fields['key'] ?? '');
  if (!/^[0-9a-f-]{36}$/u.test(page)) return contextWithKey(pages.settings.database, request, null);
  const asked = JSON.stringify([fields['action'], content]);
  const key = `${page}.${sha256Hex(asked).slice(0, 32)}`;
  return contextWithKey(pages.settings.database, request, key);
}

function messagesOf({ frame }: Posted, faults: readonly Fault[]): readonly FieldMessage[] {
  return fieldMessages(faults, formLabels(frame.t), faultWords(frame.t), frame.lang);
}

function savedNotice(
  frame: Frame,
  { revision, savedAt }: { readonly revision: number; readonly savedAt: Date },
): string {
  return frame.t.form.saved(revision, formatTime(new Date(savedAt)));
}

async function sendForm(
  posted: Pick<Posted, 'request' | 'reply' | 'pages'> & Partial<Posted>,
  given: Partial<Pick<FormProps, 'form' | 'draft' | 'messages' | 'notice' | 'opened'>> & { readonly status?: number },
): Promise<FastifyReply> {
  const { request, reply, pages } = posted;
  const page = DeclarationFormPage({
    frame: frameOf(request, pages),
    form: given.form ?? posted.form ?? EMPTY_FORM,
    categories: await listCategories(pages.settings.database),
    messages: given.messages ?? [],
    draft: given.draft ?? posted.draft ?? null,
    idempotencyKey: randomUUID(),
    commitment: commitmentOn(chineseDay(new Date())),
    notice: given.notice ?? null,
    opened: given.opened ?? null,
  });
  return sendPrivatePage(reply, page, given.status ?? 200);
}
