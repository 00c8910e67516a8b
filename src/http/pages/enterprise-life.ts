import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EnterpriseChange, receiverOf } from '../../domain/enterprises/change.ts';
import { parseShape } from '../../domain/shape.ts';
import {
  acceptEnterpriseChange,
  listEnterpriseChanges,
  requestEnterpriseChange,
} from '../../services/organisations/change-enterprise.ts';
import {
  decideEnterpriseChange,
  EnterpriseChangeDecision,
} from '../../services/organisations/decide-enterprise-change.ts';
import { grantMandate, listMandates, NewMandate, revokeMandate } from '../../services/organisations/mandates.ts';
import { ChangesPage, type ShownChange } from '../../views/people/changes-page.tsx';
import { MandatesPage } from '../../views/people/mandates-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const MANDATE_FIELDS = ['agent', 'scope', 'validFrom', 'validTo', 'evidenceSha256'];
const CHANGE_FIELDS = ['kind', 'effectiveOn', 'evidenceSha256', 'statement', 'declarations'];

/** Agents of an enterprise, and the changes of its life. */
export function enterpriseLifePages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const Id = z.object({ id: z.uuid() });
  http.get('/desk/mandates', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendMandates({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/mandates', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, MANDATE_FIELDS, 'agent', sendMandates, async () => {
      const input = parseShape(NewMandate, typed);
      if (!input.ok) return input.problem;
      await grantMandate(contextWithKey(database, request, null), input.value);
      return desk.frame.t.mandates.given;
    });
  });
  http.post('/desk/mandates/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    return act(desk, {}, [], 'agent', sendMandates, async () => {
      await revokeMandate(contextWithKey(database, request, null), request.params.id);
      return desk.frame.t.mandates.ended;
    });
  });
  http.get('/desk/changes', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendChanges({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/changes', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, CHANGE_FIELDS, 'value', sendChanges, async () => {
      const input = parseShape(EnterpriseChange, changeOf(typed));
      if (!input.ok) return input.problem;
      await requestEnterpriseChange(contextWithKey(database, request, null), input.value);
      return desk.frame.t.changes.asked;
    });
  });
  http.post('/desk/changes/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { id } = request.params;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const reason = `reason-${id}`;
    return act(desk, {}, [], reason, sendChanges, async () => {
      const context = contextWithKey(database, request, null);
      if (typed['action'] === 'accept') {
        await acceptEnterpriseChange(context, id);
        return desk.frame.t.changes.accepted;
      }
      const input = parseShape(EnterpriseChangeDecision, { decision: typed['action'], reason: typed[reason] });
      if (!input.ok) return input.problem;
      await decideEnterpriseChange(context, id, input.value);
      return desk.frame.t.changes.decided;
    });
  });

  async function sendMandates({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const mandates = await listMandates(contextWithKey(database, request, null));
    const page = MandatesPage({ frame, at: atDesk(member), mandates, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }

  async function sendChanges({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const changes = await listEnterpriseChanges(contextWithKey(database, request, null));
    const page = ChangesPage({ frame, at: atDesk(member), changes: changes.map(shownChange), ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

/** One box holds the new name, the new code or the other's code: which, the kind says. */
function changeOf(typed: Typed): unknown {
  const { kind = '', value = '', effectiveOn, evidenceSha256, statement } = typed;
  const declarations = (typed['declarations'] ?? '').split(/\s+/u).filter((line) => line !== '');
  const by: Readonly<Record<string, object>> = {
    renamed: { name: value },
    recoded: { creditCode: value },
    merged: { into: value },
    split: { to: value, declarations },
    transferred: { to: value, declarations },
    deregistered: {},
  };
  return { change: { kind, ...by[kind] }, effectiveOn, evidenceSha256, statement };
}

function shownChange(change: Awaited<ReturnType<typeof listEnterpriseChanges>>[number]): ShownChange {
  const { change: asked, ...rest } = change;
  const given = { change: asked, effectiveOn: rest.effectiveOn, evidenceSha256: '', statement: rest.statement };
  const own = asked.kind === 'renamed' ? asked.name : asked.kind === 'recoded' ? asked.creditCode : '';
  return {
    ...rest,
    kind: asked.kind,
    value: receiverOf(given) ?? own,
    declarations: 'declarations' in asked ? asked.declarations : [],
  };
}
