import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ConflictStatement, INTEREST_KINDS } from '../../domain/bodies/conflict.ts';
import { BodyMeasure } from '../../domain/bodies/measure.ts';
import { parseShape } from '../../domain/shape.ts';
import { decideMeasure, MeasureDecision } from '../../services/bodies/decide-measure.ts';
import { listMeasures } from '../../services/bodies/list-measures.ts';
import { proposeMeasure } from '../../services/bodies/propose-measure.ts';
import { stateConflicts } from '../../services/bodies/state-conflicts.ts';
import {
  AccreditationDecision,
  AccreditationProposal,
  decideAccreditation,
  proposeAccreditation,
} from '../../services/organisations/accreditations.ts';
import { BodiesDeskPage } from '../../views/bodies/bodies-desk-page.tsx';
import { ConflictsPage } from '../../views/bodies/conflicts-page.tsx';
import type { Messages } from '../../views/i18n/zh.ts';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const MEASURE_FIELDS = ['kind', 'accreditation', 'outcome', 'reason', 'effectiveOn', 'correctBy'];
const ACCREDITATION_FIELDS = ['body', 'categoryPrefix', 'validFrom', 'validTo'];
const CONFLICT_FIELDS = ['categoryPrefix', 'validFrom', 'validTo', 'persons', 'interests'];

/** Accrediting, examining, suspending bodies: proposed and decided by form; and what a body states of its interests. */
export function bodyDeskPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const Id = z.object({ id: z.uuid() });
  http.get('/desk/bodies', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendBodies({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/bodies/accreditations', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, ACCREDITATION_FIELDS, 'body', sendBodies, async () => {
      const input = parseShape(AccreditationProposal, typed);
      if (!input.ok) return input.problem;
      await proposeAccreditation(contextWithKey(database, request, null), input.value);
      return desk.frame.t.bodyDesk.proposed;
    });
  });
  http.post('/desk/bodies/measures', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const { creditCode = '', ...typed } = typedIn(request);
    return act(desk, { creditCode, ...typed }, MEASURE_FIELDS, 'creditCode', sendBodies, async () => {
      const input = parseShape(BodyMeasure, withoutEmpty(typed));
      if (!input.ok) return input.problem;
      await proposeMeasure(contextWithKey(database, request, null), creditCode.trim(), input.value);
      return desk.frame.t.bodyDesk.proposed;
    });
  });
  http.post('/desk/bodies/accreditations/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    return act(desk, {}, [], `decide-${request.params.id}`, sendBodies, async () => {
      const input = parseShape(AccreditationDecision, { decision: typedIn(request)['decision'] });
      if (!input.ok) return input.problem;
      await decideAccreditation(contextWithKey(database, request, null), request.params.id, input.value);
      return desk.frame.t.bodyDesk.decided;
    });
  });
  http.post('/desk/bodies/measures/:id', { schema: { params: Id } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    return act(desk, {}, [], `decide-${request.params.id}`, sendBodies, async () => {
      const input = parseShape(MeasureDecision, { decision: typedIn(request)['decision'] });
      if (!input.ok) return input.problem;
      await decideMeasure(contextWithKey(database, request, null), request.params.id, input.value);
      return desk.frame.t.bodyDesk.decided;
    });
  });
  http.get('/desk/conflicts', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendConflicts({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/conflicts', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    if (typed['confirm'] !== 'yes') {
      const messages = [{ field: 'confirm', message: desk.frame.t.conflicts.tick }];
      return sendConflicts(desk, { typed, messages, status: 422 });
    }
    return act(desk, typed, CONFLICT_FIELDS, 'interests', sendConflicts, async () => {
      const input = parseShape(ConflictStatement, statementOf(typed, desk.frame.t));
      if (!input.ok) return input.problem;
      await stateConflicts(contextWithKey(database, request, null), input.value);
      return desk.frame.t.conflicts.done;
    });
  });

  async function sendBodies({ request, reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const listed = await listMeasures(contextWithKey(database, request, null));
    const page = BodiesDeskPage({ frame, at: atDesk(member), ...listed, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }

  async function sendConflicts({ reply, frame, member }: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const page = ConflictsPage({ frame, at: atDesk(member), ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

/** Fields that were left empty are fields that were not given. */
function withoutEmpty(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
}

/** One person a line, and one interest a line: code, kind in words of either language, note. */
function statementOf(typed: Typed, { conflicts }: Messages): unknown {
  const { categoryPrefix, validFrom, validTo, persons = '', interests = '' } = typed;
  const kinds = new Map(
    INTEREST_KINDS.flatMap((kind) => [
      [kind, kind],
      [conflicts.interestWords[kind], kind],
    ]),
  );
  return {
    categoryPrefix,
    validFrom,
    validTo,
    persons: linesOf(persons),
    interests: linesOf(interests).map((line) => {
      const [creditCode = '', kind = '', ...note] = line.split(/\s+/u);
      return { creditCode, kind: kinds.get(kind) ?? kind, note: note.join(' ') };
    }),
  };
}

function linesOf(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
