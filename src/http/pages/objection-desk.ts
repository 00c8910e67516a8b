import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  ObjectionAcceptance,
  ObjectionAnswer,
  ObjectionExecution,
  ObjectionReview,
  ObjectionRuling,
} from '../../domain/objections/input.ts';
import type { ObjectionAct } from '../../domain/objections/state.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { acceptObjection } from '../../services/objections/accept-objection.ts';
import { answerObjection } from '../../services/objections/answer-objection.ts';
import { decideObjection } from '../../services/objections/decide-objection.ts';
import { executeObjection } from '../../services/objections/execute-objection.ts';
import { listCases } from '../../services/objections/list-cases.ts';
import { unknownObjection } from '../../services/objections/load-case.ts';
import { readCase } from '../../services/objections/read-case.ts';
import { reviewObjection } from '../../services/objections/review-objection.ts';
import type { ServiceContext } from '../../services/context.ts';
import { Refusal } from '../../services/refusal.ts';
import { ObjectionDeskPage, ObjectionsDeskPage } from '../../views/objections/objections-desk-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const FIELDS = ['reason', 'answer', 'recommendation', 'reasons', 'decision', 'effect', 'remark'];
const Number = z.object({ number: z.string().max(30) });

/** Objections at the desk: of bodies and regulators, of the coordinating body, and of enterprises. */
export function objectionDeskPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/desk/objections', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const objections = await listCases(contextWithKey(database, request, null));
    const page = ObjectionsDeskPage({ frame: frameOf(request, pages), at: atDesk(member), objections, ...filled({}) });
    return sendPrivatePage(reply, page);
  });
  http.get('/desk/objections/:number', { schema: { params: Number } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    return sendCase({ request, reply, member, frame: frameOf(request, pages) }, request.params.number, {});
  });
  http.post('/desk/objections/:number', { schema: { params: Number } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { number } = request.params;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    const send = (asked: DeskRequest, shown: Shown) => sendCase(asked, number, shown);
    return act(desk, typed, FIELDS, 'reasons', send, async () => {
      const faults = await handle(contextWithKey(database, request, null), number, typed).catch(faultsOfBarred);
      return faults ?? desk.frame.t.objectionCase.done;
    });
  });

  async function sendCase(
    { request, reply, frame, member }: DeskRequest,
    number: string,
    shown: Shown,
  ): Promise<FastifyReply> {
    const context = contextWithKey(database, request, null);
    const objection = (await listCases(context)).find((one) => one.number === number);
    if (!objection) throw unknownObjection(number);
    const file = await readCase(context, number, null);
    const page = ObjectionDeskPage({ frame, at: atDesk(member), objection, file, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

/** Whoever has to keep away is told so beside what they wrote. */
function faultsOfBarred(error: unknown): readonly Fault[] {
  if (error instanceof Refusal && error.faults[0]?.code === 'objection.barred') return error.faults;
  throw error;
}

/** The act whose button was pressed; faults where its fields have the wrong shape. */
async function handle(context: ServiceContext, number: string, typed: Typed): Promise<readonly Fault[] | null> {
  const { act: pressed = '', reason, answer, recommendation, reasons, decision, effect, remark } = typed;
  const done = async <Input>(
    parsed: ReturnType<typeof parseShape<z.ZodType<Input>>>,
    work: (context: ServiceContext, number: string, input: Input) => Promise<unknown>,
  ) => {
    if (!parsed.ok) return parsed.problem;
    await work(context, number, parsed.value);
    return null;
  };
  switch (pressed as ObjectionAct | 'refuse') {
    case 'accept':
    case 'refuse': {
      const acceptance = pressed === 'accept' ? 'accepted' : 'not-accepted';
      return done(parseShape(ObjectionAcceptance, { acceptance, reason }), acceptObjection);
    }
    case 'answer':
      return done(parseShape(ObjectionAnswer, { answer }), answerObjection);
    case 'review':
      return done(parseShape(ObjectionReview, { recommendation, reasons }), reviewObjection);
    case 'decide':
      return done(parseShape(ObjectionRuling, { decision, reasons, effect }), decideObjection);
    case 'execute':
      return done(parseShape(ObjectionExecution, { remark }), executeObjection);
    default:
      throw unknownObjection(number);
  }
}
