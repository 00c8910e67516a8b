import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseShape } from '../../domain/shape.ts';
import {
  createApiKey,
  type IssuedKey,
  listApiKeys,
  NewApiKey,
  revokeApiKey,
} from '../../services/organisations/api-keys.ts';
import { changeMemberRole, MemberRoleChange, removeMember } from '../../services/organisations/change-members.ts';
import { addMember, listMembers, NewMember } from '../../services/organisations/members.ts';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import { KeysPage } from '../../views/people/keys-page.tsx';
import { MembersPage } from '../../views/people/members-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { atDesk, type DeskRequest, messagesOf, refusalOf, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const MEMBER_FIELDS = ['displayName', 'loginName', 'password', 'role'];
const KEY_FIELDS = ['name', 'role', 'days'];

interface Shown {
  readonly typed?: Typed;
  readonly messages?: readonly SummaryLine[];
  readonly notice?: string;
  readonly made?: IssuedKey;
  readonly status?: number;
}

/** People and keys of the own organisation, for its admins. */
export function peoplePages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/desk/members', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendMembers({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/members', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const input = parseShape(NewMember, typed);
    if (!input.ok) return refuseMember(desk, typed, input.problem, 422);
    try {
      await addMember(contextWithKey(database, request, null), input.value);
      return await sendMembers(desk, { notice: desk.frame.t.members.added });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      return refuseMember(desk, typed, faults, status);
    }
  });
  http.post('/desk/members/:userId', { schema: { params: z.object({ userId: z.uuid() }) } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const context = contextWithKey(database, request, null);
    try {
      if (typed['action'] === 'remove') {
        await removeMember(context, request.params.userId);
        return await sendMembers(desk, { notice: desk.frame.t.members.removed });
      }
      const input = parseShape(MemberRoleChange, { role: typed['role'] });
      if (!input.ok) return await refuseMember(desk, {}, input.problem, 422);
      await changeMemberRole(context, request.params.userId, input.value);
      return await sendMembers(desk, { notice: desk.frame.t.members.changed });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      return refuseMember(desk, {}, faults, status);
    }
  });
  http.get('/desk/keys', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendKeys({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/keys', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const input = parseShape(NewApiKey, { name: typed['name'], role: typed['role'], days: Number(typed['days']) });
    const refuse = (faults: Parameters<typeof messagesOf>[1], status: number) =>
      sendKeys(desk, { typed, messages: messagesOf(desk.frame, faults, KEY_FIELDS, 'name'), status });
    if (!input.ok) return refuse(input.problem, 422);
    try {
      // The same page sent twice makes one key, and its text is shown by the first answer only.
      const made = await createApiKey(contextWithKey(database, request, typed['key'] || null), input.value);
      return await sendKeys(desk, { made });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      return refuse(faults, status);
    }
  });
  http.post('/desk/keys/:id', { schema: { params: z.object({ id: z.uuid() }) } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    try {
      await revokeApiKey(contextWithKey(database, request, null), request.params.id);
      return await sendKeys(desk, { notice: desk.frame.t.keys.gone });
    } catch (error) {
      const { faults, status } = refusalOf(error);
      return sendKeys(desk, { messages: messagesOf(desk.frame, faults, [], 'name'), status });
    }
  });

  async function refuseMember(
    desk: DeskRequest,
    typed: Typed,
    faults: Parameters<typeof messagesOf>[1],
    status: number,
  ): Promise<FastifyReply> {
    return sendMembers(desk, { typed, messages: messagesOf(desk.frame, faults, MEMBER_FIELDS, 'loginName'), status });
  }

  async function sendMembers({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const page = MembersPage({
      frame,
      at: atDesk(member),
      members: await listMembers(contextWithKey(database, request, null)),
      typed: shown.typed ?? {},
      messages: shown.messages ?? [],
      notice: shown.notice ?? null,
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }

  async function sendKeys({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const page = KeysPage({
      frame,
      at: atDesk(member),
      keys: await listApiKeys(contextWithKey(database, request, null)),
      made: shown.made ?? null,
      typed: shown.typed ?? {},
      messages: shown.messages ?? [],
      notice: shown.notice ?? null,
      idempotencyKey: randomUUID(),
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}
