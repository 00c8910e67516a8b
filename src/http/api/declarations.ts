import { z } from 'zod';
import { DeclarationContent } from '../../domain/declarations/content.ts';
import { publishDeclaration } from '../../services/declarations/publish-declaration.ts';
import {
  findBarcode,
  listCategories,
  listDeclarations,
  type PublicDeclaration,
  readDeclaration,
  readVersion,
  search,
} from '../../services/declarations/read-declaration.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { Problem } from '../problem.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { asIs, hash, instant, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['declarations'];
export const DeclarationId = z.object({ id: z.string().regex(/^[!-~]{1,128}$/u) });
const Enterprise = z.object({ code: z.string(), name: z.string() });
export const Receipt = z
  .object({
    id: z.string(),
    revision: z.int(),
    number: z.string(),
    enterprise: Enterprise,
    document: hash,
    publishedAt: instant,
  })
  .meta({
    id: 'Receipt',
    description: '`document` is the SHA-256 of the canonical document that the public log holds',
  });
const Declaration = z
  .object({
    id: z.string(),
    revision: z.int(),
    state: z.string(),
    enterprise: Enterprise,
    number: z.object({ canonical: z.string(), compact: z.string() }),
    content: DeclarationContent,
    document: hash,
    publishedAt: instant,
  })
  .meta({ id: 'Declaration' });

/** Declaring: drafts, publication, and what the public reads. */
export function declarationRoutes(http: Http, database: Database): void {
  http.get(
    '/categories',
    {
      schema: {
        tags,
        summary: 'product and service categories; with `q` also the classes of GB/T 4754 by name or code',
        querystring: z.strictObject({ q: z.string().trim().min(1).max(60).optional() }),
        response: {
          200: z.object({
            categories: z.array(z.object({ code: z.string(), nameZh: z.string(), nameEn: z.string().nullable() })),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => ({ categories: await listCategories(database, request.query.q) }),
  );
  http.post(
    '/declarations',
    {
      config: { action: 'declaration.publish' },
      schema: {
        tags,
        summary: 'declare a standard; it is public at once',
        body: DeclarationContent,
        response: { 201: Receipt, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const receipt = await publishDeclaration(contextOf(database, request, reply), request.body);
      return reply.code(201).header('Location', `/api/v1/declarations/${receipt.id}`).send(receipt);
    },
  );
  http.get(
    '/declarations',
    {
      schema: {
        tags,
        summary: 'declarations in order of id, by category, enterprise or search',
        querystring: z.strictObject({
          category: z.string().max(50).optional(),
          enterprise: z.string().max(18).optional(),
          q: z.string().min(1).max(100).optional(),
          page: z.string().max(300).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: {
          200: z.object({ declarations: z.array(Declaration), next: z.string().nullable() }),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => {
      const { q, page, limit, category, enterprise } = request.query;
      const after = readPageToken(page);
      const found = q
        ? await search(database, q, limit)
        : await listDeclarations(database, {
            limit,
            ...(category ? { category } : {}),
            ...(enterprise ? { enterprise } : {}),
            ...(after ? { after } : {}),
          });
      const last = found.at(-1);
      return {
        declarations: found.map(answer),
        next: !q && last && found.length === limit ? writePageToken(last.id) : null,
      };
    },
  );
  http.get(
    '/barcodes/:gtin',
    {
      schema: {
        tags,
        summary: 'current declarations of the product that carries a barcode (GTIN-8, -12, -13 or -14)',
        params: z.object({ gtin: z.string().min(8).max(20) }),
        response: { 200: z.object({ declarations: z.array(Declaration) }), ...READ_PROBLEMS, 422: Problem },
      },
    },
    async (request) => ({ declarations: (await findBarcode(database, request.params.gtin)).map(answer) }),
  );
  http.get(
    '/declarations/:id',
    {
      schema: {
        tags,
        summary: 'one declaration with its log index and published findings',
        params: DeclarationId,
        response: {
          200: Declaration.extend({
            logIndex: z.int().nullable(),
            findings: z.array(
              z.object({
                verdict: z.string(),
                codes: z.array(z.string()),
                note: z.string(),
                draw: z.string(),
                publishedAt: instant,
              }),
            ),
          }),
          304: z.null(),
          ...READ_PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { declaration, logIndex, findings } = await readDeclaration(database, request.params.id);
      if (isFresh(request, reply, `${declaration.documentSha256}.${logIndex ?? 'p'}.${findings.length}`)) return reply;
      return reply.send({
        ...answer(declaration),
        logIndex,
        findings: findings.map(({ verdict, codes, note, drawId, publishedAt }) => ({
          verdict,
          codes,
          note,
          draw: drawId,
          publishedAt: publishedAt?.toISOString() ?? '',
        })),
      });
    },
  );
  http.get(
    '/declarations/:id/versions/:revision',
    {
      schema: {
        tags,
        summary: 'the exact bytes of a version; their SHA-256 is the ETag, the receipt’s `document`, and in the log',
        params: DeclarationId.extend({ revision: z.coerce.number().int().min(1) }),
        response: STORED,
      },
    },
    async (request, reply) => {
      const version = await readVersion(database, request.params.id, request.params.revision);
      if (isFresh(request, reply, version.documentSha256)) return reply;
      return reply
        .header('Cache-Control', 'public, max-age=31536000, immutable')
        .type('application/json')
        .serializer(asIs)
        .send(version.document);
    },
  );
}

function answer({ id, revision, state, document, documentSha256, publishedAt }: PublicDeclaration) {
  const { enterprise, number, content } = document;
  return {
    id,
    revision,
    state,
    enterprise,
    number,
    content,
    document: documentSha256,
    publishedAt: publishedAt.toISOString(),
  };
}
