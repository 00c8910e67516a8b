import { randomUUID } from 'node:crypto';
import { fault, text } from '../../domain/fault.ts';
import { tooLongLists } from '../../domain/schemes/draft.ts';
import type { Transaction } from '../../store/database.ts';
import { violatedCheck } from '../../store/errors.ts';
import {
  deleteSchemeDraft,
  findSchemeDraft,
  insertSchemeDraft,
  listSchemeDrafts as list,
  type SchemeDraft,
  updateSchemeDraft,
} from '../../store/scheme-drafts.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';

export type { SchemeDraft };

/** Keeps what was typed so far; a draft is checked only when it is proposed, and seen only by its body. */
export async function createSchemeDraft(context: ServiceContext, content: unknown): Promise<SchemeDraft> {
  authorise(context, 'scheme-draft.save');
  refuseTooLong(content);
  return transact(context, (tx) => beginSchemeDraft(tx, context, content), { explain: tooLarge });
}

/** The same inside another act: what is returned from its objection period goes on as a draft. */
export async function beginSchemeDraft(
  tx: Transaction,
  context: ServiceContext,
  content: unknown,
): Promise<SchemeDraft> {
  const { organisation, userId } = actingOrganisation(context);
  const id = randomUUID();
  await insertSchemeDraft(tx, { id, bodyId: organisation.id, content, savedBy: userId });
  await audit(tx, context, 'scheme-draft.save', id, { revision: 1 });
  return { id, revision: 1, content, savedAt: tx.now };
}

/** Saves over the revision that the writer had read; a newer one is never overwritten (412). */
export async function saveSchemeDraft(
  context: ServiceContext,
  id: string,
  revision: number,
  content: unknown,
): Promise<SchemeDraft> {
  authorise(context, 'scheme-draft.save');
  refuseTooLong(content);
  const { userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      if (!(await updateSchemeDraft(tx, { id, revision, content, savedBy: userId })))
        throw await staleOrMissing(tx, id, revision);
      await audit(tx, context, 'scheme-draft.save', id, { revision: revision + 1 });
      return { id, revision: revision + 1, content, savedAt: tx.now };
    },
    { explain: tooLarge },
  );
}

export async function readSchemeDraft(context: ServiceContext, id: string): Promise<SchemeDraft> {
  authorise(context, 'scheme-draft.read');
  return transact(context, async (tx) => {
    const draft = await findSchemeDraft(tx, id);
    if (!draft) throw missing(id);
    return draft;
  });
}

export async function listSchemeDrafts(context: ServiceContext): Promise<readonly SchemeDraft[]> {
  authorise(context, 'scheme-draft.read');
  return transact(context, (tx) => list(tx));
}

export async function discardSchemeDraft(context: ServiceContext, id: string, revision: number): Promise<void> {
  authorise(context, 'scheme-draft.discard');
  await transact(context, async (tx) => {
    await removeSchemeDraft(tx, id, revision);
    await audit(tx, context, 'scheme-draft.discard', id, { revision });
  });
}

/** Ends a draft at the revision that its reader saw, for discarding it or because it became a proposal. */
export async function removeSchemeDraft(tx: Transaction, id: string, revision: number): Promise<void> {
  if (!(await deleteSchemeDraft(tx, id, revision))) throw await staleOrMissing(tx, id, revision);
}

function refuseTooLong(content: unknown): void {
  const faults = tooLongLists(content);
  if (faults.length > 0) throw invalid(faults);
}

/** Numbers such as 1e300 take far more room as they are stored than as they were sent. */
function tooLarge(error: unknown): unknown {
  if (violatedCheck(error) !== 'scheme_drafts_content_check') return error;
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
  const current = await findSchemeDraft(tx, id);
  if (!current) return missing(id);
  return new Refusal('stale', text('这份草稿在另一处被改过', 'this draft was changed elsewhere'), [
    fault(
      '#header/If-Match',
      'stale',
      String(revision),
      text(`当前版本 ${current.revision}`, `the current revision, ${current.revision}`),
      text('请重新读取，合并后再保存', 'read it again, merge, and save'),
    ),
  ]);
}

function missing(id: string): Refusal {
  return notFound(text('方案草稿', 'draft of a scheme'), '#path/id', id);
}
