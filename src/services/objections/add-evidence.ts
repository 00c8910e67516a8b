import { lockName } from '../../store/database.ts';
import { findParty, listFiles } from '../../store/objection-cases.ts';
import { audit } from '../audit.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { asObjector } from './as-objector.ts';
import { checkEvidence, keepEvidence, type SentEvidence } from './evidence.ts';
import { loadCase, notItsTurn, unknownObjection } from './load-case.ts';

/** Who objects adds a file of evidence, as long as nobody has looked at the objection yet. */
export async function addEvidence(context: ServiceContext, number: string, secret: string | null, file: SentEvidence) {
  authorise(context, 'objection.add-evidence');
  const acting = asObjector(context, secret);
  return transact(
    context,
    async (tx) => {
      await lockName(tx, `evidence ${number}`);
      const found = await loadCase(tx, number);
      const party = await findParty(tx.db, number);
      const objects =
        party && (acting.owner === `objection:${party.secretSha256}` || acting.organisationId === party.objectorId);
      if (!found || !objects) throw unknownObjection(number);
      if (found.objection.acceptance !== null) throw notItsTurn(found.objection.acceptance);
      const already = (await listFiles(tx.db, number)).length;
      const faults = checkEvidence([file], already);
      if (faults.length > 0) throw invalid(faults);
      const [sha256 = ''] = await keepEvidence(tx, number, [file], already);
      await audit(tx, context, 'objection.add-evidence', number, { sha256 });
      return { number, n: already + 1, sha256 };
    },
    { acting },
  );
}
