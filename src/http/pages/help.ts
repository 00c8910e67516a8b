import { AccessibilityPage } from '../../views/help/accessibility-page.tsx';
import { DataPage } from '../../views/help/data-page.tsx';
import { ProblemsPage } from '../../views/help/problems-page.tsx';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

export function helpPages(http: Http, pages: Pages): void {
  http.get('/data', async (request, reply) => sendPage(reply, DataPage({ frame: frameOf(request, pages) })));
  http.get('/help/problems', async (request, reply) =>
    sendPage(reply, ProblemsPage({ frame: frameOf(request, pages) })),
  );
  http.get('/accessibility', async (request, reply) =>
    sendPage(reply, AccessibilityPage({ frame: frameOf(request, pages) })),
  );
}
