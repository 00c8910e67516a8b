import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { schemeDifferences } from '../../domain/schemes/difference.ts';
import { gradedTables } from '../../domain/schemes/graded-tables.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { notFound } from '../../services/refusal.ts';
import { previewPublished, type ReadPreview } from '../../services/schemes/preview-scheme.ts';
import { listSchemes, readScheme, readSchemeLife } from '../../services/schemes/read-scheme.ts';
import { SchemePage } from '../../views/schemes/scheme-page.tsx';
import { SchemesPage, type ShownScheme } from '../../views/schemes/schemes-page.tsx';
import { TemplatesPage } from '../../views/schemes/templates-page.tsx';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';
import { Remembered } from './stored-pages.ts';

/** Declarations that a public page compares: a third of a second, once in ten minutes for each version. */
const MOST_COMPARED = 5_000;
const REMEMBERED_MS = 600_000;

/** Schemes for everyone: all of them, the tables to begin from, and each version in full. */
export function schemePages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const previews = new Remembered<ReadPreview | null>(REMEMBERED_MS);
  const tables = gradedTables();
  http.get('/schemes', async (request, reply) => {
    const schemes = (await listSchemes(database)).map(shownScheme);
    return sendPage(reply, SchemesPage({ frame: frameOf(request, pages), schemes }));
  });
  http.get('/schemes/templates', async (request, reply) =>
    sendPage(reply, TemplatesPage({ frame: frameOf(request, pages), tables, opened: null })),
  );
  http.get(
    '/schemes/templates/:id',
    { schema: { params: z.object({ id: z.string().max(60) }) } },
    async (request, reply) => {
      const { id } = request.params;
      const opened = tables.find((one) => one.id === id);
      if (!opened) throw notFound(text('分级表', 'graded table'), '#path/id', id);
      return sendPage(reply, TemplatesPage({ frame: frameOf(request, pages), tables, opened }));
    },
  );
  http.get(
    '/schemes/:code/:version',
    { schema: { params: z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1).max(9999) }) } },
    async (request, reply) => {
      const { code, version } = request.params;
      const found = await readScheme(database, code, version);
      const before = version > 1 ? await readScheme(database, code, version - 1) : null;
      const scheme = Scheme.parse(JSON.parse(found.document));
      const page = SchemePage({
        frame: frameOf(request, pages),
        scheme,
        body: found.body,
        sha256: found.documentSha256,
        publishedAt: found.publishedAt,
        ...(await readSchemeLife(database, found)),
        differences: before ? schemeDifferences(JSON.parse(before.document) as object, scheme) : null,
        preview: await previews.get(`${code}/${version}`, () =>
          previewPublished(database, found.document, MOST_COMPARED),
        ),
      });
      return sendPage(reply, page);
    },
  );
}

export function shownScheme(one: Awaited<ReturnType<typeof listSchemes>>[number]): ShownScheme {
  const { title } = JSON.parse(one.document) as Scheme;
  const { code, version, category, body, state, publishedAt } = one;
  return { code, version, title, category, body, state, publishedAt };
}
