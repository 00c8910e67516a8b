import { z } from 'zod';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { listSchemes, readScheme } from '../../services/schemes/read-scheme.ts';
import { renderDocument } from '../../views/render.ts';
import { SchemePage } from '../../views/schemes/scheme-page.tsx';
import type { Http } from '../fastify.ts';
import { type Pages, publicFrame } from './frame.ts';
import { pageName, type StoredPages } from './stored-pages.ts';

/** A version of a scheme; it never changes, so its page is rendered once. */
export function schemePages(http: Http, pages: Pages, stored: StoredPages): void {
  const { database } = pages.settings;
  http.get(
    '/schemes/:code/:version',
    { schema: { params: z.object({ code: z.string().max(30), version: z.coerce.number().int().min(1) }) } },
    async (request, reply) => {
      const { code, version } = request.params;
      const found = await readScheme(database, code, version);
      const frame = publicFrame(request, pages);
      return stored.send(request, reply, pageName(frame, found.documentSha256), async () => {
        const body = (await listSchemes(database)).find((one) => one.code === code && one.version === version)?.body;
        const page = SchemePage({
          frame,
          scheme: Scheme.parse(JSON.parse(found.document)),
          body: body ?? '',
          sha256: found.documentSha256,
          publishedAt: found.publishedAt,
        });
        return renderDocument(page);
      });
    },
  );
}
