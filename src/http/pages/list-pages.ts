import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { notFound } from '../../services/refusal.ts';
import { readDifference, withNames } from '../../services/rankings/read-difference.ts';
import { asPublic, readChanges, readEdition, readEditions, readTiers } from '../../services/rankings/read-list.ts';
import { readObjectionsTo } from '../../services/rankings/read-disputes.ts';
import { readProvenance } from '../../services/rankings/read-provenance.ts';
import { ChangesPage } from '../../views/rankings/changes-page.tsx';
import { EditionsPage } from '../../views/rankings/editions-page.tsx';
import { ProvenancePage } from '../../views/rankings/provenance-page.tsx';
import { RowDisputes } from '../../views/rankings/row-disputes.tsx';
import { TiersPage } from '../../views/rankings/tiers-page.tsx';
import { link, withQuery } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

const edition = z.coerce.number().int().min(1);
const ListId = z.object({ list: z.string().max(30), edition });
const page = z.coerce.number().int().min(1).max(1_000_000).default(1);
/** Rows of one page of changes, and of one tier. */
const ROWS = 100;

/** Around a board: its editions, changes, tiers of one indicator, and how a row came to be. */
export function listPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const reading = asPublic(database);
  http.get('/boards/:list/editions', { schema: { params: ListId.pick({ list: true }) } }, async (request, reply) => {
    const { list } = request.params;
    const { scheme } = await readEdition(database, list, 'latest');
    const editions = (await readEditions(database, list)).map((one) => ({
      edition: one.edition ?? 0,
      publishedAt: one.publishedAt ?? new Date(0),
      sha256: one.listSha256,
      head: one.head,
    }));
    return sendPage(reply, EditionsPage({ frame: frameOf(request, pages), list, scheme, editions }));
  });
  http.get(
    '/boards/:list/:edition/changes',
    { schema: { params: ListId, querystring: z.object({ page, from: edition.optional() }) } },
    async (request, reply) => {
      const { list, edition: number } = request.params;
      const { page: at, from: other } = request.query;
      const read = await readEdition(database, list, number);
      const all = other
        ? (await readDifference(reading, await readEdition(database, list, other), read)).slice(
            (at - 1) * ROWS,
            at * ROWS + 1,
          )
        : await readChanges(reading, read, 'changes', (at - 1) * ROWS, ROWS + 1);
      const frame = frameOf(request, pages);
      const address = (to: number) =>
        link(frame, withQuery(`/boards/${list}/${number}/changes`, { from: other, page: to > 1 ? to : null }));
      return sendPage(
        reply,
        ChangesPage({
          frame,
          list,
          edition: number,
          other: other ?? null,
          scheme: read.scheme,
          changes: await withNames(reading, all.slice(0, ROWS)),
          previous: at > 1 ? address(at - 1) : null,
          next: all.length > ROWS ? address(at + 1) : null,
        }),
      );
    },
  );
  http.get(
    '/boards/:list/:edition/indicators/:code',
    { schema: { params: ListId.extend({ code: z.string().max(40) }) } },
    async (request, reply) => {
      const { list, edition: number, code } = request.params;
      const read = await readEdition(database, list, number);
      const place = read.scheme.indicators.findIndex((one) => one.code === code);
      const [indicator, summary] = [read.scheme.indicators[place], read.head.indicators[place]];
      if (!indicator || !summary) throw notFound(text('方案的指标', 'indicator of the scheme'), '#path/code', code);
      const tiers = summary.ranked ? await readTiers(reading, read, place, ROWS) : [];
      const frame = frameOf(request, pages);
      const { scheme } = read;
      return sendPage(reply, TiersPage({ frame, list, edition: number, scheme, indicator, place, summary, tiers }));
    },
  );
  http.get(
    '/boards/:list/:edition/entry/:declaration',
    { schema: { params: ListId.extend({ declaration: z.string().max(128) }) } },
    async (request, reply) => {
      const { list, edition: number, declaration } = request.params;
      const read = await readEdition(database, list, number);
      const provenance = await readProvenance(database, read, declaration);
      const frame = frameOf(request, pages);
      const object = `list/${list}/${number}/${declaration}`;
      const disputes = RowDisputes({ frame, object, numbers: await readObjectionsTo(database, object) });
      const { head, scheme } = read;
      return sendPage(reply, ProvenancePage({ frame, list, edition: number, head, scheme, ...provenance, disputes }));
    },
  );
}
