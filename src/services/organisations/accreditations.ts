import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { decideAccreditation as decide, findAccreditation, insertAccreditation } from '../../store/accreditations.ts';
import { addToLog } from '../../store/log.ts';
import { findOrganisation, findOrganisationByCode } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const AccreditationProposal = z
  .strictObject({
    body: z.string().max(18),
    categoryPrefix: z.string().regex(/^[A-T]\d{0,4}(\.[a-z0-9-]{1,40})?$/u),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
  })
  .meta({ id: 'AccreditationProposal' });

export const AccreditationDecision = z
  .strictObject({ decision: z.enum(['approve', 'refuse']) })
  .meta({ id: 'AccreditationDecision' });

/** The coordinating body proposes to accredit a body for categories and a period. */
export async function proposeAccreditation(context: ServiceContext, input: z.infer<typeof AccreditationProposal>) {
  authorise(context, 'accreditation.propose');
  const { organisation, userId } = actingOrganisation(context);
  if (input.validTo < input.validFrom) {
    throw invalid([
      {
        at: '/validTo',
        code: 'date.order',
        found: input.validTo,
        expected: text(`不早于 ${input.validFrom}`, `${input.validFrom} or later`),
        remedy: text('请改正日期', 'correct the date'),
      },
    ]);
  }
  return transact(context, async (tx) => {
    const body = await findOrganisationByCode(tx.db, input.body);
    if (!body || body.kind !== 'assessment-body' || body.state !== 'active') {
      throw notFound(text('评估机构', 'assessment body'), '/body', input.body);
    }
    const id = randomUUID();
    await insertAccreditation(tx, {
      id,
      bodyId: body.id,
      categoryPrefix: input.categoryPrefix,
      validFrom: input.validFrom,
      validTo: input.validTo,
      state: 'proposed',
      proposerId: organisation.id,
      proposedBy: userId,
      proposedAt: tx.now,
    });
    await audit(tx, context, 'accreditation.propose', id, { body: body.creditCode, category: input.categoryPrefix });
    return { id, state: 'proposed' as const };
  });
}

/** A national regulator decides a proposal; never the person who proposed it. An approval is a public entry. */
export async function decideAccreditation(
  context: ServiceContext,
  id: string,
  input: z.infer<typeof AccreditationDecision>,
) {
  return transact(context, async (tx) => {
    const proposal = await findAccreditation(tx.db, id);
    authorise(context, 'accreditation.decide', proposal ? { firstPersonId: proposal.proposedBy } : {});
    const { userId } = actingOrganisation(context);
    if (!proposal) throw notFound(text('认可申请', 'accreditation'), '#path/id', id);
    const state = input.decision === 'approve' ? ('approved' as const) : ('refused' as const);
    if (!(await decide(tx, id, { state, decidedBy: userId }))) {
      throw conflict(
        text('该申请已处理', 'this proposal was decided before'),
        '#path/id',
        proposal.state,
        text('待处理的申请', 'a proposal that waits'),
        text('请刷新列表', 'reload the list'),
      );
    }
    const body = await findOrganisation(tx.db, proposal.bodyId);
    if (state === 'approved' && body) {
      const { categoryPrefix, validFrom, validTo } = proposal;
      await addToLog(tx, {
        t: 'body.accredited',
        id,
        rev: 1,
        body: body.creditCode,
        category: categoryPrefix,
        doc: sha256Hex(canonicalJson({ body: body.creditCode, categoryPrefix, validFrom, validTo })),
        at: logTime(tx.now),
      });
    }
    await audit(tx, context, 'accreditation.decide', id, { state });
    return { id, state };
  });
}
