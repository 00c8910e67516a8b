import { z } from 'zod';
import type { ListHead } from '../../domain/rankings/list.ts';
import type { Grade } from '../../domain/schemes/scheme.ts';
import {
  asPublic,
  editionOn,
  type ReadEdition,
  listRankingLists,
  readChanges,
  readEdition,
  readEditions,
  readNamed,
  readRows,
} from '../../services/rankings/read-list.ts';
import { type EditionSince, readEditionSince, registerDay } from '../../services/rankings/read-state.ts';
import { readDisputes } from '../../services/rankings/read-disputes.ts';
import { listSchemes } from '../../services/schemes/read-scheme.ts';
import type { Database } from '../../services/context.ts';
import { inLanguage } from '../../views/frame.ts';
import { BoardPage } from '../../views/rankings/board-page.tsx';
import { BOARD_ROWS, type BoardQuery } from '../../views/rankings/board-props.ts';
import { BoardsPage } from '../../views/rankings/boards-page.tsx';
import { renderDocument } from '../../views/render.ts';
import type { Http } from '../fastify.ts';
import { kilobytesOf } from './assets.ts';
import { sendBoardCsv } from './board-csv.ts';
import { findRows } from './board-search.ts';
import { frameOf, type Pages, publicFrame, sendPage } from './frame.ts';
import { shownBoards } from './shown.ts';
import { pageName, Remembered, type StoredPages } from './stored-pages.ts';

/** Changes that rows are marked by; a list of which more changed is read in its changes. */
const MOST_MARKED = 2000;

/** How late a page may say that there is a newer edition: 2.8 times the rate of asking each time (2,754 to 984 a second). */
const REMEMBERED_MS = 2000;

const page = z.coerce.number().int().min(1).max(1_000_000).default(1);
const Query = z.object({
  chart: z.string().max(40).optional(),
  q: z.string().trim().max(100).default(''),
  grade: z.enum(['1', '2', '3']).optional(),
  page,
  left: page,
  format: z.enum(['html', 'csv']).default('html'),
});

/** Ranking lists: all of them, and one edition with its rows, its figure, and what was left out. */
export function boardPages(http: Http, pages: Pages, stored: StoredPages): void {
  const { database } = pages.settings;
  const editions = new Remembered<NamedEdition>(REMEMBERED_MS);
  const worker = pages.assets.islands['verify-list-worker'];
  const verifier = worker ? { worker, kilobytes: kilobytesOf(pages.assets, worker) } : null;
  http.get('/boards', async (request, reply) => {
    const [lists, schemes, today] = await Promise.all([
      listRankingLists(database),
      listSchemes(database),
      registerDay(database),
    ]);
    const frame = frameOf(request, pages);
    return sendPage(reply, BoardsPage({ frame, today, boards: shownBoards(lists, schemes) }));
  });
  http.get(
    '/boards/:list',
    {
      schema: {
        params: z.object({ list: z.string().max(30) }),
        // A dated link: the edition that was the newest on that day.
        querystring: z.object({ on: z.iso.date().optional() }),
      },
    },
    async (request, reply) => {
      const { list } = request.params;
      const { on } = request.query;
      const number = on
        ? await editionOn(database, list, on)
        : (await readEdition(database, list, 'latest')).edition.edition;
      return reply.redirect(inLanguage(pages.lang, `/boards/${list}/${number}`), 302);
    },
  );
  http.get(
    '/boards/:list/:edition',
    {
      schema: {
        params: z.object({ list: z.string().max(30), edition: z.coerce.number().int().min(1) }),
        querystring: Query,
      },
    },
    async (request, reply) => {
      const { list, edition: number } = request.params;
      const { format, chart, grade, ...rest } = request.query;
      const query: BoardQuery = { ...rest, chart: chart ?? null, grade: grade ? (Number(grade) as Grade) : null };
      if (format === 'csv') return sendBoardCsv(reply, pages, await readEdition(database, list, number), query.q);
      const { sha256, newest, since, disputes } = await editions.get(`${list}/${number}`, () =>
        nameEdition(database, list, number),
      );
      const frame = publicFrame(request, pages);
      const name = pageName(frame, JSON.stringify([sha256, newest, since, disputes]));
      return stored.send(request, reply, name, async () => {
        const props = await boardProps(pages, await readEdition(database, list, number), query);
        const state = { ...since, ...props.dates, openObjections: disputes.length };
        return renderDocument(
          BoardPage({
            ...props,
            verifier,
            frame,
            list,
            edition: number,
            newest,
            query,
            state,
            disputes: Map.groupBy(disputes, ([declaration]) => declaration ?? ''),
          }),
        );
      });
    },
  );
}

/** What an edition's page is stored under: its bytes never change, but what is said of it beside them may. */
async function nameEdition(database: Database, list: string, number: number): Promise<NamedEdition> {
  const { edition } = await readEdition(database, list, number);
  const newest = (await readEditions(database, list))[0]?.edition ?? number;
  return {
    sha256: edition.listSha256,
    newest,
    since: await readEditionSince(database, edition),
    disputes: await readDisputes(database, list, number),
  };
}

interface NamedEdition {
  readonly sha256: string;
  readonly newest: number;
  readonly since: EditionSince;
  readonly disputes: Awaited<ReturnType<typeof readDisputes>>;
}

/** Which rows a page shows: rows stand in order of their grade, so one grade is a window of all. */
function windowOf({ grades, entries }: ListHead, { page, grade }: BoardQuery) {
  const better = grade === null ? [] : ([1, 2, 3] as const).filter((one) => one < grade);
  const first = better.reduce((sum, one) => sum + grades[one], 0);
  const from = first + (page - 1) * BOARD_ROWS;
  const end = grade === null ? entries : first + grades[grade];
  return { from, count: Math.max(0, Math.min(BOARD_ROWS, end - from)) };
}

async function boardProps({ settings: { database } }: Pages, read: ReadEdition, query: BoardQuery) {
  const { edition, head, scheme, report } = read;
  const lists = await listRankingLists(database);
  const reading = asPublic(database);
  const { from, count } = windowOf(head, query);
  const found =
    query.q === '' ? null : await findRows(reading, read, query.q, (query.page - 1) * BOARD_ROWS, BOARD_ROWS);
  const changes = await readChanges(reading, read, 'changes', 0, MOST_MARKED);
  const left = await readChanges(reading, read, 'left', 0, BOARD_ROWS);
  const names = await readNamed(
    reading,
    left.map(({ declaration, last }) => ({ declaration, revision: last.revision })),
  );
  return {
    publishedAt: edition.publishedAt ?? edition.createdAt,
    dates: { objectionsUntil: edition.objectionsUntil, validUntil: edition.validUntil },
    sha256: edition.listSha256,
    run: edition.runId,
    body: lists.find(({ schemeCode }) => schemeCode === edition.schemeCode)?.body ?? '',
    head,
    scheme,
    distributions: report.distributions,
    rows: found ? found.rows : await readRows(reading, read, 'entries', from, count),
    filtered: found ? { matches: found.matches, searched: found.searched } : null,
    excluded: await readRows(reading, read, 'excluded', (query.left - 1) * BOARD_ROWS, BOARD_ROWS),
    gone: { rows: left.map((row, i) => ({ row, document: names[i] ?? null })), total: left.length },
    marks: new Map(
      changes.flatMap(({ declaration, change }) => (change === 'left' ? [] : [[declaration, change] as const])),
    ),
  };
}
