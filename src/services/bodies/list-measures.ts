import { listMeasures as list } from '../../store/bodies.ts';
import { findOrganisations } from '../../store/organisations.ts';
import { listAccreditations } from '../../store/accreditations.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';

/** Proposed and decided measures, and accreditations: all of them for who proposes and decides, its own for a body. */
export async function listMeasures(context: ServiceContext) {
  authorise(context, 'body-measure.list');
  return transact(context, async (tx) => {
    const measures = await list(tx);
    const accreditations = await listAccreditations(tx.db);
    const { actor } = context;
    const own = actor.kind === 'member' && actor.organisation.kind === 'assessment-body' ? actor.organisation.id : null;
    const bodies = await findOrganisations(
      tx.db,
      accreditations.map(({ bodyId }) => bodyId),
    );
    return {
      accreditations: accreditations
        .filter(({ bodyId }) => own === null || bodyId === own)
        .map(({ id, bodyId, categoryPrefix, validFrom, validTo, state, proposedAt }) => ({
          id,
          body: { creditCode: bodies.get(bodyId)?.creditCode ?? '', name: bodies.get(bodyId)?.name ?? '' },
          categoryPrefix,
          validFrom,
          validTo,
          state,
          proposedAt: proposedAt.toISOString(),
        })),
      measures: measures
        .filter(({ measure }) => own === null || measure.bodyId === own)
        .map(({ measure, creditCode, name }) => ({
          id: measure.id,
          body: { creditCode, name },
          accreditation: measure.accreditationId,
          kind: measure.kind,
          outcome: measure.outcome,
          reason: measure.reason,
          effectiveOn: measure.effectiveOn,
          correctBy: measure.correctBy,
          state: measure.state,
          proposedAt: measure.proposedAt.toISOString(),
          decidedAt: measure.decidedAt?.toISOString() ?? null,
        })),
    };
  });
}
