import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Checks } from '../../domain/forerunners/checks.ts';
import { Confirmation, DeclarationId, ReportFacts } from '../../domain/forerunners/input.ts';
import { MOST_REPORT_BYTES } from '../../domain/forerunners/vocabulary.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { confirmCandidacy } from '../../services/forerunners/confirm-candidacy.ts';
import { enterChecks } from '../../services/forerunners/enter-checks.ts';
import { readOwnRound } from '../../services/forerunners/list-own.ts';
import { unknownCandidate } from '../../services/forerunners/load-round.ts';
import { sendReport } from '../../services/forerunners/send-report.ts';
import { registerDay } from '../../services/rankings/read-state.ts';
import { Refusal } from '../../services/refusal.ts';
import { CandidateDeskPage } from '../../views/forerunners/candidate-desk-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { IncomingFile } from '../incoming-file.ts';
import { act, filled, type Shown } from './desk-act.ts';
import { atDesk, type DeskRequest, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';

const Candidate = z.object({ id: z.string().max(30), declaration: DeclarationId });
const CONFIRMATION = ['signer', 'capacity', 'provision', 'models'];
const REPORT = ['number', 'laboratory', 'mark', 'markNumber', 'reportedOn', 'report'];
const PARTS = ['result', 'source', 'checkedOn', 'note', 'evidenceSha256'];

/** One candidate at the desk: the enterprise gives its papers, the body enters its checks. */
export async function candidateDeskPages(http: Http, pages: Pages): Promise<void> {
  const { database } = pages.settings;
  const path = '/desk/forerunners/:id/:declaration';
  http.get(path, { schema: { params: Candidate } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    return member ? send({ request, reply, member, frame: frameOf(request, pages) }, request.params, {}) : reply;
  });
  http.post(path, { schema: { params: Candidate } }, async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { id, declaration } = request.params;
    const desk = { request, reply, member, frame: frameOf(request, pages) };
    const context = contextWithKey(database, request, null);
    const typed = typedIn(request);
    const { asked } = await readOwnRound(context, id);
    const fields = asked.flatMap((_, i) => PARTS.map((part) => `${i}-${part}`));
    const again = (asker: DeskRequest, shown: Shown) => send(asker, request.params, shown);
    return act(desk, typed, fields, '0-result', again, async () => {
      const input = parseShape(Checks, { declaration, checks: asked.map((about, i) => checkOf(typed, about, i)) });
      if (!input.ok) return input.problem.map(atField);
      const faults = await enterChecks(context, id, input.value).then(() => null, faultsAtFields);
      return faults ?? desk.frame.t.forerunnerDesk.entered;
    });
  });
  await http.register(async (files) => {
    await files.register(multipart, {
      limits: { files: 1, fields: 20, fieldSize: 50_000, fileSize: MOST_REPORT_BYTES + 1 },
    });
    (files as Http).post(
      `${path}/papers`,
      { config: { unkeyed: true, takesFile: true }, schema: { params: Candidate } },
      async (request, reply) => {
        reply.header('Connection', 'close');
        const member = memberOf(request, reply, pages);
        if (!member) return reply;
        const desk = { request, reply, member, frame: frameOf(request, pages) };
        const { typed, file } = await readForm(request);
        const again = (asker: DeskRequest, shown: Shown) => send(asker, request.params, shown);
        return act(desk, typed, [...CONFIRMATION, ...REPORT], 'report', again, async () => {
          const faults = await givePapers(desk, request.params, typed, file);
          return faults ?? desk.frame.t.forerunnerDesk.sent;
        });
      },
    );
  });

  /** Commitment first, where it is not given yet: what is right of a form is kept, and only the rest is asked again. */
  async function givePapers(
    { request }: DeskRequest,
    { id, declaration }: z.infer<typeof Candidate>,
    typed: Typed,
    file: Uint8Array | null,
  ): Promise<readonly Fault[] | null> {
    const context = contextWithKey(database, request, null);
    const { number, laboratory, mark, markNumber, reportedOn } = typed;
    const facts = parseShape(ReportFacts, { number, laboratory, mark, markNumber, reportedOn });
    const confirmation = 'signer' in typed ? parseShape(Confirmation, confirmationOf(typed)) : null;
    const faults = [
      ...(confirmation && !confirmation.ok ? confirmation.problem : []),
      ...(facts.ok ? [] : facts.problem),
    ];
    if (faults.length > 0 || !facts.ok) return faults;
    if (confirmation?.ok) await confirmCandidacy(context, id, declaration, confirmation.value);
    await sendReport(context, id, declaration, facts.value, file ?? new Uint8Array());
    return null;
  }

  async function send(
    { request, reply, frame, member }: DeskRequest,
    { id, declaration }: z.infer<typeof Candidate>,
    shown: Shown,
  ): Promise<FastifyReply> {
    const round = await readOwnRound(contextWithKey(database, request, null), id);
    const candidate = round.candidates.find((one) => one.declaration === declaration);
    if (!candidate) throw unknownCandidate(declaration);
    const today = await registerDay(database);
    const page = CandidateDeskPage({ frame, at: atDesk(member), round, candidate, today, ...filled(shown) });
    return sendPrivatePage(reply, page, shown.status ?? 200);
  }
}

function checkOf(typed: Typed, about: string, i: number): unknown {
  const given = (part: string) => (typed[`${i}-${part}`] ?? '').trim();
  const evidence = given('evidenceSha256').toLowerCase();
  return {
    about,
    result: given('result'),
    source: given('source'),
    checkedOn: given('checkedOn'),
    note: given('note'),
    evidenceSha256: evidence === '' ? null : evidence,
  };
}

function faultsAtFields(error: unknown): readonly Fault[] {
  if (error instanceof Refusal && error.code === 'invalid') return error.faults.map(atField);
  throw error;
}

/** `/checks/3/note` is the field `3-note`. */
function atField(fault: Fault): Fault {
  return { ...fault, at: fault.at.replace(/^\/checks\/(\d+)\/(\w+)$/u, '/$1-$2') };
}

function confirmationOf({ version = '', signer, capacity, provision, models = '' }: Typed): unknown {
  return {
    commitment: { version: Number(version), signer, capacity },
    provision,
    models: models
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  };
}

async function readForm(request: FastifyRequest): Promise<{ readonly typed: Typed; readonly file: Uint8Array | null }> {
  const typed: Record<string, string> = {};
  let file: Uint8Array | null = null;
  if (!request.isMultipart()) return { typed, file };
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      typed[part.fieldname] = String(part.value);
      continue;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of new IncomingFile(part.file).bytes()) chunks.push(chunk);
    if (part.filename) file = Buffer.concat(chunks);
  }
  return { typed, file };
}
