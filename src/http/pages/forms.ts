import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readDraftNote } from '../../domain/declarations/draft.ts';
import { authorise } from '../../services/context.ts';
import { discardDraft, type Draft } from '../../services/declarations/drafts.ts';
import { listCategories, readDeclaration } from '../../services/declarations/read-declaration.ts';
import type { FieldMessage } from '../../views/declarations/form-faults.ts';
import {
  changeRows,
  type DeclarationForm,
  type FormFields,
  formOf,
  mergeForm,
  readForm,
  type RowList,
} from '../../views/declarations/form-fields.ts';
import { taskAddress } from '../../views/declarations/form-props.ts';
import { IndicatorsTask } from '../../views/declarations/indicators-task.tsx';
import { ProductsTask } from '../../views/declarations/products-task.tsx';
import { StandardTask } from '../../views/declarations/standard-task.tsx';
import { TaskListPage } from '../../views/declarations/task-list-page.tsx';
import { taskOf, taskStates } from '../../views/declarations/task-states.ts';
import { link } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { memberOf } from './desk.ts';
import {
  type Asked,
  contextFor,
  faultsOfDraft,
  frameFor,
  keepPart,
  messagesOf,
  baseOf,
  openDraft,
  readBefore,
  sendConflict,
  sendSaved,
} from './drafting.ts';
import { type Pages, sendPrivatePage } from './frame.ts';

const DraftId = z.object({ draftId: z.uuid() });
const TYPED = ['standard', 'products', 'indicators'] as const;
type TypedTask = (typeof TYPED)[number];
const TaskOfDraft = DraftId.extend({ task: z.enum(TYPED) });

/** The task list of a draft, and the tasks that are typed; every button is a plain submit. */
export function formPages(http: Http, pages: Pages): void {
  http.get('/desk/decl/:draftId', { schema: { params: DraftId } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    return sendList({ request, reply, pages }, request.params.draftId);
  });
  http.post('/desk/decl/:draftId', { schema: { params: DraftId } }, async (request, reply) => {
    const asked = { request, reply, pages };
    authorise(contextFor(asked), 'draft.discard');
    const { action, revision } = (request.body ?? {}) as FormFields;
    const { draftId } = request.params;
    if (action === 'discard') await discardDraft(contextFor(asked), draftId, Number(revision) || 0);
    return reply.redirect(link(frameFor(asked), action === 'discard' ? '/desk' : `/desk/decl/${draftId}`), 303);
  });
  http.get('/desk/decl/:draftId/:task', { schema: { params: TaskOfDraft } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const asked = { request, reply, pages };
    const { draftId, task } = request.params;
    const draft = await openDraft(asked, draftId);
    const wantsFaults = Object.hasOwn(request.query as object, 'check');
    return sendTask(asked, task, draft, { messages: wantsFaults ? await messagesOfTask(asked, task, draft) : [] });
  });
  http.post('/desk/decl/:draftId/:task', { schema: { params: TaskOfDraft } }, async (request, reply) => {
    const asked = { request, reply, pages };
    authorise(contextFor(asked), 'draft.save');
    const { draftId, task } = request.params;
    return post(asked, task, await openDraft(asked, draftId), (request.body ?? {}) as FormFields);
  });
}

async function sendList(asked: Asked, draftId: string): Promise<FastifyReply> {
  const draft = await openDraft(asked, draftId);
  const { note } = readDraftNote(draft.content);
  const changed = note.change ? await readDeclaration(asked.pages.settings.database, note.change.id) : null;
  const { fields } = formOf(draft.content, ['standard']);
  const frame = frameFor(asked);
  const page = TaskListPage({
    frame,
    draft: { ...draft, savedAt: new Date(draft.savedAt) },
    number: fields['/standard/number'] ?? '',
    name: fields['/standard/name'] ?? '',
    change: note.change && changed ? { ...note.change, number: changed.declaration.document.number.canonical } : null,
    states: taskStates(draft.content, await faultsOfDraft(asked, draft)),
    notice: Object.hasOwn(asked.request.query as object, 'saved') ? frame.t.tasks.saved : null,
  });
  return sendPrivatePage(asked.reply, page);
}

