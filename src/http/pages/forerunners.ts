import { z } from 'zod';
import { listForerunners, readForerunners } from '../../services/forerunners/read-lists.ts';
import { readRound } from '../../services/forerunners/read-round.ts';
import { ForerunnerListPage } from '../../views/forerunners/forerunner-list-page.tsx';
import { ForerunnersPage } from '../../views/forerunners/forerunners-page.tsx';
import { RoundPage } from '../../views/forerunners/round-page.tsx';
import { inLanguage } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

const Code = z.object({ code: z.string().max(30) });

/** Forerunner lists in public: all of them, one edition, and the rounds that they come from. */
export function forerunnerPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/forerunners', async (request, reply) =>
    sendPage(reply, ForerunnersPage({ frame: frameOf(request, pages), lists: await listForerunners(database) })),
  );
  http.get('/forerunners/:code', { schema: { params: Code } }, async (request, reply) => {
    const { list, edition } = await readForerunners(database, request.params.code, 'latest');
    return reply.redirect(inLanguage(pages.lang, `/forerunners/${list}/${edition}`), 302);
  });
  http.get(
    '/forerunners/:code/:edition',
    { schema: { params: Code.extend({ edition: z.coerce.number().int().min(1).max(1_000_000) }) } },
    async (request, reply) => {
      const { code, edition } = request.params;
      const read = await readForerunners(database, code, edition);
      return sendPage(reply, ForerunnerListPage({ frame: frameOf(request, pages), ...read }));
    },
  );
  http.get(
    '/forerunner-rounds/:id',
    { schema: { params: z.object({ id: z.string().max(30) }) } },
    async (request, reply) => {
      const round = await readRound(database, request.params.id);
      return sendPage(reply, RoundPage({ frame: frameOf(request, pages), round }));
    },
  );
}
