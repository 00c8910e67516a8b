import { z } from 'zod';
import {
  listCategories,
  listDeclarations,
  publicCounts,
  search,
} from '../../services/declarations/read-declaration.ts';
import { listRankingLists } from '../../services/rankings/read-list.ts';
import { listSchemes } from '../../services/schemes/read-scheme.ts';
import { listDraws } from '../../services/spot-checks/read-draw.ts';
import { HomePage } from '../../views/home/home-page.tsx';
import { SearchPage } from '../../views/search/search-page.tsx';
import type { Http } from '../fastify.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';
import { shownBoards, shownDeclaration, shownDraw } from './shown.ts';

const NEWEST = 5;
const RESULTS = 100;

/** The home page, and the one search of the register. */
export function homePages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/', async (request, reply) => {
    const [counts, lists, schemes, draws] = await Promise.all([
      publicCounts(database),
      listRankingLists(database),
      listSchemes(database),
      listDraws(database),
    ]);
    const page = HomePage({
      frame: frameOf(request, pages),
      counts,
      asOf: counts.at,
      boards: shownBoards(lists, schemes).slice(0, NEWEST),
      draws: draws.slice(0, NEWEST).map(shownDraw),
    });
    return sendPage(reply, page);
  });
  http.get(
    '/search',
    {
      schema: {
        querystring: z.object({
          q: z.string().trim().max(100).default(''),
          category: z.string().max(50).optional(),
          page: z.string().max(300).optional(),
        }),
      },
    },
    async (request, reply) => {
      const { q, category, page: token } = request.query;
      const after = readPageToken(token);
      const categories = await listCategories(database);
      const found =
        q !== ''
          ? await search(database, q, RESULTS)
          : category
            ? await listDeclarations(database, { category, limit: RESULTS, ...(after ? { after } : {}) })
            : [];
      const last = found.at(-1);
      const page = SearchPage({
        frame: frameOf(request, pages),
        query: q,
        category: q === '' ? (category ?? null) : null,
        categories,
        declarations: found.map(shownDeclaration),
        limit: RESULTS,
        next: q === '' && last && found.length === RESULTS ? writePageToken(last.id) : null,
      });
      return sendPage(reply, page);
    },
  );
}
