import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../../domain/bytes.ts';
import { CATEGORY, DeclarationContent } from '../../domain/declarations/content.ts';
import { type DraftNote, readDraftNote } from '../../domain/declarations/draft.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import type { ServiceContext } from '../../services/context.ts';
import { checkOnly } from '../../services/declarations/check-content.ts';
import { type Draft, readDraft, saveDraft } from '../../services/declarations/drafts.ts';
import { Refusal } from '../../services/refusal.ts';
import { asContent } from '../../views/declarations/check-form.ts';
import { ConflictPage, differences } from '../../views/declarations/conflict-page.tsx';
import { type FieldMessage, fieldMessages } from '../../views/declarations/form-faults.ts';
import {
  type DeclarationForm,
  fieldsOf,
  type FormFields,
  formOf,
  type Task,
} from '../../views/declarations/form-fields.ts';
import { faultWords, formLabels } from '../../views/declarations/form-labels.ts';
import { type Frame } from '../../views/frame.ts';
import { contextWithKey } from '../context.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

/** What the pages of a draft share: the draft, what the register says of it, and keeping what was typed. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly pages: Pages;
}

export function frameFor({ request, pages }: Asked): Frame {
  return frameOf(request, pages);
}

export function contextFor({ request, pages }: Asked): ServiceContext {
  return contextWithKey(pages.settings.database, request, null);
}

export function openDraft(asked: Asked, draftId: string): Promise<Draft> {
  return readDraft(contextFor(asked), draftId);
}

/**
 * The key of the page and what it sends together: the same form sent twice is one act, and the same page sent again with
 * other content, after going back, is another.
 */
export function keyedContext({ request, pages }: Asked, fields: FormFields): ServiceContext {
  const page = String(fields['key'] ?? '');
  const isKey = /^[0-9a-f-]{36}$/u.test(page);
  const key = isKey ? `${page}.${sha256Hex(JSON.stringify(fields)).slice(0, 32)}` : null;
  return contextWithKey(pages.settings.database, request, key);
}

/** What a draft would declare: read by the API's own schema, or its faults. */
export function readContent(draft: Pick<Draft, 'content'>) {
  const { content, note } = readDraftNote(draft.content);
  return { read: parseShape(DeclarationContent, content), note };
}

/**
 * Everything that is wrong with a draft that may be half written: what is missing by the API's schema, and by the rules and
 * the register what is wrong with the rest. Findings in what the schema named already are not told twice.
 */
export async function faultsOfDraft(
  asked: Asked,
  { content: stored }: Pick<Draft, 'content'>,
): Promise<readonly Fault[]> {
  const { content, note } = readDraftNote(stored);
  const given = { ...content, standard: content['standard'] ?? {}, products: orOneEmpty(content['products']) };
  const shape = parseShape(DeclarationContent, given);
  const named = shape.ok ? [] : shape.problem;
  const lenient = lenientContent(stored);
  const { findings } = await checkOnly(contextFor(asked), lenient, note.change?.id ?? null);
  const places = new Set(named.map(({ at }) => at));
  const rest = findings.filter(({ at, answered }) => !answered && !places.has(at));
  return [...named, ...rest.filter(({ severity }) => severity === 'refuse'), ...reasonMissing(note)];
}

/** Nothing typed about products is one product with everything missing: that is what has to be said. */
function orOneEmpty(products: unknown): unknown {
  return Array.isArray(products) && products.length > 0 ? products : [{}];
}

/** A draft as the rules want it; what does not fit is left out, and a category that cannot be one is none. */
export function lenientContent(stored: unknown): DeclarationContent {
  const { content } = readDraftNote(stored);
  const text = DeclarationContent.shape.text.safeParse(content['text']);
  const lenient = asContent(formOf(stored), text.success ? text.data : null);
  return { ...lenient, category: CATEGORY.test(lenient.category) ? lenient.category : '' };
}

/** A correction says in public why. */
export function reasonMissing({ change }: DraftNote): readonly Fault[] {
  if (change?.event !== 'corrected' || change.reason) return [];
  const said = { zh: '变更原因', en: 'the reason of the change' };
  return [{ at: '/draft/change/reason', code: 'field.missing', found: null, expected: said, remedy: said }];
}

export function messagesOf(frame: Frame, faults: readonly Fault[]): readonly FieldMessage[] {
  return fieldMessages(faults, formLabels(frame.t), faultWords(frame.t), frame.lang);
}

/** What became of keeping a part: saved (or the same as before), or refused because someone saved in between. */
export type Kept = { readonly draft: Draft } | { readonly newer: Draft };

/** What a page read of a draft before it was written in. */
export interface ReadBefore {
  readonly revision: number;
  /** Of the part, as `baseOf` names it. */
  readonly base: string;
}

export function readBefore(fields: FormFields): ReadBefore {
  return { revision: Number(fields['revision']) || 0, base: String(fields['base'] ?? '') };
}

/** Names what a draft holds of one part. */
export function baseOf(draft: Pick<Draft, 'content'>, task: Task): string {
  return sha256Hex(JSON.stringify(fieldsOf(formOf(draft.content, [task])))).slice(0, 16);
}

/**
 * Keeps one part of a draft. A draft that changed since it was read is a conflict only where this part of it changed, and
 * differs from what was typed.
 */
export async function keepPart(
  asked: Asked,
  draft: Draft,
  { revision, base }: ReadBefore,
  merged: Readonly<Record<string, unknown>>,
  task: Task,
): Promise<Kept> {
  if (sameJson(merged, draft.content)) return { draft };
  if (draft.revision !== revision && baseOf(draft, task) !== base) {
    const isSame = differences(formOf(merged, [task]), formOf(draft.content, [task])).length === 0;
    return isSame ? { draft } : { newer: draft };
  }
  try {
    return { draft: await saveDraft(contextFor(asked), draft.id, draft.revision, merged) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'stale') throw error;
    return { newer: await openDraft(asked, draft.id) };
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Someone saved in between: both versions are shown, and nothing typed is lost (412). */
export function sendConflict(
  asked: Asked,
  task: Task,
  mine: { readonly form: DeclarationForm; readonly revision: number },
  newer: Draft,
): FastifyReply {
  const page = ConflictPage({
    frame: frameFor(asked),
    draftId: newer.id,
    task,
    mine,
    theirs: { form: formOf(newer.content, [task]), revision: newer.revision },
    idempotencyKey: randomUUID(),
  });
  return sendPrivatePage(asked.reply, page, 412);
}

/** The answer to a program that saves while someone types. */
export function sendSaved({ reply }: Asked, task: Task, kept: Kept): FastifyReply {
  if ('newer' in kept) return reply.code(412).send({ code: 'stale' });
  const { revision, savedAt } = kept.draft;
  return reply.send({ revision, base: baseOf(kept.draft, task), savedAt: new Date(savedAt).toISOString() });
}
