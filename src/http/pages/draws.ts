import { z } from 'zod';
import { parsePlan } from '../../domain/spot-checks/plan.ts';
import type { Verdict } from '../../domain/spot-checks/vocabulary.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { Database } from '../../services/context.ts';
import { readVersion } from '../../services/declarations/read-declaration.ts';
import { listDraws, readDraw, type ReadDraw, readDrawFile } from '../../services/spot-checks/read-draw.ts';
import { link, withQuery } from '../../views/frame.ts';
import { DrawPage } from '../../views/spot-checks/draw-page.tsx';
import { DrawsPage } from '../../views/spot-checks/draws-page.tsx';
import type { ShownObject } from '../../views/spot-checks/draw-props.ts';
import type { Http } from '../fastify.ts';
import { type Assets, kilobytesOf } from './assets.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';
import { shownDraw } from './shown.ts';

/** Each row reads its declaration for number and name. */
const ROWS = 50;

/** Spot checks: all draws, and one from its plan to its published findings. */
export function drawPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  const verifier = verifierOf(pages.assets);
  http.get('/draws', async (request, reply) => {
    const draws = (await listDraws(database)).map(shownDraw);
    return sendPage(reply, DrawsPage({ frame: frameOf(request, pages), draws }));
  });
  http.get(
    '/draws/:id',
    {
      schema: {
        params: z.object({ id: z.string().max(64) }),
        querystring: z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { page } = request.query;
      // Findings that are not public are read in the workbench, never here, whoever is logged in.
      const read = await readDraw(database, { kind: 'public', address: request.ip }, id);
      const plan = parsePlan((await readDrawFile(database, id, 'plan.json')).content);
      if (!plan.ok) throw new Error(`the published plan of ${id} cannot be read`);
      const frame = frameOf(request, pages);
      const { draw, regulator, files, objects, findings, logged, voidBefore } = read;
      const address = (n: number) => link(frame, withQuery(`/draws/${id}`, { page: n > 1 ? n : null }));
      const isVoid = draw.state === 'void';
      return sendPage(
        reply,
        DrawPage({
          frame,
          id,
          title: draw.title,
          state: draw.state,
          regulator: { name: regulator?.name ?? '', invented: regulator?.invented ?? false },
          plan: plan.value,
          planSha256: draw.planSha256,
          entropyNotBefore: draw.entropyNotBefore,
          entropy: draw.entropy,
          entropyNote: draw.entropyNote ?? plan.value.entropyNote ?? null,
          voidReason: isVoid ? draw.voidReason : null,
          voidBefore,
          logged: {
            plan: logged.plan?.idx ?? null,
            seed: logged.seed?.idx ?? null,
            result: logged.result?.idx ?? null,
          },
          files,
          objects: await shownObjects(database, objects.slice((page - 1) * ROWS, page * ROWS), findings),
          drawn: objects.length,
          hasFindings: findings.length > 0,
          previous: page > 1 ? address(page - 1) : null,
          next: page * ROWS < objects.length ? address(page + 1) : null,
          verifier,
        }),
      );
    },
  );
}

function verifierOf(assets: Assets): { readonly worker: string; readonly kilobytes: number } | null {
  const worker = assets.islands['verify-draw-worker'];
  return worker ? { worker, kilobytes: kilobytesOf(assets, worker) } : null;
}

async function shownObjects(
  database: Database,
  objects: ReadDraw['objects'],
  findings: ReadDraw['findings'],
): Promise<readonly ShownObject[]> {
  const published = new Map(findings.map((finding) => [finding.object, finding]));
  return Promise.all(
    objects.map(async ({ object, stratum, rank, inspectors }) => {
      const version = await readVersion(database, object, 1).catch(() => null);
      const document = version ? (JSON.parse(version.document) as DeclarationDocument) : null;
      const finding = published.get(object);
      return {
        object,
        stratum,
        rank,
        inspectors,
        enterprise: document?.enterprise ?? null,
        number: document?.number.canonical ?? null,
        finding: finding ? { verdict: finding.verdict as Verdict, codes: finding.codes } : null,
      };
    }),
  );
}
