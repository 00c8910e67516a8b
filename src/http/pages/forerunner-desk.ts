import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DeclarationId, Removal, Renewal, RoundEnding, RoundRequest } from '../../domain/forerunners/input.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { confirmChecks } from '../../services/forerunners/confirm-checks.ts';
import { endRound } from '../../services/forerunners/end-round.ts';
import { listOwnRounds, readOwnRound } from '../../services/forerunners/list-own.ts';
import { openObjections } from '../../services/forerunners/open-objections.ts';
import { openRound } from '../../services/forerunners/open-round.ts';
import { publishForerunners } from '../../services/forerunners/publish-list.ts';
import { removeEntry } from '../../services/forerunners/remove-entry.ts';
import { renewEntries } from '../../services/forerunners/renew-entries.ts';
import { submitShortList } from '../../services/forerunners/submit-short-list.ts';
import { unknownRound } from '../../services/forerunners/load-round.ts';
import type { ServiceContext } from '../../services/context.ts';
import { ForerunnersDeskPage } from '../../views/forerunners/desk-page.tsx';
import { RoundDeskPage } from '../../views/forerunners/round-desk-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const LIST_FIELDS = ['board', 'confirmationDays', 'entry', 'cause', 'evidence', 'note'];
const Id = z.object({ id: z.string().max(30) });
const RENEW = 'renew-';

/** Rounds and lists at the desk: of the body, of enterprises, of the coordinating body, and for regulators to look at. */
export function forerunnerDeskPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/desk/forerunners', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendList({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  const onList = (path: string, work: (context: ServiceContext, typed: Typed) => Promise<readonly Fault[] | null>) =>
    http.post(path, async (request, reply) => {
      const member = memberOf(request, reply, pages);
      if (!member) return reply;
      const desk = { request, reply, member, frame: frameOf(request, pages) };
      const typed = typedIn(request);
      const t = desk.frame.t.forerunnerDesk;
      const done = path.endsWith('removals') ? t.removed : path.endsWith('renewals') ? t.renewed : t.opened;
      return act(desk, typed, LIST_FIELDS, 'board', sendList, async () => {
        return (await work(contextWithKey(database, request, null), typed)) ?? done;
      });
    });
  onList('/desk/forerunners', open);
  onList('/desk/forerunners/removals', remove);
  onList('/desk/forerunners/renewals', renew);
  http.get('/desk/forerunners/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member
      ? sendRound({ request, reply, member, frame: frameOf(request, pages) }, request.params.id, {})
      : reply;
  });
  http.post('/desk/forerunners/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { id } = request.params;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const send = (asked: DeskRequest, shown: Shown) => sendRound(asked, id, shown);
    return act(desk, typed, ['reason'], 'reason', send, async () => {
      return (await handle(contextWithKey(database, request, null), id, typed)) ?? desk.frame.t.forerunnerDesk.done;
    });
  });

  async function sendList({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const own = await listOwnRounds(contextWithKey(database, request, null));
    const page = ForerunnersDeskPage({ frame, at: atDesk(member), ...own, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }

  async function sendRound(
    { request, reply, frame, member }: DeskRequest,
    id: string,
    shown: Shown,
  ): Promise<FastifyReply> {
    const round = await readOwnRound(contextWithKey(database, request, null), id);
    const page = RoundDeskPage({ frame, at: atDesk(member), round, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

async function open(context: ServiceContext, { board = '', confirmationDays = '' }: Typed) {
  const [list, edition] = board.split('/');
  const input = parseShape(RoundRequest, {
    list,
    edition: Number(edition),
    confirmationDays: /^\d{1,2}$/u.test(confirmationDays) ? Number(confirmationDays) : confirmationDays,
  });
  if (!input.ok) return input.problem;
  await openRound(context, input.value);
  return null;
}

async function remove(context: ServiceContext, { entry = '', cause, evidence, note }: Typed) {
  const [list = '', declaration] = entry.split('/');
  const input = parseShape(Removal, { declaration, cause, evidence, note });
  if (!input.ok) return input.problem;
  await removeEntry(context, list, input.value);
  return null;
}

async function renew(context: ServiceContext, { list = '', ...typed }: Typed) {
  const declarations = Object.keys(typed).flatMap((name) => (name.startsWith(RENEW) ? [name.slice(RENEW.length)] : []));
  const input = parseShape(Renewal, {
    declarations: declarations.filter((one) => DeclarationId.safeParse(one).success),
  });
  if (!input.ok) return input.problem;
  await renewEntries(context, list, input.value);
  return null;
}

/** The act whose button was pressed; faults where its fields have the wrong shape. */
async function handle(context: ServiceContext, id: string, typed: Typed): Promise<readonly Fault[] | null> {
  switch (typed['act']) {
    case 'confirm-checks':
      await confirmChecks(context, id);
      return null;
    case 'short-list':
      await submitShortList(context, id);
      return null;
    case 'open-objections':
      await openObjections(context, id);
      return null;
    case 'publish':
      await publishForerunners(context, id);
      return null;
    case 'end': {
      const input = parseShape(RoundEnding, { reason: typed['reason'] ?? '' });
      if (!input.ok) return input.problem;
      await endRound(context, id, input.value);
      return null;
    }
    default:
      throw unknownRound(id);
  }
}
