import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { may, POLICY, ROLE_TEXT } from '../../domain/access/policy.ts';
import { commitmentOn } from '../../domain/declarations/commitment.ts';
import { readDraftNote, withoutField } from '../../domain/declarations/draft.ts';
import type { Fault } from '../../domain/fault.ts';
import { previewStanding } from '../../services/comparisons/preview-standing.ts';
import { authorise } from '../../services/context.ts';
import { checkOnly } from '../../services/declarations/check-content.ts';
import { discardDraft, type Draft } from '../../services/declarations/drafts.ts';
import { chineseDay } from '../../services/declarations/load-rules.ts';
import { listCategories } from '../../services/declarations/read-declaration.ts';
import type { Receipt } from '../../services/declarations/version.ts';
import { Refusal } from '../../services/refusal.ts';
import { answeredBefore } from '../../services/transact.ts';
import {
  changeRows,
  type DeclarationForm,
  type FormFields,
  formOf,
  mergeForm,
  readForm,
} from '../../views/declarations/form-fields.ts';
import { taskAddress } from '../../views/declarations/form-props.ts';
import { NewerPage } from '../../views/declarations/newer-page.tsx';
import { answersOf, type Found } from '../../views/declarations/submit-props.ts';
import { SubmitTask } from '../../views/declarations/submit-task.tsx';
import { type Frame, inBrackets, link, words } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { memberOf } from './desk.ts';
import {
  type Asked,
  contextFor,
  frameFor,
  keepPart,
  keyedContext,
  lenientContent,
  messagesOf,
  baseOf,
  openDraft,
  readBefore,
  readContent,
  reasonMissing,
  sendSaved,
} from './drafting.ts';
import { type Pages, sendPrivatePage } from './frame.ts';
import { publishDraft } from './publish-draft.ts';

const params = z.object({ draftId: z.uuid() });

/** Task 5: everything on one page; checking and publishing, with the answers that the API gives. */
export function submitPages(http: Http, pages: Pages): void {
  http.get('/desk/decl/:draftId/submit', { schema: { params } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const asked = { request, reply, pages };
    const draft = await openDraft(asked, request.params.draftId);
    return sendSubmit(asked, draft, { found: await findIn(asked, draft) });
  });
  http.post('/desk/decl/:draftId/submit', { schema: { params } }, async (request, reply) => {
    const asked = { request, reply, pages };
    const fields = (request.body ?? {}) as FormFields;
    authorise(contextFor(asked), fields['action'] === 'publish' ? 'declaration.publish' : 'draft.save');
    return post(asked, request.params.draftId, fields);
  });
}

async function post(asked: Asked, draftId: string, fields: FormFields): Promise<FastifyReply> {
  const action = String(fields['action'] ?? 'check');
  const draft = await openDraft(asked, draftId).catch((error: unknown) => error);
  if (draft instanceof Error) {
    // What was published needs no draft: the same form sent again is answered by the receipt that it had.
    const receipt = action === 'publish' ? await answeredBefore<Receipt>(keyedContext(asked, fields)) : null;
    if (receipt) return sendReceipt(asked, receipt);
    throw draft;
  }
  return answer(asked, draft as Draft, action, fields);
}

async function answer(asked: Asked, draft: Draft, action: string, fields: FormFields): Promise<FastifyReply> {
  const before = readBefore(fields);
  const { revision, base } = before;
  const form = readForm(fields, ['submit']);
  const change = changeRows(form, fields, action);
  if (change)
    return sendSubmit(asked, { ...draft, revision }, { found: await findIn(asked, draft), form: change.form, base });
  const typed = mergeForm(draft.content, form);
  const dropped = /^drop-(\/.*)$/u.exec(action)?.[1];
  const merged = dropped ? (withoutField(typed, dropped) as typeof typed) : typed;
  if (action === 'publish' && draft.revision === revision) {
    const published = await publishDraft(asked, { ...draft, content: merged }, fields);
    if (published.is === 'receipt') {
      await forget(asked, draft);
      return sendReceipt(asked, published.receipt);
    }
    if (published.is === 'newer')
      return sendPrivatePage(asked.reply, NewerPage({ frame: frameFor(asked), id: published.id }), 412);
    const kept = await keepPart(asked, draft, before, merged, 'submit');
    const current = 'newer' in kept ? kept.newer : kept.draft;
    return sendSubmit(asked, current, { form, found: published.found, isAsked: true, status: published.status });
  }
  const kept = await keepPart(asked, draft, before, merged, 'submit');
  if (action === 'autosave') return sendSaved(asked, 'submit', kept);
  // What is submitted is what was seen: a draft that changed meanwhile is shown anew, with what was typed here.
  if ('newer' in kept || action === 'publish') {
    const current = 'newer' in kept ? kept.newer : kept.draft;
    const notice = frameFor(asked).t.conflict.title;
    return sendSubmit(asked, current, { form, found: await findIn(asked, current), notice, status: 412 });
  }
  if (action === 'save') return asked.reply.redirect(`${taskAddress(frameFor(asked), draft.id)}?saved`, 303);
  const found = await findIn(asked, kept.draft);
  return sendSubmit(asked, kept.draft, { form, found, isAsked: true });
}

