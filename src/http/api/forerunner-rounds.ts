import { z } from 'zod';
import { Checks } from '../../domain/forerunners/checks.ts';
import { Confirmation, DeclarationId, RoundEnding, RoundRequest } from '../../domain/forerunners/input.ts';
import { confirmCandidacy } from '../../services/forerunners/confirm-candidacy.ts';
import { confirmChecks } from '../../services/forerunners/confirm-checks.ts';
import { endRound } from '../../services/forerunners/end-round.ts';
import { enterChecks } from '../../services/forerunners/enter-checks.ts';
import { openObjections } from '../../services/forerunners/open-objections.ts';
import { openRound } from '../../services/forerunners/open-round.ts';
import { publishForerunners } from '../../services/forerunners/publish-list.ts';
import { readRound } from '../../services/forerunners/read-round.ts';
import { submitShortList } from '../../services/forerunners/submit-short-list.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { OpenedRound, PublicRound, PublishedForerunners } from './forerunner-answers.ts';

const tags = ['forerunners'];
export const RoundId = z.object({ id: z.string().max(30) });
const Candidate = RoundId.extend({ declaration: DeclarationId });
const Round = z.object({ round: z.string() });

/** From an edition of a ranking list to a published forerunner list, step by step. */
export function forerunnerRoundRoutes(http: Http, database: Database): void {
  http.post(
    '/forerunner-rounds',
    {
      config: { action: 'forerunner.open' },
      schema: {
        tags,
        summary: 'open a round on the newest edition of a ranking list; its grade-one rows are the candidates',
        body: RoundRequest,
        response: { 201: OpenedRound, ...PROBLEMS },
      },
    },
    async (request, reply) => reply.code(201).send(await openRound(contextOf(database, request, reply), request.body)),
  );
  http.get(
    '/forerunner-rounds/:id',
    {
      schema: {
        tags,
        summary: 'a round: its step and clocks, its candidates, what is missing, who was left out and why',
        params: RoundId,
        response: { 200: PublicRound, ...READ_PROBLEMS },
      },
    },
    (request) => readRound(database, request.params.id),
  );
  http.post(
    '/forerunner-rounds/:id/candidates/:declaration/confirmation',
    {
      config: { action: 'forerunner.confirm' },
      schema: {
        tags,
        summary: 'confirm the own candidate: commitment, mass-produced or widely provided, models',
        params: Candidate,
        body: Confirmation,
        response: { 200: Round.extend({ declaration: z.string(), confirmed: z.literal(true) }), ...PROBLEMS },
      },
    },
    (request, reply) => {
      const { id, declaration } = request.params;
      return confirmCandidacy(contextOf(database, request, reply), id, declaration, request.body);
    },
  );
  http.post(
    '/forerunner-rounds/:id/checks',
    {
      config: { action: 'forerunner.check' },
      schema: {
        tags,
        summary: 'enter what was looked up about a candidate: credit, quality, environment, each basic requirement',
        params: RoundId,
        body: Checks,
        response: { 200: Round.extend({ declaration: z.string(), n: z.int() }), ...PROBLEMS },
      },
    },
    (request, reply) => enterChecks(contextOf(database, request, reply), request.params.id, request.body),
  );
  http.post(
    '/forerunner-rounds/:id/checks/confirmation',
    {
      config: { action: 'forerunner.confirm-checks' },
      schema: {
        tags,
        summary: 'confirm the checks that were entered; by another person than who entered them',
        params: RoundId,
        response: { 200: Round.extend({ confirmed: z.int() }), ...PROBLEMS },
      },
    },
    (request, reply) => confirmChecks(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/forerunner-rounds/:id/short-list',
    {
      config: { action: 'forerunner.short-list' },
      schema: {
        tags,
        summary: 'submit the short-list that the rules give; whoever is left out is shown with every reason',
        params: RoundId,
        response: { 200: Round.extend({ listed: z.int(), leftOut: z.int(), sha256: hash }), ...PROBLEMS },
      },
    },
    (request, reply) => submitShortList(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/forerunner-rounds/:id/objection-period',
    {
      config: { action: 'forerunner.open-objections' },
      schema: {
        tags,
        summary: 'open the objection period of a short-list',
        params: RoundId,
        response: { 200: Round.extend({ objectionsUntil: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => openObjections(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/forerunner-rounds/:id/publication',
    {
      config: { action: 'forerunner.publish' },
      schema: {
        tags,
        summary: 'publish the list after the objection period; by another person than who opened it',
        params: RoundId,
        response: { 200: PublishedForerunners, ...PROBLEMS },
      },
    },
    (request, reply) => publishForerunners(contextOf(database, request, reply), request.params.id),
  );
  http.post(
    '/forerunner-rounds/:id/ending',
    {
      config: { action: 'forerunner.end' },
      schema: {
        tags,
        summary: 'end a round from which no list comes, with a public reason',
        params: RoundId,
        body: RoundEnding,
        response: { 200: Round.extend({ state: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => endRound(contextOf(database, request, reply), request.params.id, request.body),
  );
}
