import { z } from 'zod';
import { CATEGORY } from '../../domain/declarations/content.ts';
import { readRulePack } from '../../services/declarations/rule-pack.ts';
import type { Database } from '../../services/context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { asIs, STORED } from './answers.ts';

/** The rules in force as one document, for checking without the register. */
export function rulePackRoute(http: Http, database: Database): void {
  http.get(
    '/rule-pack',
    {
      schema: {
        tags: ['standards'],
        summary:
          'the rules that declarations are checked by today, for `lingpao check`; the ETag is the SHA-256 of its bytes',
        querystring: z.strictObject({ category: z.string().regex(CATEGORY).max(50).optional() }),
        response: STORED,
      },
    },
    async (request, reply) => {
      const { bytes, sha256 } = await readRulePack(database, request.query.category ?? null);
      if (isFresh(request, reply, sha256)) return reply;
      return reply.header('Cache-Control', 'public, no-cache').type('application/json').serializer(asIs).send(bytes);
    },
  );
}
