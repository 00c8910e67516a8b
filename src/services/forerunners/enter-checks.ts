import { canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import { type Checks, checkChecks, checksAskedBy } from '../../domain/forerunners/checks.ts';
import { insertChecks } from '../../store/forerunner-papers.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import {
  candidateOf,
  checksOf,
  loadRound,
  refuseOutOfTurn,
  roundResource,
  schemeOfRound,
  unknownCandidate,
  unknownRound,
} from './load-round.ts';

/** The body enters what it looked up about a candidate: credit, quality, environment, and the scheme's requirements. */
export async function enterChecks(context: ServiceContext, id: string, input: Checks) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    authorise(context, 'forerunner.check', await roundResource(tx, context, held));
    if (!held) throw unknownRound(id);
    const { userId } = actingOrganisation(context);
    refuseOutOfTurn('check', held);
    const { declaration } = input;
    const candidate = candidateOf(held, declaration);
    if (!candidate) throw unknownCandidate(declaration);
    const asked = checksAskedBy(await schemeOfRound(tx.db, held.round));
    const faults = checkChecks(input, asked, held.today);
    if (faults.length > 0) throw invalid(faults);
    const before = (await checksOf(tx.db, id)).get(declaration);
    if (before?.confirmedAt) throw confirmedBefore();
    const checks = asked.flatMap((about) => input.checks.filter((check) => check.about === about));
    const document = canonicalJson({
      v: 1,
      round: id,
      declaration,
      revision: candidate.revision,
      checks: checks.map((check) => ({ ...check, evidenceSha256: check.evidenceSha256 ?? null })),
    });
    const n = (before?.n ?? 0) + 1;
    const of = { roundId: id, declarationId: declaration, n, organisationId: candidate.organisationId };
    await insertChecks(tx, { ...of, document, enteredBy: userId });
    await audit(tx, context, 'forerunner.check', `${id}/${declaration}`, { n });
    return { round: id, declaration, n };
  });
}

function confirmedBefore() {
  return conflict(
    text('该候选的核查已由第二人确认', 'a second person confirmed the checks of this candidate'),
    '/declaration',
    null,
    text('核查尚未确认的候选', 'a candidate whose checks are not confirmed'),
    text('有误请在公示期提出异议', 'object in the objection period if they are wrong'),
  );
}
