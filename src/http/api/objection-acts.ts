import { z } from 'zod';
import {
  ObjectionAcceptance,
  ObjectionAnswer,
  ObjectionExecution,
  ObjectionReview,
  ObjectionRuling,
} from '../../domain/objections/input.ts';
import { acceptObjection } from '../../services/objections/accept-objection.ts';
import { answerObjection } from '../../services/objections/answer-objection.ts';
import { decideObjection } from '../../services/objections/decide-objection.ts';
import { executeObjection } from '../../services/objections/execute-objection.ts';
import { listCases } from '../../services/objections/list-cases.ts';
import { reviewObjection } from '../../services/objections/review-objection.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, PROBLEMS } from './answers.ts';
import { ObjectionCase } from './objection-answers.ts';

const tags = ['objections'];
const Number = z.object({ number: z.string().max(30) });
const Taken = z.object({ number: z.string(), state: z.string() });

/** What bodies, the coordinating body in their place, and the other side do with an objection. */
export function objectionActRoutes(http: Http, database: Database): void {
  http.get(
    '/objection-cases',
    {
      config: { action: 'objection.list' },
      schema: {
        tags,
        summary:
          'objections of the own organisation, about it, or for it to handle, with clocks and what it may do now',
        response: { 200: z.object({ objections: z.array(ObjectionCase) }), ...PROBLEMS },
      },
    },
    async (request, reply) => ({ objections: await listCases(contextOf(database, request, reply)) }),
  );
  http.post(
    '/objections/:number/acceptance',
    {
      config: { action: 'objection.accept' },
      schema: {
        tags,
        summary: 'take an objection up, or send it away with a public reason; within five working days',
        params: Number,
        body: ObjectionAcceptance,
        response: { 200: Taken, ...PROBLEMS },
      },
    },
    (request, reply) => acceptObjection(contextOf(database, request, reply), request.params.number, request.body),
  );
  http.post(
    '/objections/:number/answer',
    {
      config: { action: 'objection.answer' },
      schema: {
        tags,
        summary: 'the other side’s view; within ten working days, after which the review goes on without it',
        params: Number,
        body: ObjectionAnswer,
        response: { 200: Taken, ...PROBLEMS },
      },
    },
    (request, reply) => answerObjection(contextOf(database, request, reply), request.params.number, request.body),
  );
  http.post(
    '/objections/:number/review',
    {
      config: { action: 'objection.review' },
      schema: {
        tags,
        summary: 'recommend a decision; by a person who took no part and has no interest in either side',
        params: Number,
        body: ObjectionReview,
        response: { 200: Taken, ...PROBLEMS },
      },
    },
    (request, reply) => reviewObjection(contextOf(database, request, reply), request.params.number, request.body),
  );
  http.post(
    '/objections/:number/decision',
    {
      config: { action: 'objection.decide' },
      schema: {
        tags,
        summary: 'decide, with public reasons and what follows; by another person than the reviewer',
        params: Number,
        body: ObjectionRuling,
        response: { 200: Taken.extend({ sha256: hash }), ...PROBLEMS },
      },
    },
    (request, reply) => decideObjection(contextOf(database, request, reply), request.params.number, request.body),
  );
  http.post(
    '/objections/:number/execution',
    {
      config: { action: 'objection.execute' },
      schema: {
        tags,
        summary: 'say how a decision was carried out, where no correcting edition says it',
        params: Number,
        body: ObjectionExecution,
        response: { 200: Taken, ...PROBLEMS },
      },
    },
    (request, reply) => executeObjection(contextOf(database, request, reply), request.params.number, request.body),
  );
}
