import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { RowChange } from '../../domain/rankings/row-change.ts';
import { ReleaseChecklist } from '../../domain/rankings/release.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { parseShape } from '../../domain/shape.ts';
import { listRuns, readRun } from '../../services/comparisons/read-run.ts';
import { requestRun, requestTrial, RunRequest, TrialRequest } from '../../services/comparisons/request-run.ts';
import { authorise } from '../../services/context.ts';
import { prepareRelease } from '../../services/rankings/prepare-release.ts';
import { readDifference, withNames } from '../../services/rankings/read-difference.ts';
import { readDraft } from '../../services/rankings/read-draft.ts';
import { readChanges, readRows } from '../../services/rankings/read-list.ts';
import { releaseList } from '../../services/rankings/release-list.ts';
import { listSchemeDrafts } from '../../services/schemes/drafts.ts';
import { listSchemes } from '../../services/schemes/read-scheme.ts';
import { ResultPage } from '../../views/comparisons/result-page.tsx';
import { RunPage } from '../../views/comparisons/run-page.tsx';
import { RunsPage } from '../../views/comparisons/runs-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const params = z.object({ id: z.string().max(90) });
/** Changes that a result shows; all of them are in the edition. */
const CHANGES = 100;
/** Other results that a result may be held against. */
const OTHERS = 8;
/** Rows of the list that are shown before its release. */
const PREVIEW = 20;

/** A body asks for comparisons, looks at their results, and releases them by two persons. */
export function deskRunPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const contextFor = ({ request }: DeskRequest) => contextWithKey(database, request, null);
  http.get('/desk/runs', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendRuns({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/runs', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, ['scheme', 'kind', 'reason', 'logSize'], 'scheme', sendRuns, async () => {
      const input = parseShape(RunRequest, requestOf(typed));
      if (!input.ok) return input.problem;
      await requestRun(contextFor(desk), input.value);
      return desk.frame.t.runDesk.asked;
    });
  });
  http.post('/desk/runs/trials', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, ['draft'], 'draft', sendRuns, async () => {
      const input = parseShape(TrialRequest, { draft: typed['draft'] });
      if (!input.ok) return input.problem;
      await requestTrial(contextFor(desk), input.value);
      return desk.frame.t.runDesk.asked;
    });
  });
  http.get('/desk/runs/:id', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? sendResult({ request, reply, member, frame: frameOf(request, pages) }, {}) : reply;
  });
  http.post('/desk/runs/:id/preparation', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const typed = typedIn(request);
    return act(desk, typed, ['cutOffChecked', 'objectionsChecked', 'note'], 'checklist', sendResult, async () => {
      const input = parseShape(ReleaseChecklist, checklistOf(typed));
      if (!input.ok) return input.problem;
      await prepareRelease(contextFor(desk), request.params.id, input.value);
      return desk.frame.t.runDesk.prepared;
    });
  });
  http.post('/desk/runs/:id/publication', { schema: { params } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    return act(desk, {}, [], 'release', sendResult, async () => {
      const { list, edition } = await releaseList(contextFor(desk), request.params.id);
      return desk.frame.t.runDesk.released(list, edition);
    });
  });

  async function sendRuns(desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const { reply, frame, member } = desk;
    const context = contextFor(desk);
    authorise(context, 'mapping.read', { ownerId: member.organisation.id });
    const { creditCode, name } = member.organisation;
    const own = (await listSchemes(database)).filter(({ state, body }) => state === 'in-force' && body === name);
    const page = RunsPage({
      frame,
      at: atDesk(member),
      schemes: own.map(({ code, version, document }) => ({
        code,
        version,
        title: (JSON.parse(document) as Scheme).title,
      })),
      drafts: (await listSchemeDrafts(context)).map(({ id, content }) => ({ id, title: titleOf(content, id) })),
      runs: await listRuns(database, creditCode),
      ...filled(shown),
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }

  async function sendResult(desk: DeskRequest, shown: Shown): Promise<FastifyReply> {
    const { request, reply, frame, member } = desk;
    const { id } = request.params as { id: string };
    const run = await readRun(database, id);
    const context = contextFor(desk);
    authorise(context, 'list.read-draft', { ownerId: run.bodyId });
    if (run.state !== 'finished') return sendPrivatePage(reply, RunPage({ frame, run }));
    const { read, reading, sample, checklist } = await readDraft(context, id);
    const changes: readonly RowChange[] = await readChanges(reading, read, 'changes', 0, CHANGES);
    const { chart, against } = request.query as { chart?: string; against?: string };
    const other = against ? await readDraft(context, against) : null;
    const difference = other ? await readDifference(reading, other.read, read) : [];
    const others = (await listRuns(database, member.organisation.creditCode)).filter(
      (one) => one.id !== id && one.state === 'finished' && one.schemeCode === run.schemeCode,
    );
    const page = ResultPage({
      frame,
      at: atDesk(member),
      run: id,
      scheme: read.scheme,
      head: read.head,
      isTrial: read.edition.state === 'trial',
      released: read.edition.edition,
      distributions: read.report.distributions,
      chart: chart ?? '',
      outliers: read.report.outliers,
      unmatched: read.report.unmatched.length,
      changes: await withNames(reading, changes),
      rows: await readRows(reading, read, 'entries', 0, PREVIEW),
      against: other ? { run: other.run.id, changes: await withNames(reading, difference.slice(0, CHANGES)) } : null,
      others: others.slice(0, OTHERS).map(({ id: one, requestedAt }) => ({ run: one, requestedAt })),
      sample,
      isPrepared: checklist !== null,
      ...filled(shown),
    });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

/** What a form asks for, in the words of the API: an empty field is one that was not given. */
function requestOf(typed: Typed): unknown {
  const [scheme, version] = (typed['scheme'] ?? '').split('/');
  const logSize = typed['logSize']?.trim() ?? '';
  const reason = typed['reason']?.trim() ?? '';
  return {
    scheme,
    version: Number(version),
    kind: typed['kind'],
    ...(typed['kind'] === 'correction' && reason !== '' ? { reason } : {}),
    ...(logSize === '' ? {} : { logSize: /^\d{1,15}$/u.test(logSize) ? Number(logSize) : logSize }),
  };
}

/** A row that nobody answered for is left out, and refused by the service as missing. */
function checklistOf(typed: Typed): unknown {
  const sample = Object.keys(typed).flatMap((name) => {
    const i = /^declaration-(?<i>\d)$/u.exec(name)?.groups?.['i'];
    const verdict = i === undefined ? undefined : typed[`agrees-${i}`];
    return verdict === undefined ? [] : [{ declaration: typed[name], agrees: verdict === 'agrees' }];
  });
  return {
    cutOffChecked: typed['cutOffChecked'] === 'yes',
    objectionsChecked: typed['objectionsChecked'] === 'yes',
    sample,
    note: typed['note'] ?? '',
  };
}

/** A draft may be anything yet; its title, or its number. */
function titleOf(content: unknown, id: string): string {
  const { code, title } = (content ?? {}) as { code?: unknown; title?: { zh?: unknown } };
  return [title?.zh, code].filter((part) => typeof part === 'string' && part !== '').join(' · ') || id.slice(0, 8);
}
