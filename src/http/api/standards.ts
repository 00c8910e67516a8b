import { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import { IMPORT_EXTENTS, IMPORT_KINDS } from '../../domain/standards/import-report.ts';
import { StandardLimit } from '../../domain/standards/limit.ts';
import { STANDARD_LEVELS } from '../../domain/standards/number.ts';
import { CatalogueImport, importCatalogue } from '../../services/standards/import-catalogue.ts';
import {
  listSnapshots,
  type PublicStandard,
  readSnapshot,
  readStandard,
  searchStandards,
} from '../../services/standards/read-standards.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import { isFresh } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { acceptFiles, UploadedFile } from '../uploads.ts';
import { asIs, hash, IMMUTABLE, instant, PROBLEMS, READ_PROBLEMS, STORED } from './answers.ts';

const tags = ['standards'];
/** The national catalogue at all levels, some 270,000 standards, is about 60 MB of JSON lines. */
const MOST_CATALOGUE_BYTES = 64 * 1024 * 1024;
const FORMATS = {
  'application/json': 'json',
  'application/x-ndjson': 'json-lines',
  'text/csv': 'csv',
} as const;

const status = z.enum(['upcoming', 'current', 'withdrawn']);
const Listed = z
  .object({ standard: CatalogueStandard, level: z.enum(STANDARD_LEVELS), status })
  .meta({ id: 'ListedStandard' });
const Related = z.object({
  number: z.string(),
  partial: z.boolean(),
  nameZh: z.string().nullable(),
  status: status.nullable(),
});
const Snapshot = z
  .object({
    snapshot: z.int(),
    kind: z.enum(IMPORT_KINDS),
    extent: z.enum(IMPORT_EXTENTS),
    source: z.string(),
    file: hash,
    entries: z.int(),
    added: z.int(),
    changed: z.int(),
    removed: z.int(),
    report: hash,
    at: instant,
  })
  .meta({ id: 'CatalogueSnapshot', description: '`report` is the SHA-256 of the report, which the public log holds' });

/** The catalogue of standards and their limits: looking up, and importing the next snapshot. */
export function standardRoutes(http: Http, database: Database): void {
  http.get(
    '/standards',
    {
      schema: {
        tags,
        summary: 'standards of the catalogue by number in any form, or by words of their titles',
        querystring: z.strictObject({
          q: z.string().trim().min(1).max(100).optional(),
          level: z.enum(STANDARD_LEVELS).optional(),
          page: z.string().max(300).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ standards: z.array(Listed), next: z.string().nullable() }), ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const { q, level, page, limit } = request.query;
      const after = readStandardPlace(page);
      const found = await searchStandards(database, {
        limit,
        ...(q ? { query: q } : {}),
        ...(level ? { level } : {}),
        ...(after ? { after } : {}),
      });
      const last = found.at(-1);
      return {
        standards: found.map(listed),
        next: last && found.length === limit ? writeStandardPlace(last) : null,
      };
    },
  );
  http.get(
    '/standards/:number',
    {
      schema: {
        tags,
        summary:
          'one standard on the register’s day: status, what stands before and after it, its limits, who executes it',
        params: z.object({ number: z.string().max(100) }),
        response: {
          200: Listed.extend({
            day: z.iso.date(),
            since: z.int(),
            successors: z.array(Related),
            predecessors: z.array(Related),
            limits: z.array(StandardLimit),
            declarations: z.int(),
          }),
          422: PROBLEMS[422],
          ...READ_PROBLEMS,
        },
      },
    },
    async (request) => {
      const found = await readStandard(database, request.params.number);
      const { day, since, successors, predecessors, limits, declarations } = found;
      return {
        ...listed(found),
        day,
        since,
        successors: [...successors],
        predecessors: [...predecessors],
        limits: [...limits],
        declarations,
      };
    },
  );
  http.get(
    '/catalogue-snapshots',
    {
      schema: {
        tags,
        summary: 'imports of the catalogue and of limits, newest first',
        response: { 200: z.object({ snapshots: z.array(Snapshot) }), ...READ_PROBLEMS },
      },
    },
    async () => ({
      snapshots: (await listSnapshots(database)).map(({ importedAt, fileSha256, reportSha256, ...snapshot }) => ({
        ...snapshot,
        file: fileSha256,
        report: reportSha256,
        at: importedAt.toISOString(),
      })),
    }),
  );
  http.get(
    '/catalogue-snapshots/:snapshot',
    {
      schema: {
        tags,
        summary: 'the exact bytes of a snapshot’s report: what was added, changed with old and new, and removed',
        params: z.object({ snapshot: z.coerce.number().int().min(1).max(2_147_483_647) }),
        response: STORED,
      },
    },
    async (request, reply) => {
      const { report, reportSha256 } = await readSnapshot(database, request.params.snapshot);
      if (isFresh(request, reply, reportSha256)) return reply;
      return reply.header('Cache-Control', IMMUTABLE).type('application/json').serializer(asIs).send(report);
    },
  );
  http.register(async (files) => importRoute(files as Http, database));
}

function importRoute(http: Http, database: Database): void {
  acceptFiles(http, Object.keys(FORMATS), MOST_CATALOGUE_BYTES);
  http.post(
    '/catalogue-snapshots',
    {
      config: { action: 'catalogue.import', takesFile: true },
      schema: {
        tags,
        summary:
          'import a catalogue of standards, or limits, as the next snapshot; a file with a fault changes nothing',
        consumes: Object.keys(FORMATS),
        querystring: CatalogueImport.omit({ format: true }),
        body: z
          .instanceof(UploadedFile)
          .meta({ description: 'CatalogueStandard or StandardLimit entries, or a table' }),
        response: { 201: Snapshot, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      waitForAnswer(request);
      const { body, query } = request;
      const format = FORMATS[body.type as keyof typeof FORMATS];
      const made = await importCatalogue(contextOf(database, request, reply), { ...query, format }, body);
      return reply.code(201).header('Location', `/api/v1/catalogue-snapshots/${made.snapshot}`).send(made);
    },
  );
}

/** Comparing and writing hundreds of thousands of rows is silent for longer than an idle connection may be. */
function waitForAnswer({ raw: { socket } }: FastifyRequest): void {
  if (socket instanceof Socket) socket.setTimeout(0);
}

function listed({ standard, level, status: now }: PublicStandard) {
  return { standard, level: level as (typeof STANDARD_LEVELS)[number], status: now };
}

/** Where a page of a search goes on. */
export function readStandardPlace(
  page: string | undefined,
): { readonly nearness: number; readonly compact: string } | undefined {
  const [, nearness, compact] = /^([012]):(.+)$/u.exec(readPageToken(page) ?? '') ?? [];
  return nearness && compact ? { nearness: Number(nearness), compact } : undefined;
}

export function writeStandardPlace({ nearness, compact }: Pick<PublicStandard, 'nearness' | 'compact'>): string {
  return writePageToken(`${nearness}:${compact}`);
}
