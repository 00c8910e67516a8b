import { text } from '../../domain/fault.ts';
import { approvedScopes, listAccreditations } from '../../store/accreditations.ts';
import { type Database, publicRead } from '../../store/database.ts';
import {
  findOrganisation,
  findOrganisationByCode,
  listApplications as applications,
} from '../../store/organisations.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';

/** What the public may know of an organisation: nothing before it joined, and nothing of its people. */
export async function readOrganisation(database: Database, creditCode: string) {
  return publicRead(database, async (db) => {
    const organisation = await findOrganisationByCode(db, creditCode);
    if (!organisation || (organisation.state !== 'active' && organisation.state !== 'suspended')) {
      throw notFound(text('组织', 'organisation'), '#path/creditCode', creditCode);
    }
    const { creditCodeMark, name, kind, invented } = organisation;
    return {
      creditCode,
      creditCodeMark,
      name,
      kind,
      invented,
      accreditations: (await approvedScopes(db, organisation.id)).map(scope),
    };
  });
}

export async function listAccreditedBodies(database: Database) {
  return publicRead(database, async (db) => {
    const approved = (await listAccreditations(db)).filter((one) => one.state === 'approved');
    return Promise.all(
      approved.map(async (one) => {
        const body = await findOrganisation(db, one.bodyId);
        return { creditCode: body?.creditCode ?? '', name: body?.name ?? '', ...scope(one) };
      }),
    );
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
