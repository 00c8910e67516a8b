import { logTime } from '../../domain/log/leaf.ts';
import { addToLog } from '../../store/log.ts';
import { insertStage } from '../../store/scheme-stages.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { beginSchemeDraft } from './drafts.ts';
import type { MovedScheme, StageReason } from './retire-scheme.ts';
import { holdScheme, schemeNotFound, wrongState } from './scheme-state.ts';

/** Takes a proposed version back: it stays public as what it was, its number is used up, and its text goes on as a draft. */
export async function returnToDraft(
  context: ServiceContext,
  code: string,
  version: number,
  { reason }: StageReason,
): Promise<MovedScheme & { readonly draft: string }> {
  return transact(context, async (tx) => {
    const held = await holdScheme(tx, code, version);
    authorise(context, 'scheme.return', held ? { ownerId: held.stored.bodyId } : {});
    const { organisation, userId } = actingOrganisation(context);
    if (!held) throw schemeNotFound(code, version);
    const { state, today, scheme } = held;
    if (state !== 'objection' && state !== 'objections-over') throw wrongState(state, ['objection', 'objections-over']);
    await insertStage(tx, { code, version, stage: 'returned', effectiveOn: today, reason, doneBy: userId });
    const draft = await beginSchemeDraft(tx, context, { ...scheme, version: version + 1 });
    const entry = { id: code, rev: version, body: organisation.creditCode, reason, at: logTime(tx.now) };
    await addToLog(tx, { t: 'scheme.returned', ...entry });
    await audit(tx, context, 'scheme.return', `${code}/${version}`, { reason, draft: draft.id });
    return { code, version, state: 'returned', draft: draft.id };
  });
}
