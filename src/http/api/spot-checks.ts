import { z } from 'zod';
import { DrawRequest } from '../../services/spot-checks/draw-request.ts';
import { planDraw } from '../../services/spot-checks/plan-draw.ts';
import { listDraws, readDraw, readDrawFile } from '../../services/spot-checks/read-draw.ts';
import { revealSecrets, RevealRequest, seedDraw, SeedRequest } from '../../services/spot-checks/seed-draw.ts';
import { requestVoid, voidDraw, VoidRequest } from '../../services/spot-checks/void-draw.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { hash, instant, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['spot checks'];
const DrawId = z.object({ id: z.string().max(64) });
const Seeded = z.object({ id: z.string(), state: z.string(), seed: hash.nullable() });

/** Draws from plan to result, and the findings on what was drawn. */
export function spotCheckRoutes(http: Http, database: Database): void {
  http.post(
    '/draws',
    {
      config: { action: 'draw.plan' },
      schema: {
        tags,
        summary: 'freeze a frame and log the plan of a draw (rd1)',
        body: DrawRequest,
        response: {
          201: z.object({
            id: z.string(),
            state: z.string(),
            plan: hash,
            frame: hash,
            frameCount: z.int(),
            take: z.record(z.string(), z.int()),
            entropyNotBefore: instant,
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => reply.code(201).send(await planDraw(contextOf(database, request, reply), request.body)),
  );
  http.post(
    '/draws/:id/seed',
    {
      config: { action: 'draw.seed' },
      schema: {
        tags,
        summary: 'enter the outcome of the public event',
        params: DrawId,
        body: SeedRequest,
        response: { 202: Seeded, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await seedDraw(contextOf(database, request, reply), request.params.id, request.body)),
  );
  http.post(
    '/draws/:id/secrets',
    {
      config: { action: 'draw.seed' },
      schema: {
        tags,
        summary: 'reveal the secrets of a sealed draw',
        params: DrawId,
        body: RevealRequest,
        response: { 202: Seeded, ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await revealSecrets(contextOf(database, request, reply), request.params.id, request.body)),
  );
  http.post(
    '/draws/:id/void-request',
    {
      config: { action: 'draw.request-void' },
      schema: {
        tags,
        summary: 'the first person asks to void a draw',
        params: DrawId,
        body: VoidRequest,
        response: { 200: z.object({ id: z.string(), state: z.string(), voidRequested: z.boolean() }), ...PROBLEMS },
      },
    },
    (request, reply) => requestVoid(contextOf(database, request, reply), request.params.id, request.body),
  );
  http.post(
    '/draws/:id/void',
    {
      config: { action: 'draw.void' },
      schema: {
        tags,
        summary: 'the second person voids it',
        params: DrawId,
        response: { 200: z.object({ id: z.string(), state: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => voidDraw(contextOf(database, request, reply), request.params.id),
  );
  readRoutes(http, database);
}

function readRoutes(http: Http, database: Database): void {
  http.get(
    '/draws',
    {
      schema: {
        tags,
        summary: 'draws, newest first',
        response: {
          200: z.object({
            draws: z.array(
              z.object({
                id: z.string(),
                title: z.string(),
                batch: z.string(),
                stage: z.string(),
                state: z.string(),
                regulator: z.string(),
                plannedAt: instant,
                drawn: z.int(),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({
      draws: (await listDraws(database)).map((draw) => ({
        ...draw,
        plannedAt: draw.plannedAt.toISOString(),
        drawn: Number(draw.drawn),
      })),
    }),
  );
  http.get(
    '/draws/:id',
    {
      schema: {
        tags,
        summary: 'a draw with its files, its drawn objects and the findings you may see',
        params: DrawId,
        response: {
          200: z.object({
            id: z.string(),
            title: z.string(),
            state: z.string(),
            regulator: z.string(),
            entropyNotBefore: instant,
            entropy: z.string().nullable(),
            witnessed: z.boolean(),
            voidReason: z.string().nullable(),
            logged: z.object({ plan: z.int().nullable(), seed: z.int().nullable(), result: z.int().nullable() }),
            files: z.array(z.object({ name: z.string(), n: z.int(), sha256: hash, size: z.int() })),
            objects: z.array(
              z.object({ stratum: z.string(), rank: z.int(), object: z.string(), inspectors: z.array(z.string()) }),
            ),
            findings: z.array(
              z.object({
                id: z.uuid(),
                object: z.string(),
                verdict: z.string(),
                codes: z.array(z.string()),
                state: z.string(),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => {
      const { draw, regulator, files, objects, findings, logged } = await readDraw(
        database,
        request.actor,
        request.params.id,
      );
      return {
        id: draw.id,
        title: draw.title,
        state: draw.state,
        regulator: regulator?.name ?? '',
        entropyNotBefore: draw.entropyNotBefore.toISOString(),
        entropy: draw.entropy,
        // Checkpoints are not signed yet, so no witness can have seen one.
        witnessed: false,
        voidReason: draw.state === 'void' ? draw.voidReason : null,
        logged: { plan: logged.plan?.idx ?? null, seed: logged.seed?.idx ?? null, result: logged.result?.idx ?? null },
        files: [...files],
        objects: objects.map(({ stratum, rank, object, inspectors }) => ({ stratum, rank, object, inspectors })),
        findings: findings.map(({ id, object, verdict, codes, state }) => ({ id, object, verdict, codes, state })),
      };
    },
  );
  http.get(
    '/draws/:id/files/:name',
    {
      schema: {
        tags,
        summary: 'the exact bytes of a published file; their SHA-256 is the ETag',
        params: DrawId.extend({ name: z.string().max(40) }),
        response: STORED,
        querystring: z.strictObject({ n: z.coerce.number().int().min(1).optional() }),
      },
    },
    async (request, reply) => {
      const { id, name } = request.params;
      const file = await readDrawFile(database, id, name, request.query.n);
      if (isFresh(request, reply, file.sha256)) return reply;
      return reply
        .type(name.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8')
        .header('Content-Disposition', `attachment; filename="${name}"`)
        .send(Buffer.from(file.content));
    },
  );
}
