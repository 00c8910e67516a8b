import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type CanonicalValue, canonicalJson } from '../../domain/canonical.ts';
import { checkDraft, isLoose } from '../../domain/schemes/draft.ts';
import type { Loose } from '../../domain/schemes/cells.ts';
import type { Fault } from '../../domain/fault.ts';
import { Refusal } from '../../services/refusal.ts';
import {
  discardSchemeDraft,
  readSchemeDraft,
  saveSchemeDraft,
  type SchemeDraft,
} from '../../services/schemes/drafts.ts';
import { previewDraft } from '../../services/schemes/preview-scheme.ts';
import { openObjectionPeriod } from '../../services/schemes/propose-scheme.ts';
import { link, withQuery } from '../../views/frame.ts';
import { renderDocument } from '../../views/render.ts';
import { changedRows, contentOfForm, fieldNames, nearestField } from '../../views/schemes/editor-form.ts';
import { EditorPage, PreviewSection } from '../../views/schemes/editor-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { atDesk, type DeskRequest, messagesOf, refusalOf, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

interface Shown {
  readonly faults?: readonly Fault[];
  readonly notice?: string;
  readonly opened?: string;
  readonly isStale?: boolean;
  readonly status?: number;
}

/** The form of a draft scheme: saved, checked, proposed and discarded by plain submits; previewed while it is typed. */
export function schemeEditorPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const schema = { params: z.object({ id: z.uuid() }) };
  http.get('/desk/schemes/drafts/:id', { schema }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const draft = await readSchemeDraft(contextWithKey(database, request, null), request.params.id);
    const { saved, opened } = request.query as { readonly saved?: unknown; readonly opened?: unknown };
    const notice = saved === undefined ? {} : { notice: desk.frame.t.schemeEditor.saved(String(draft.revision)) };
    return send(desk, draft, { ...notice, ...(typeof opened === 'string' ? { opened } : {}) });
  });
  http.post('/desk/schemes/drafts/:id', { schema }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const before = await readSchemeDraft(contextWithKey(database, request, null), request.params.id);
    const revision = Number(typed['revision']) || 0;
    const action = typed['action'] ?? 'save';
    if (action === 'discard') {
      await discardSchemeDraft(contextWithKey(database, request, null), before.id, revision);
      return reply.redirect(link(desk.frame, '/desk/schemes'), 303);
    }
    const content = changedRows(contentOfForm(typed, before.content), action);
    const draft = await keep(desk, before, revision, content);
    // What was typed is shown again, whatever became of it. Saving over a newer version is then a decision.
    if (draft === 'stale') return send(desk, { ...before, content }, { isStale: true, status: 412 });
    if ('refused' in draft) return send(desk, { ...before, revision, content }, { faults: draft.refused, status: 422 });
    if (action === 'check') return check(desk, draft);
    if (action === 'propose') return propose(desk, draft);
    const row = /^add (?<at>\S+)$/u.exec(action)?.groups?.['at'];
    const back = link(desk.frame, withQuery(`/desk/schemes/drafts/${draft.id}`, { saved: 1, opened: row }));
    const indicator = /^\/indicators\/(?<i>\d+)/u.exec(row ?? '')?.groups?.['i'];
    return reply.redirect(indicator === undefined ? back : `${back}#indicator-${indicator}`, 303);
  });
  http.post('/desk/schemes/drafts/:id/preview', { schema }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const content = contentOfForm(typedIn(request), {});
    const preview = await previewDraft(contextWithKey(database, request, null), content);
    return reply
      .type('text/html; charset=utf-8')
      .header('Cache-Control', 'no-store')
      .send(renderDocument(PreviewSection({ frame: frameOf(request, pages), preview })));
  });

  /** Keeps what was typed, unless somebody saved in between or it is too much. Nothing is written where nothing changed. */
  async function keep(
    { request }: DeskRequest,
    before: SchemeDraft,
    revision: number,
    content: Loose,
  ): Promise<SchemeDraft | 'stale' | { readonly refused: readonly Fault[] }> {
    if (canonicalJson(content as CanonicalValue) === canonicalJson(before.content as CanonicalValue)) return before;
    try {
      return await saveSchemeDraft(contextWithKey(database, request, null), before.id, revision, content);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'stale') return 'stale';
      if (error instanceof Refusal && error.code === 'invalid') return { refused: error.faults };
      throw error;
    }
  }

  async function check(desk: DeskRequest, draft: SchemeDraft): Promise<FastifyReply> {
    const { faults } = checkDraft(draft.content);
    if (faults.length > 0) return send(desk, draft, { faults, status: 422 });
    return send(desk, draft, { notice: desk.frame.t.schemeEditor.sound });
  }

  async function propose(desk: DeskRequest, draft: SchemeDraft): Promise<FastifyReply> {
    const { scheme, faults } = checkDraft(draft.content);
    if (!scheme || faults.length > 0) return send(desk, draft, { faults, status: 422 });
    const { request, reply, frame } = desk;
    try {
      const key = typedIn(request)['key'] || null;
      const done = await openObjectionPeriod(contextWithKey(database, request, key), scheme, draft);
      return reply.redirect(
        link(frame, withQuery('/desk/schemes', { proposed: `${done.code}.${done.objectionsUntil}` })),
        303,
      );
    } catch (error) {
      const refused = refusalOf(error);
      return send(desk, draft, refused);
    }
  }

  async function send(desk: DeskRequest, draft: SchemeDraft, shown: Shown): Promise<FastifyReply> {
    const { request, reply, frame, member } = desk;
    const content = isLoose(draft.content) ? draft.content : {};
    const names = fieldNames(content);
    const faults = (shown.faults ?? []).map((one) => ({ ...one, at: nearestField(one.at, names) }));
    const page = EditorPage({
      frame,
      at: atDesk(member),
      id: draft.id,
      revision: draft.revision,
      content,
      messages: messagesOf(frame, faults, [], '').map(({ message }, i) => ({ field: faults[i]?.at ?? '', message })),
      notice: shown.notice ?? null,
      isStale: shown.isStale ?? false,
      opened: shown.opened ?? null,
      preview: await previewDraft(contextWithKey(database, request, null), content),
      idempotencyKey: randomUUID(),
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}
