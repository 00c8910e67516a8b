import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseShape } from '../../domain/shape.ts';
import { Application, applyToJoin } from '../../services/organisations/apply-to-join.ts';
import { decideOrganisation, OrganisationDecision } from '../../services/organisations/decide-organisation.ts';
import { listApplications } from '../../services/organisations/read-organisation.ts';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import { link } from '../../views/frame.ts';
import { ApplicationsPage, type ShownApplication } from '../../views/people/applications-page.tsx';
import { JoinedPage, JoinPage } from '../../views/people/join-page.tsx';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { atDesk, messagesOf, refusalOf, type Typed, typedIn } from './desk-form.ts';
import { memberOf } from './desk.ts';
import { frameOf, type Pages, sendPage, sendPrivatePage } from './frame.ts';

const MOST_EVIDENCE_BYTES = 10 * 1024 * 1024;
const FIELDS = ['kind', 'creditCode', 'name', 'region', 'method', 'statement', 'displayName', 'loginName', 'password'];

/** Joining with a proof of control, and the operator's confirmation of it. */
export async function joinPages(http: Http, pages: Pages): Promise<void> {
  const { database } = pages.settings;
  http.get('/join', async (request, reply) =>
    sendPage(reply, JoinPage({ frame: frameOf(request, pages), typed: {}, messages: [] })),
  );
  await http.register(async (files) => {
    await files.register(multipart, {
      limits: { files: 1, fields: FIELDS.length, fieldSize: 4000, fileSize: MOST_EVIDENCE_BYTES },
    });
    files.post(
      '/join',
      { config: { unkeyed: true, rateLimit: { max: 20, timeWindow: '1 minute' } } },
      async (request, reply) => apply(request, reply, pages),
    );
  });
  http.get('/desk/applications', async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    return sendApplications(request, reply, pages, []);
  });
  http.post(
    '/desk/applications/:creditCode',
    { schema: { params: z.object({ creditCode: z.string().max(18) }) } },
    async (request, reply) => {
      if (!memberOf(request, reply, pages)) return reply;
      const { creditCode } = request.params;
      const typed = typedIn(request);
      const reason = `reason-${creditCode}`;
      const input = parseShape(OrganisationDecision, {
        decision: typed['decision'],
        reason: typed[reason],
        confirmCreditCode: typed['confirmCreditCode'] === 'yes',
      });
      const frame = frameOf(request, pages);
      if (!input.ok) {
        return sendApplications(request, reply, pages, messagesOf(frame, input.problem, [], reason), 422);
      }
      try {
        await decideOrganisation(contextWithKey(database, request, null), creditCode, input.value);
        return reply.redirect(link(frame, '/desk/applications'), 303);
      } catch (error) {
        const { faults, status } = refusalOf(error);
        return sendApplications(request, reply, pages, messagesOf(frame, faults, [], reason), status);
      }
    },
  );
}

async function apply(request: FastifyRequest, reply: FastifyReply, pages: Pages): Promise<FastifyReply> {
  const frame = frameOf(request, pages);
  // Whatever of the file is not read when it is refused must not be waited for.
  reply.header('Connection', 'close');
  const { typed, evidence } = await readForm(request);
  const refuse = (messages: readonly SummaryLine[], status: number) =>
    sendPrivatePage(reply, JoinPage({ frame, typed, messages }), status);
  const t = frame.t.join;
  const missing =
    typeof evidence === 'string' && evidence.length === 64
      ? []
      : [{ field: 'evidence', message: evidence === 'too-large' ? t.tooLarge : t.chooseFile }];
  const given = (name: string) => typed[name] ?? '';
  const input = parseShape(Application, {
    creditCode: given('creditCode'),
    name: given('name'),
    kind: given('kind'),
    ...(given('kind') === 'regulator' ? { region: given('region') } : {}),
    invented: pages.settings.registerKind !== 'real',
    proof: {
      method: given('method'),
      evidenceSha256: missing.length === 0 ? evidence : '0'.repeat(64),
      statement: given('statement'),
    },
    admin: { loginName: given('loginName'), displayName: given('displayName'), password: given('password') },
  });
  if (!input.ok || missing.length > 0) {
    const messages = input.ok ? [] : messagesOf(frame, input.problem, FIELDS, 'kind');
    return refuse([...messages, ...missing], 422);
  }
  try {
    const context = contextWithKey(pages.settings.database, request, null);
    const { creditCodeRegular } = await applyToJoin(context, input.value);
    return await sendPrivatePage(
      reply,
      JoinedPage({ frame, name: input.value.name, codeRegular: creditCodeRegular }),
      202,
    );
  } catch (error) {
    const { faults, status } = refusalOf(error);
    return refuse(messagesOf(frame, faults, FIELDS, 'creditCode'), status);
  }
}

/** The texts of the form and the SHA-256 of its file, which is read once and not kept. */
async function readForm(
  request: FastifyRequest,
): Promise<{ readonly typed: Typed; readonly evidence: string | null | 'too-large' }> {
  const typed: Record<string, string> = {};
  let evidence: string | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      typed[part.fieldname] = String(part.value);
      continue;
    }
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of part.file) {
      bytes += (chunk as Buffer).length;
      hash.update(chunk as Buffer);
    }
    if (part.file.truncated) evidence = 'too-large';
    else if (bytes > 0) evidence = hash.digest('hex');
  }
  return { typed, evidence };
}

async function sendApplications(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
  messages: readonly SummaryLine[],
  status = 200,
): Promise<FastifyReply> {
  const member = memberOf(request, reply, pages);
  if (!member) return reply;
  const applications = await listApplications(contextWithKey(pages.settings.database, request, null));
  const page = ApplicationsPage({
    frame: frameOf(request, pages),
    at: atDesk(member),
    applications: applications as readonly ShownApplication[],
    messages,
  });
  return sendPrivatePage(reply, page, status);
}
