import { z } from 'zod';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import { fault, text } from '../../domain/fault.ts';
import { decideOrganisation as store, findOrganisationByCode } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const OrganisationDecision = z
  .strictObject({
    decision: z.enum(['confirm', 'refuse']),
    reason: z.string().trim().min(1).max(1000),
    /** Confirms a code whose check characters fail; it then carries a public mark. */
    confirmCreditCode: z.boolean().default(false),
  })
  .meta({ id: 'OrganisationDecision' });

/** The operator confirms or refuses a proof of control; the reason is kept with it. */
export async function decideOrganisation(
  context: ServiceContext,
  creditCode: string,
  input: z.infer<typeof OrganisationDecision>,
): Promise<{ readonly creditCode: string; readonly state: 'active' | 'refused' }> {
  authorise(context, 'organisation.decide');
  const { userId } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const organisation = await findOrganisationByCode(tx.db, creditCode);
    if (!organisation) throw notFound(text('申请', 'application'), '#path/creditCode', creditCode);
    const code = parseCreditCode(organisation.creditCode, { confirmed: input.confirmCreditCode });
    if (input.decision === 'confirm' && !code.ok) {
      throw invalid([
        fault(
          '/confirmCreditCode',
          'credit-code.unconfirmed',
          creditCode,
          code.problem.expected,
          text(
            '凭执照核实无误后，将 confirmCreditCode 设为 true',
            'set confirmCreditCode to true after checking the licence',
          ),
        ),
      ]);
    }
    const state = input.decision === 'confirm' ? 'active' : 'refused';
    const decided = await store(tx, organisation.id, {
      state,
      creditCodeMark: code.ok ? code.value.mark : 'unconfirmed',
      decidedBy: userId,
      decisionReason: input.reason,
    });
    if (!decided) {
      throw conflict(
        text('该申请已处理', 'this application was decided before'),
        '#path/creditCode',
        organisation.state,
        text('待处理的申请', 'an application that waits'),
        text('请刷新列表', 'reload the list'),
      );
    }
    await audit(tx, context, 'organisation.decide', creditCode, { state, reason: input.reason });
    return { creditCode: organisation.creditCode, state };
  });
}
