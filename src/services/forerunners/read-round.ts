import { sha256Hex } from '../../domain/bytes.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { neutrally } from '../../domain/forerunners/list.ts';
import { roundClock, roundState } from '../../domain/forerunners/round.ts';
import { type Database, publicRead, type Transaction } from '../../store/database.ts';
import { findRound } from '../../store/forerunner-rounds.ts';
import { openObjectionsOf } from '../../store/objections.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { readRegister } from '../../store/register.ts';
import { type HeldCandidate, type HeldRound, holdRounds, unknownRound } from './load-round.ts';
import { nameOf, type ShortList } from './submit-short-list.ts';

/** What everyone may know of a round: its step and clocks, who stands where, what is missing, who was left out and why. */
export async function readRound(database: Database, id: string) {
  const today = dayInBeijing((await readRegister(database)).now);
  return publicRead(database, async (db) => {
    const round = await findRound(db, id);
    const [held] = round ? await holdRounds(db, [round], today) : [];
    if (!held) throw unknownRound(id);
    return publicRound(db, held);
  });
}

export async function publicRound(db: Transaction['db'], held: HeldRound) {
  const { round, candidates } = held;
  const body = await findOrganisation(db, round.bodyId);
  const disputes = await openObjectionsOf(db, `forerunner/${round.id}`);
  const shortlist = round.shortlist === null ? null : (JSON.parse(round.shortlist) as ShortList);
  const listed = new Set(shortlist?.listed.map(({ declaration }) => declaration));
  const leftOut = new Map(shortlist?.leftOut.map(({ declaration, because }) => [declaration, because]));
  return {
    ...summaryOf(held),
    body: { creditCode: body?.creditCode ?? '', name: body?.name ?? '' },
    category: round.category,
    sha256: sha256Hex(round.document),
    shortlistSha256: round.shortlist === null ? null : sha256Hex(round.shortlist),
    candidates: candidates
      .map((candidate) => ({
        ...nameOf(candidate),
        ...papersOf(candidate),
        invented: candidate.invented,
        board: candidate.board,
        state: candidate.state,
        shortlisted: shortlist === null ? null : listed.has(candidate.declaration),
        because: leftOut.get(candidate.declaration) ?? [],
        disputes: disputes.flatMap((one) => (one.declarationId === candidate.declaration ? [one.number] : [])),
      }))
      .toSorted(neutrally),
  };
}

/** The public part of what an enterprise gave; who signed, and the report itself, are for the parties. */
function papersOf({ confirmation, report, document }: HeldCandidate) {
  const { products, subject } = document.content;
  return {
    subject,
    product: products.map(({ name }) => name).join('、'),
    declaredModels: products.flatMap(({ models }) => models),
    confirmation: confirmation && {
      commitment: confirmation.commitmentVersion,
      provision: confirmation.provision,
      models: confirmation.models,
      confirmedAt: confirmation.confirmedAt.toISOString(),
    },
    report: report && {
      n: report.n,
      number: report.number,
      laboratory: report.laboratory,
      mark: report.mark,
      markNumber: report.markNumber,
      reportedOn: report.reportedOn,
      sha256: report.sha256,
    },
  };
}

function summaryOf({ round, candidates, facts, today, calendar }: HeldRound) {
  const at = (time: Date | null) => time?.toISOString() ?? null;
  return {
    id: round.id,
    list: round.listCode,
    kind: round.kind,
    board: { edition: round.boardEdition, sha256: round.boardSha256 },
    scheme: { version: round.schemeVersion, sha256: round.schemeSha256 },
    state: roundState(facts, today),
    clock: roundClock(facts, today, calendar),
    openedAt: round.openedAt.toISOString(),
    confirmUntil: round.confirmUntil,
    shortlistedAt: at(round.shortlistedAt),
    objectionsOpenedAt: at(round.objectionsOpenedAt),
    objectionsUntil: round.objectionsUntil,
    publishedAt: at(round.publishedAt),
    edition: round.edition,
    ended: round.endedAt === null ? null : { at: round.endedAt.toISOString(), reason: round.endReason ?? '' },
    counts: {
      candidates: candidates.length,
      complete: candidates.filter(({ state }) => state === 'complete').length,
      waiting: candidates.filter(({ state }) => state === 'waits-for-enterprise').length,
    },
  };
}
