import { sha256Hex } from '../../domain/bytes.ts';
import { canonicalJson, type CanonicalValue } from '../../domain/canonical.ts';
import { eligible } from '../../domain/forerunners/candidate.ts';
import { type LeftOutCandidate, neutrally } from '../../domain/forerunners/list.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { Transaction } from '../../store/database.ts';
import { takeRoundStep } from '../../store/forerunner-rounds.ts';
import { addToLog } from '../../store/log.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import {
  checksOf,
  decidedOut,
  type HeldCandidate,
  type HeldRound,
  loadRound,
  refuseOutOfTurn,
  roundResource,
  unknownRound,
} from './load-round.ts';

/** The public document of a short-list: who is proposed, and who is left out with every reason. */
export interface ShortList {
  readonly listed: readonly Omit<LeftOutCandidate, 'because'>[];
  readonly leftOut: readonly LeftOutCandidate[];
}

/** The body submits who is to be listed. Nobody is chosen: the rule says it, of each candidate, with the reasons. */
export async function submitShortList(context: ServiceContext, id: string) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    authorise(context, 'forerunner.short-list', await roundResource(tx, context, held));
    if (!held) throw unknownRound(id);
    const { organisation, userId } = actingOrganisation(context);
    refuseOutOfTurn('short-list', held);
    const { listed, leftOut } = await judge(tx.db, held);
    const { listCode, boardEdition, boardSha256, schemeSha256 } = held.round;
    const shortlist = canonicalJson({
      v: 1,
      round: id,
      list: listCode,
      board: { edition: boardEdition, sha256: boardSha256 },
      scheme: schemeSha256,
      body: organisation.creditCode,
      listed,
      leftOut,
    } as unknown as CanonicalValue);
    await takeRoundStep(tx, id, 'shortlistedAt', { shortlist, shortlistedBy: userId });
    const doc = sha256Hex(shortlist);
    const at = logTime(tx.now);
    await addToLog(tx, { t: 'forerunner.shortlisted', id, rev: 1, body: organisation.creditCode, doc, at });
    await audit(tx, context, 'forerunner.short-list', id, { listed: listed.length, leftOut: leftOut.length });
    return { round: id, listed: listed.length, leftOut: leftOut.length, sha256: doc };
  });
}

async function judge(db: Transaction['db'], held: HeldRound): Promise<ShortList> {
  const checks = await checksOf(db, held.round.id);
  const out = await decidedOut(db, held);
  const listed: Omit<LeftOutCandidate, 'because'>[] = [];
  const leftOut: LeftOutCandidate[] = [];
  for (const candidate of held.candidates) {
    const entered = checks.get(candidate.declaration);
    const verdict = eligible({
      isConfirmed: candidate.confirmation !== null,
      hasReport: candidate.report !== null,
      checks: entered?.confirmedAt ? entered.checks : null,
      declaration: candidate.now,
      decidedOut: out.get(candidate.declaration) ?? [],
    });
    if (verdict.eligible) listed.push(nameOf(candidate));
    else leftOut.push({ ...nameOf(candidate), because: verdict.because });
  }
  return { listed: listed.toSorted(neutrally), leftOut: leftOut.toSorted(neutrally) };
}

export function nameOf({ declaration, revision, sha256, document }: HeldCandidate): Omit<LeftOutCandidate, 'because'> {
  return {
    declaration,
    revision,
    document: sha256,
    enterprise: document.enterprise,
    number: document.number.canonical,
  };
}
