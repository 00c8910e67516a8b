import { z } from 'zod';
import { readRun } from '../../services/comparisons/read-run.ts';
import { RunPage } from '../../views/comparisons/run-page.tsx';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

/** How far a comparison run is. */
export function runPages(http: Http, pages: Pages): void {
  http.get('/runs/:id', { schema: { params: z.object({ id: z.string().max(90) }) } }, async (request, reply) => {
    const run = await readRun(pages.settings.database, request.params.id);
    return sendPage(reply, RunPage({ frame: frameOf(request, pages), run }));
  });
}
