import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { Correction, Revision } from '../../domain/declarations/change.ts';
import type { DraftNote } from '../../domain/declarations/draft.ts';
import { parseShape } from '../../domain/shape.ts';
import { correctDeclaration, reviseDeclaration } from '../../services/declarations/change-declaration.ts';
import type { Draft } from '../../services/declarations/drafts.ts';
import { publishDeclaration } from '../../services/declarations/publish-declaration.ts';
import type { Receipt } from '../../services/declarations/version.ts';
import type { ServiceContext } from '../../services/context.ts';
import { Refusal } from '../../services/refusal.ts';
import type { FormFields } from '../../views/declarations/form-fields.ts';
import type { Found } from '../../views/declarations/submit-props.ts';
import { type Asked, keyedContext, readContent, reasonMissing } from './drafting.ts';

export type Published =
  | { readonly is: 'receipt'; readonly receipt: Receipt }
  /** What stands in the way. */
  | { readonly is: 'refused'; readonly found: readonly Found[]; readonly status: number }
  /** The declaration that the draft changes has moved on. */
  | { readonly is: 'newer'; readonly id: string };

/** Publishes what a draft holds: a declaration, or the change of one. The same form sent twice is one act. */
export async function publishDraft(asked: Asked, draft: Draft, fields: FormFields): Promise<Published> {
  const { read, note } = readContent(draft);
  const missing = reasonMissing(note);
  if (!read.ok) return { is: 'refused', found: [...read.problem, ...missing], status: 422 };
  if (missing.length > 0) return { is: 'refused', found: missing, status: 422 };
  try {
    return { is: 'receipt', receipt: await publish(keyedContext(asked, fields), read.value, note) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'stale' && note.change) return { is: 'newer', id: note.change.id };
    if ((error.code !== 'conflict' && error.code !== 'invalid') || error.faults.length === 0) throw error;
    const found = error.faults.map((fault) => ({ ...fault, at: fault.at.replace(/^\/content(?=\/|$)/u, '') }));
    return { is: 'refused', found, status: error.code === 'conflict' ? 409 : 422 };
  }
}

function publish(context: ServiceContext, content: DeclarationContent, { change }: DraftNote): Promise<Receipt> {
  if (!change) return publishDeclaration(context, content);
  const given = { content, ...(change.reason ? { reason: change.reason } : {}) };
  return change.event === 'revised'
    ? reviseDeclaration(context, change, shaped(parseShape(Revision, given)))
    : correctDeclaration(context, change, shaped(parseShape(Correction, given)));
}

function shaped<Value>(read: { ok: true; value: Value } | { ok: false; problem: unknown }): Value {
  if (read.ok) return read.value;
  throw new Error('content and reason were read before');
}
