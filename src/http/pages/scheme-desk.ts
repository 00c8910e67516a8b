import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { valueAt } from '../../domain/schemes/cells.ts';
import { gradedTables } from '../../domain/schemes/graded-tables.ts';
import { isLoose } from '../../domain/schemes/draft.ts';
import { parseShape } from '../../domain/shape.ts';
import { authorise, type ServiceContext } from '../../services/context.ts';
import { bringIntoForce } from '../../services/schemes/bring-into-force.ts';
import { createSchemeDraft, listSchemeDrafts, type SchemeDraft } from '../../services/schemes/drafts.ts';
import { listSchemes, readScheme } from '../../services/schemes/read-scheme.ts';
import { retireScheme, StageReason } from '../../services/schemes/retire-scheme.ts';
import { returnToDraft } from '../../services/schemes/return-to-draft.ts';
import { link } from '../../views/frame.ts';
import { DeskSchemesPage } from '../../views/schemes/desk-schemes-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';
import { shownScheme } from './schemes.ts';

const SchemeId = z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1).max(9999) });

/** Where a body makes its schemes: drafts and ways to begin one, and the acts on its proposed versions. */
export function schemeDeskPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/desk/schemes', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const { proposed } = request.query as { readonly proposed?: unknown };
    const [code, until] = typeof proposed === 'string' ? proposed.split('.') : [];
    return sendSchemes(desk, code && until ? { notice: desk.frame.t.schemeDesk.proposed(code, until) } : {});
  });
  http.post('/desk/schemes', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { action, template } = typedIn(request);
    const table = action === 'template' ? gradedTables().find(({ id }) => id === template) : undefined;
    if (action === 'template' && !table) {
      const frame = frameOf(request, pages);
      const messages = [{ field: 'template', message: frame.t.schemeDesk.fromTemplate }];
      return sendSchemes({ request, reply, member, frame }, { messages, status: 422 });
    }
    // A body's scheme has a code of its own.
    const fromTable = table ? { ...table.scheme, code: '' } : null;
    return begin(request, reply, fromTable ?? { version: 1, indicators: [{ levels: [{}] }] });
  });
  http.post('/desk/schemes/:code/:version', { schema: { params: SchemeId } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const { code, version } = request.params;
    const typed = typedIn(request);
    if (typed['action'] === 'next') {
      const { document } = await readScheme(database, code, version);
      return begin(request, reply, { ...(JSON.parse(document) as object), version: version + 1 });
    }
    const field = `reason-${code}-${version}`;
    return act(desk, {}, [], field, sendSchemes, async () => {
      const t = desk.frame.t.schemeDesk;
      const context = contextWithKey(database, request, null);
      if (typed['action'] === 'bring-into-force')
        return t.inForce(code, (await bringIntoForce(context, code, version)).inForceFrom);
      const input = parseShape(StageReason, { reason: typed[field] ?? '' });
      if (!input.ok) return input.problem;
      if (typed['action'] === 'retire') {
        await retireScheme(context, code, version, input.value);
        return t.retired(code);
      }
      await returnToDraft(context, code, version, input.value);
      return t.returned(code);
    });
  });

  async function begin(request: FastifyRequest, reply: FastifyReply, content: object): Promise<FastifyReply> {
    const { id } = await createSchemeDraft(contextWithKey(database, request, null), content);
    return reply.redirect(link(frameOf(request, pages), `/desk/schemes/drafts/${id}`), 303);
  }

  async function sendSchemes(desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
    return sendDeskSchemes(pages, desk, shown);
  }
}

/** The page of drafts and schemes, with what a form on it came to. */
export async function sendDeskSchemes(pages: Pages, desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
  const { request, reply, frame, member } = desk;
  const { database } = pages.settings;
  const context: ServiceContext = contextWithKey(database, request, null);
  authorise(context, 'scheme-draft.read');
  const own = (await listSchemes(database)).filter(({ bodyCode }) => bodyCode === member.organisation.creditCode);
  const { messages, notice } = filled(shown);
  const page = DeskSchemesPage({
    frame,
    at: atDesk(member),
    drafts: (await listSchemeDrafts(context)).map(shownDraft),
    schemes: own.map(shownScheme),
    tables: gradedTables(),
    messages,
    notice,
  });
  return sendPrivatePage(reply, page, shown.status ?? 200);
}

function shownDraft({ id, revision, savedAt, content }: SchemeDraft) {
  const said = isLoose(content) ? [valueAt(content, 'title/zh'), valueAt(content, 'code')] : [];
  return {
    id,
    revision,
    savedAt: new Date(savedAt),
    title: said.filter((one) => typeof one === 'string' && one !== '').join(' · '),
  };
}
