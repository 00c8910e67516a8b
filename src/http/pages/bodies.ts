import { z } from 'zod';
import { listBodies, readBody } from '../../services/bodies/read-body.ts';
import { BodiesPage } from '../../views/bodies/bodies-page.tsx';
import { BodyPage } from '../../views/bodies/body-page.tsx';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

/** The directory of assessment bodies, and the record of each. */
export function bodyPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/bodies', async (request, reply) =>
    sendPage(reply, BodiesPage({ frame: frameOf(request, pages), bodies: await listBodies(database) })),
  );
  http.get(
    '/bodies/:creditCode',
    { schema: { params: z.object({ creditCode: z.string().max(18) }) } },
    async (request, reply) => {
      const body = await readBody(database, request.params.creditCode);
      return sendPage(reply, BodyPage({ frame: frameOf(request, pages), body }));
    },
  );
}
