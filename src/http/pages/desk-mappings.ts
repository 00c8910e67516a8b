import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseShape } from '../../domain/shape.ts';
import { decideMapping, MappingDecision } from '../../services/mappings/decide-mapping.ts';
import { readMappingQueue } from '../../services/mappings/read-mappings.ts';
import { MappingUndoing, undoMapping } from '../../services/mappings/undo-mapping.ts';
import { MappingPage } from '../../views/mappings/mapping-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const params = z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1) });

/** The queue of declared names that a scheme does not know, decided by form; several at once, with one reason. */
export function deskMappingPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const contextFor = ({ request }: DeskRequest) => contextWithKey(database, request, null);
  http.get('/desk/mapping/:code/:version', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendQueue({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/mapping/:code/:version', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const names = chosen(typed);
    if (names.length === 0 || (typed['as'] ?? '') === '') {
      const messages = [{ field: 'as', message: desk.frame.t.mapping.pickName }];
      return sendQueue(desk, { typed, messages, status: 422 });
    }
    return act(desk, typed, ['as', 'reason'], 'as', sendQueue, async () => {
      const { code: scheme, version } = request.params;
      const as = typed['as'] === '-' ? null : typed['as'];
      const input = parseShape(MappingDecision, { scheme, version, names, as, reason: typed['reason'] });
      if (!input.ok) return input.problem;
      await decideMapping(contextFor(desk), input.value);
      return desk.frame.t.mapping.decided;
    });
  });
  http.post('/desk/mapping/:code/:version/undo', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const { mapping = '', reason } = typedIn(request);
    return act(desk, {}, [], `undo-${mapping}`, sendQueue, async () => {
      const input = parseShape(MappingUndoing, { reason });
      if (!input.ok) return input.problem;
      await undoMapping(contextFor(desk), mapping, input.value);
      return desk.frame.t.mapping.undone;
    });
  });

  async function sendQueue(desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const { request, reply, frame, member } = desk;
    const { code, version } = request.params as z.infer<typeof params>;
    const { scheme, run, names, history } = await readMappingQueue(contextFor(desk), code, version);
    const page = MappingPage({
      frame,
      at: atDesk(member),
      scheme,
      run: run?.id ?? null,
      names,
      history: history.map(({ mapping, by }) => ({ ...mapping, by })),
      ...filled(shown),
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

/** The ticked names, each with how many declarations had it when the page was made. */
function chosen(typed: Typed): readonly { readonly name: string; readonly declarations: number }[] {
  return Object.keys(typed).flatMap((field) => {
    const i = /^name-(?<i>\d+)$/u.exec(field)?.groups?.['i'];
    return i === undefined ? [] : [{ name: typed[field] ?? '', declarations: Number(typed[`count-${i}`] ?? 0) }];
  });
}
