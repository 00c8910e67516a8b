import { z } from 'zod';
import type { Action } from '../../domain/access/policy.ts';
import { AuthorityOrder, Correction, Revision, Withdrawal } from '../../domain/declarations/change.ts';
import { DeclarationContent } from '../../domain/declarations/content.ts';
import {
  type ChangeOf,
  correctDeclaration,
  reviseDeclaration,
  withdrawDeclaration,
} from '../../services/declarations/change-declaration.ts';
import { endByOrder } from '../../services/declarations/end-by-order.ts';
import { checkOnly } from '../../services/declarations/check-content.ts';
import { publishMany } from '../../services/declarations/publish-many.ts';
import { readVersions } from '../../services/declarations/read-declaration.ts';
import type { Receipt } from '../../services/declarations/version.ts';
import type { Database, ServiceContext } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { revisionOf } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { FoundFault } from '../problem.ts';
import { hash, instant, PRECONDITIONS, PROBLEMS, READ_PROBLEMS } from './answers.ts';
import { DeclarationId, Receipt as ReceiptAnswer } from './declarations.ts';

const tags = ['declarations'];
const Finding = FoundFault.extend({ answered: z.boolean() }).meta({ id: 'Finding' });
const MOST_AT_ONCE = 100;

/** Declaring beyond one first publication: checking only, many at once, new editions, corrections, withdrawals. */
export function declarationChangeRoutes(http: Http, database: Database): void {
  http.post(
    '/declaration-checks',
    {
      config: { action: 'declaration.check' },
      schema: {
        tags,
        summary: 'what publishing would answer; nothing is stored',
        querystring: z.strictObject({ revising: z.string().max(128).optional() }),
        body: DeclarationContent,
        response: { 200: z.object({ publishable: z.boolean(), findings: z.array(Finding) }), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { publishable, findings } = await checkOnly(
        contextOf(database, request, reply),
        request.body,
        request.query.revising ?? null,
      );
      return { publishable, findings: [...findings] };
    },
  );
  http.post(
    '/declaration-batches',
    {
      config: { action: 'declaration.publish' },
      schema: {
        tags,
        summary: `declare up to ${MOST_AT_ONCE} at once; each stands or falls by itself, in the order sent`,
        body: z.strictObject({ declarations: z.array(DeclarationContent).min(1).max(MOST_AT_ONCE) }),
        response: {
          200: z.object({
            published: z.int(),
            refused: z.int(),
            results: z.array(
              z.union([z.object({ receipt: ReceiptAnswer }), z.object({ errors: z.array(FoundFault) })]),
            ),
          }),
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const outcomes = await publishMany(contextOf(database, request, reply), request.body.declarations);
      const results = outcomes.map((one, i) =>
        'receipt' in one
          ? one
          : { errors: one.findings.map((finding) => ({ ...finding, at: `/declarations/${i}${finding.at}` })) },
      );
      const published = outcomes.filter((one) => 'receipt' in one).length;
      return { published, refused: outcomes.length - published, results };
    },
  );
  change('revisions', 'declaration.revise', '修订: a new edition under its own number', Revision, reviseDeclaration);
  change(
    'corrections',
    'declaration.correct',
    '修改: corrects what was declared wrongly',
    Correction,
    correctDeclaration,
  );
  change(
    'withdrawal',
    'declaration.withdraw',
    '废止: withdraws the declaration, with reason and day',
    Withdrawal,
    withdrawDeclaration,
  );
  change(
    'order',
    'declaration.end-by-order',
    '责令废止 or 撤销编号 by an authority of province level or above',
    AuthorityOrder,
    endByOrder,
  );

  /** One act that gives a declaration its next version, made on the revision that the asker read. */
  function change<Body extends z.ZodType>(
    path: string,
    action: Action,
    says: string,
    body: Body,
    act: (context: ServiceContext, of: ChangeOf, input: z.output<Body>) => Promise<Receipt>,
  ): void {
    http.post(
      `/declarations/:id/${path}`,
      {
        config: { action },
        schema: {
          tags,
          summary: `${says}; If-Match names the revision that it follows, such as "1"`,
          params: DeclarationId,
          body,
          response: { 201: ReceiptAnswer, ...PROBLEMS, ...PRECONDITIONS },
        },
      },
      async (request, reply) => {
        const context = contextOf(database, request, reply);
        const of = { id: (request.params as { id: string }).id, revision: revisionOf(request) };
        return reply.code(201).send(await act(context, of, request.body as z.output<Body>));
      },
    );
  }

  http.get(
    '/declarations/:id/versions',
    {
      schema: {
        tags,
        summary: 'every version with what changed in it, old and new side by side; oldest first',
        params: DeclarationId,
        response: {
          200: z.object({
            versions: z.array(
              z.object({
                revision: z.int(),
                event: z.string(),
                document: hash,
                at: instant,
                reason: z.string().nullable(),
                differences: z.array(
                  z.object({ at: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
                ),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => {
      const versions = await readVersions(database, request.params.id);
      return {
        versions: versions.map(({ revision, event, documentSha256, at, document, differences }) => ({
          revision,
          event,
          document: documentSha256,
          at: at.toISOString(),
          reason: document.act?.reason ?? null,
          differences: [...differences],
        })),
      };
    },
  );
}
