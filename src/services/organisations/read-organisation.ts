import { text } from '../../domain/fault.ts';
import { approvedScopes } from '../../store/accreditations.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findPresentCode, listConfirmedChanges, listFormerIdentities } from '../../store/enterprise-life.ts';
import {
  findOrganisationByCode,
  listApplications as applications,
  type Organisation,
} from '../../store/organisations.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';

/** What the public may know of an organisation: nothing before it joined, and nothing of its people. */
export async function readOrganisation(database: Database, creditCode: string) {
  const organisation = await findPublicOrganisation(database, creditCode);
  if (!organisation) throw notFound(text('组织', 'organisation'), '#path/creditCode', creditCode);
  return publicRead(database, async (db) => {
    const { creditCodeMark, name, kind, invented, state } = organisation;
    const [former, changes] = await Promise.all([
      listFormerIdentities(db, organisation.id),
      listConfirmedChanges(db, organisation.id),
    ]);
    return {
      creditCode: organisation.creditCode,
      state,
      former: former.map((one) => ({ creditCode: one.creditCode, name: one.name, until: one.until.toISOString() })),
      changes: changes.map((one) => ({ kind: one.kind, decidedAt: one.decidedAt?.toISOString() ?? '' })),
      creditCodeMark,
      name,
      kind,
      invented,
      accreditations: (await approvedScopes(db, organisation.id)).map(scope),
    };
  });
}

const SHOWN = ['active', 'suspended', 'deregistered'];

/** An organisation that is or was in the register, by its code, a former code, or nine characters of an old one. */
export function findPublicOrganisation(database: Database, typed: string): Promise<Organisation | null> {
  return publicRead(database, async (db) => {
    const found = await findOrganisationByCode(db, typed);
    if (found) return SHOWN.includes(found.state) ? found : null;
    const present = await findPresentCode(db, typed);
    return present === null ? null : findOrganisationByCode(db, present);
  });
}

function scope({ categoryPrefix, validFrom, validTo }: { categoryPrefix: string; validFrom: string; validTo: string }) {
  return { categoryPrefix, validFrom, validTo };
}

/** What the operator decides on: each application with its proof. */
export async function listApplications(context: ServiceContext) {
  authorise(context, 'organisation.list-applications');
  const waiting = await publicRead(context.database, (db) => applications(db));
  return waiting.map(({ creditCode, creditCodeMark, name, kind, invented, appliedAt, ...proof }) => ({
    creditCode,
    creditCodeMark,
    name,
    kind,
    invented,
    proof: { method: proof.proofMethod, evidenceSha256: proof.proofEvidenceSha256, statement: proof.proofStatement },
    appliedAt: appliedAt.toISOString(),
  }));
}