/** What the API answers to a check of the same content: the faults of its shape, or what is found. */
async function findIn(asked: Asked, draft: Pick<Draft, 'content'>): Promise<readonly Found[]> {
  const { read, note } = readContent(draft);
  if (!read.ok) return [...read.problem, ...reasonMissing(note)];
  const { findings } = await checkOnly(contextFor(asked), read.value, note.change?.id ?? null);
  return [...findings, ...reasonMissing(note)];
}

/** One that moved on meanwhile stays for whoever moved it. */
async function forget(asked: Asked, { id, revision }: Draft): Promise<void> {
  await discardDraft(contextFor(asked), id, revision).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

function sendReceipt(asked: Asked, receipt: Receipt): FastifyReply {
  return asked.reply.redirect(link(frameFor(asked), `/desk/receipt/${receipt.id}`), 303);
}

interface Shown {
  readonly form?: DeclarationForm;
  readonly found: readonly Found[];
  /** Whether it was asked for a check: then what stands in the way is a mistake, and nothing found is good news. */
  readonly isAsked?: boolean;
  readonly notice?: string;
  /** Of the page that was posted. */
  readonly base?: string;
  readonly status?: number;
}

async function sendSubmit(asked: Asked, draft: Draft, shown: Shown): Promise<FastifyReply> {
  const { found, isAsked = false } = shown;
  const frame = frameFor(asked);
  const form = shown.form ?? formOf(draft.content, ['submit']);
  const { note } = readDraftNote(draft.content);
  const open = found.filter((one) => one.answered !== true);
  const { actor } = asked.request;
  const page = SubmitTask({
    frame,
    draft,
    form,
    content: lenientContent(draft.content),
    category: await categoryOf(asked, frame, lenientContent(draft.content).category),
    isTextWithheld: note.text === 'withheld',
    isChange: note.change !== undefined,
    commitment: commitmentOn(chineseDay(new Date())),
    found,
    standings: await standingsOf(asked, draft),
    messages: isAsked ? messagesOf(frame, atTheirAnswers(form, found, open)) : [],
    notice: shown.notice ?? (isAsked && open.length === 0 ? frame.t.submit.passed : null),
    base: shown.base ?? baseOf(draft, 'submit'),
    idempotencyKey: randomUUID(),
    mayPublish: may(actor, 'declaration.publish').allowed,
    publishers: POLICY['declaration.publish'].roles
      .map((role) => words(frame, ROLE_TEXT[role]))
      .join(frame.t.site.comma),
  });
  return sendPrivatePage(asked.reply, page, shown.status ?? (isAsked && open.length > 0 ? 422 : 200));
}

/** Where it would stand, once its shape can be read; a draft that is half typed stands nowhere yet. */
async function standingsOf(asked: Asked, draft: Draft) {
  const { read } = readContent(draft);
  return read.ok ? previewStanding(contextFor(asked), read.value) : null;
}

async function categoryOf({ pages }: Asked, frame: Frame, code: string): Promise<string | null> {
  if (code === '') return null;
  const found = (await listCategories(pages.settings.database, code)).find((one) => one.code === code);
  return found ? inBrackets(frame, (frame.lang === 'en' && found.nameEn) || found.nameZh, code) : code;
}

/** What asks for an answer is told where the answer is typed. */
function atTheirAnswers(form: DeclarationForm, found: readonly Found[], open: readonly Found[]): readonly Fault[] {
  const inputs = (['statements', 'waivers'] as const).flatMap((list) => answersOf({ form, found }, list));
  return open.map((fault) => {
    const input = inputs.find(({ finding }) => finding === fault);
    return input ? { ...fault, at: `${input.at}/reason` } : fault;
  });
}
