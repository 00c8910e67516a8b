import { z } from 'zod';
import { listJobs, retryJob } from '../../services/jobs/jobs.ts';
import { readLog, readLogSize } from '../../services/log/read-log.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, instant, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['register'];

/** The public log, and the operator's view of background jobs. */
export function registerRoutes(http: Http, database: Database): void {
  http.get(
    '/log',
    {
      schema: {
        tags,
        summary: 'size of the public log (unsigned for now)',
        response: { 200: z.object({ size: z.int(), signed: z.boolean(), witnessed: z.boolean() }), ...READ_PROBLEMS },
      },
    },
    async () => ({ size: await readLogSize(database), signed: false, witnessed: false }),
  );
  http.get(
    '/log/entries',
    {
      schema: {
        tags,
        summary: 'entries of the public log from an index on',
        querystring: z.strictObject({
          from: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: {
          200: z.object({
            entries: z.array(z.object({ index: z.int(), leaf: z.string(), leafHash: hash, at: instant })),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => ({ entries: await readLog(database, request.query.from, request.query.limit) }),
  );
  http.get(
    '/jobs',
    {
      config: { action: 'job.read' },
      schema: {
        tags,
        summary: 'background jobs that are not done',
        response: {
          200: z.object({
            jobs: z.array(
              z.object({
                jobKey: z.string(),
                kind: z.string(),
                state: z.string(),
                tries: z.int(),
                lastFailure: z.string().nullable(),
                createdAt: instant,
              }),
            ),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => ({
      jobs: (await listJobs(contextOf(database, request, reply))).map((job) => ({
        ...job,
        createdAt: job.createdAt.toISOString(),
      })),
    }),
  );
  http.post(
    '/jobs/:key/retry',
    {
      config: { action: 'job.retry' },
      schema: {
        tags,
        summary: 'try a given-up job again',
        params: z.object({ key: z.string().max(200) }),
        response: { 200: z.object({ jobKey: z.string() }), ...PROBLEMS },
      },
    },
    (request, reply) => retryJob(contextOf(database, request, reply), request.params.key),
  );
}
