import { randomUUID } from 'node:crypto';
import { fault, text } from '../../domain/fault.ts';
import {
  deleteDraft,
  type Draft,
  findDraft,
  insertDraft,
  listDrafts as list,
  updateDraft,
} from '../../store/drafts.ts';
import type { Transaction } from '../../store/database.ts';
import { violatedCheck } from '../../store/errors.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';

export type { Draft };

/** Keeps what was typed so far; a draft is checked only when it is published, and seen only by its enterprise. */
export async function createDraft(context: ServiceContext, content: unknown): Promise<Draft> {
  authorise(context, 'draft.save');
  const { organisation, userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      const id = randomUUID();
      await insertDraft(tx, { id, organisationId: organisation.id, content, savedBy: userId });
      await audit(tx, context, 'draft.save', id, { revision: 1 });
      return { id, revision: 1, content, savedAt: tx.now };
    },
    { explain: tooLarge },
  );
}

/** Saves over the revision that the writer had read; a newer one is never overwritten (412). */
export async function saveDraft(
  context: ServiceContext,
  id: string,
  revision: number,
  content: unknown,
): Promise<Draft> {
  authorise(context, 'draft.save');
  const { userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      if (!(await updateDraft(tx, { id, revision, content, savedBy: userId })))
        throw await staleOrMissing(tx, id, revision);
      await audit(tx, context, 'draft.save', id, { revision: revision + 1 });
      return { id, revision: revision + 1, content, savedAt: tx.now };
    },
    { explain: tooLarge },
  );
}

export async function readDraft(context: ServiceContext, id: string): Promise<Draft> {
  authorise(context, 'draft.read');
  return transact(context, async (tx) => {
    const draft = await findDraft(tx, id);
    if (!draft) throw missing(id);
    return draft;
  });
}

export async function listDrafts(context: ServiceContext): Promise<readonly Draft[]> {
  authorise(context, 'draft.read');
  return transact(context, (tx) => list(tx));
}

export async function discardDraft(context: ServiceContext, id: string, revision: number): Promise<void> {
  authorise(context, 'draft.discard');
  await transact(context, async (tx) => {
    if (!(await deleteDraft(tx, id, revision))) throw await staleOrMissing(tx, id, revision);
    await audit(tx, context, 'draft.discard', id, { revision });
  });
}

/** Numbers such as 1e300 take far more room as they are stored than as they were sent. */
function tooLarge(error: unknown): unknown {
  if (violatedCheck(error) !== 'declaration_drafts_content_check') return error;
  return invalid([
    fault(
      '/content',
      'draft.too-large',
      null,
      text('存储后至多 2 MiB 的草稿', 'a draft of at most 2 MiB as stored'),
      text('请删减内容', 'shorten it'),
    ),
  ]);
}

async function staleOrMissing(tx: Transaction, id: string, revision: number): Promise<Refusal> {
  const current = await findDraft(tx, id);
  if (!current) return missing(id);
  return new Refusal('stale', text('这份草稿在另一处被改过', 'this draft was changed elsewhere'), [
    {
      at: '#header/If-Match',
      code: 'stale',
      found: String(revision),
      expected: text(`当前版本 ${current.revision}`, `the current revision, ${current.revision}`),
      remedy: text('请重新读取，合并后再保存', 'read it again, merge, and save'),
    },
  ]);
}

function missing(id: string): Refusal {
  return notFound(text('草稿', 'draft'), '#path/id', id);
}