async function post(asked: Asked, task: TypedTask, draft: Draft, fields: FormFields): Promise<FastifyReply> {
  const before = readBefore(fields);
  const action = actionOf(fields);
  const form = readForm(fields, [task]);
  const read = { ...draft, revision: before.revision };
  const change = changeRows(form, fields, action);
  if (change)
    return sendTask(asked, task, read, {
      form: change.form,
      base: before.base,
      opened: change.added ? change.list : null,
    });
  if (action === 'find')
    return sendTask(asked, task, read, { form, base: before.base, find: String(fields['find'] ?? '').trim() });
  const kept = await keepPart(asked, draft, before, mergeForm(draft.content, form), task);
  if (action === 'autosave') return sendSaved(asked, task, kept);
  if ('newer' in kept) return sendConflict(asked, task, { form, revision: before.revision }, kept.newer);
  const messages = action === 'done' ? await messagesOfTask(asked, task, kept.draft) : [];
  if (messages.length > 0) return sendTask(asked, task, kept.draft, { messages, status: 422 });
  return asked.reply.redirect(`${taskAddress(frameFor(asked), draft.id)}?saved`, 303);
}

/** Enter in the field that searches categories searches; anywhere else it saves. */
function actionOf({ action, find }: FormFields): string {
  if (action !== 'enter') return String(action ?? 'save');
  return typeof find === 'string' && find.trim() !== '' ? 'find' : 'save';
}

async function messagesOfTask(asked: Asked, task: TypedTask, draft: Draft): Promise<readonly FieldMessage[]> {
  const faults = (await faultsOfDraft(asked, draft)).filter(({ at }) => taskOf(at) === task);
  return messagesOf(frameFor(asked), faults);
}

interface Shown {
  /** As typed; else as the draft holds it. */
  readonly form?: DeclarationForm;
  readonly messages?: readonly FieldMessage[];
  readonly opened?: RowList | null;
  /** Of the page that was posted. */
  readonly base?: string;
  readonly status?: number;
  /** What to look for among the classes of industries. */
  readonly find?: string;
}

async function sendTask(asked: Asked, task: TypedTask, draft: Draft, shown: Shown): Promise<FastifyReply> {
  const form = shown.form ?? formOf(draft.content, [task]);
  const props = {
    frame: frameFor(asked),
    draft,
    task,
    form,
    messages: shown.messages ?? [],
    notice: null,
    base: shown.base ?? baseOf(draft, task),
    idempotencyKey: randomUUID(),
    opened: shown.opened ?? null,
  };
  const page =
    task === 'standard'
      ? StandardTask({ ...props, isChange: readDraftNote(draft.content).note.change !== undefined })
      : task === 'indicators'
        ? IndicatorsTask(props)
        : ProductsTask({ ...props, ...(await categoriesFor(asked, form, shown.find)) });
  return sendPrivatePage(asked.reply, page, shown.status ?? 200);
}

/** Product categories, the classes that were searched for, and the one that the draft names. */
async function categoriesFor({ pages }: Asked, form: DeclarationForm, find: string | undefined) {
  const { database } = pages.settings;
  const chosen = form.fields['/category'] ?? '';
  const typed = find?.slice(0, 60) ?? '';
  const [products, found, named] = await Promise.all([
    listCategories(database),
    typed === '' ? [] : listCategories(database, typed),
    chosen === '' ? [] : listCategories(database, chosen),
  ]);
  const known = new Map(
    [...products, ...found, ...named.filter(({ code }) => code === chosen)].map((one) => [one.code, one]),
  );
  const unknown = chosen !== '' && !known.has(chosen) ? [{ code: chosen, nameZh: '', nameEn: null }] : [];
  return {
    categories: [...known.values(), ...unknown],
    searched: typed === '' ? null : { typed, found: found.length },
  };
}
