import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Withdrawal } from '../../domain/declarations/change.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseShape } from '../../domain/shape.ts';
import { authorise, authoriseAtAll } from '../../services/context.ts';
import { withdrawDeclaration } from '../../services/declarations/change-declaration.ts';
import { draftChange } from '../../services/declarations/draft-change.ts';
import { chineseDay } from '../../services/declarations/load-rules.ts';
import { readDeclaration } from '../../services/declarations/read-declaration.ts';
import { Refusal } from '../../services/refusal.ts';
import { fieldMessages } from '../../views/declarations/form-faults.ts';
import type { FormFields } from '../../views/declarations/form-fields.ts';
import { faultWords } from '../../views/declarations/form-labels.ts';
import { taskAddress } from '../../views/declarations/form-props.ts';
import { NewerPage } from '../../views/declarations/newer-page.tsx';
import { WithdrawPage } from '../../views/declarations/withdraw-page.tsx';
import { link } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { memberOf } from './desk.ts';
import { type Asked, contextFor, frameFor, keyedContext } from './drafting.ts';
import { type Pages, sendPrivatePage } from './frame.ts';

const params = z.object({ id: z.string().max(128) });

/** 修订, 修改 and 废止 of an own declaration: the first two begin a draft, the third is done on its page. */
export function changePages(http: Http, pages: Pages): void {
  for (const [path, event] of [
    ['revise', 'revised'],
    ['correct', 'corrected'],
  ] as const) {
    http.post(`/desk/s/:id/${path}`, { schema: { params } }, async (request, reply) => {
      const asked = { request, reply, pages };
      const fields = (request.body ?? {}) as FormFields;
      const draft = await draftChange(keyedContext(asked, fields), request.params.id, event);
      return reply.redirect(taskAddress(frameFor(asked), draft.id), 303);
    });
  }
  http.get('/desk/s/:id/withdraw', { schema: { params } }, async (request, reply) => {
    if (!memberOf(request, reply, pages)) return reply;
    const asked = { request, reply, pages };
    return sendWithdraw(asked, request.params.id, { reason: '', on: chineseDay(new Date()), faults: [] });
  });
  http.post('/desk/s/:id/withdraw', { schema: { params } }, async (request, reply) => {
    return withdraw({ request, reply, pages }, request.params.id, (request.body ?? {}) as FormFields);
  });
}

async function withdraw(asked: Asked, id: string, fields: FormFields): Promise<FastifyReply> {
  authoriseAtAll(asked.request.actor, 'declaration.withdraw');
  const [reason, on] = [String(fields['/reason'] ?? ''), String(fields['/on'] ?? '')];
  const refuse = (faults: readonly Fault[]) => sendWithdraw(asked, id, { reason, on, faults });
  const given = parseShape(Withdrawal, { ...(reason.trim() ? { reason } : {}), ...(on ? { on } : {}) });
  if (!given.ok) return refuse(given.problem);
  const revision = Number(fields['revision']) || 0;
  try {
    await withdrawDeclaration(keyedContext(asked, fields), { id, revision }, given.value);
    return asked.reply.redirect(link(frameFor(asked), `/desk/receipt/${encodeURIComponent(id)}`), 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'stale') return sendPrivatePage(asked.reply, NewerPage({ frame: frameFor(asked), id }), 412);
    if (error.code !== 'invalid') throw error;
    return refuse(error.faults);
  }
}

async function sendWithdraw(
  asked: Asked,
  id: string,
  { reason, on, faults }: { readonly reason: string; readonly on: string; readonly faults: readonly Fault[] },
): Promise<FastifyReply> {
  const { declaration } = await readDeclaration(asked.pages.settings.database, id);
  const { organisationId, creditCode, revision, document } = declaration;
  authorise(contextFor(asked), 'declaration.withdraw', { ownerId: organisationId, region: creditCode.slice(2, 8) });
  const frame = frameFor(asked);
  const labels = { '/reason': frame.t.change.reason, '/on': frame.t.change.on };
  const page = WithdrawPage({
    frame,
    declaration: { id, revision, number: document.number.canonical },
    reason,
    on,
    messages: fieldMessages(faults, labels, faultWords(frame.t), frame.lang),
    idempotencyKey: randomUUID(),
  });
  return sendPrivatePage(asked.reply, page, faults.length > 0 ? 422 : 200);
}
