import type { Resource } from '../../domain/access/policy.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { text } from '../../domain/fault.ts';
import { type CandidateFacts, type CandidateState, candidateState } from '../../domain/forerunners/candidate.ts';
import type { Check } from '../../domain/forerunners/checks.ts';
import { outOfTurn, type RoundAct, type RoundFacts, roundState } from '../../domain/forerunners/round.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { lockName, type Opened, type Transaction } from '../../store/database.ts';
import { listChecks, type StoredCheck } from '../../store/forerunner-papers.ts';
import {
  findRound,
  listCandidates,
  listConfirmations,
  listReports,
  type StoredConfirmation,
  type StoredReport,
  type StoredRound,
} from '../../store/forerunner-rounds.ts';
import { objectionsOf } from '../../store/objections.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import type { ServiceContext } from '../context.ts';
import { conflict, notFound, type Refusal } from '../refusal.ts';

/** A candidate with its public papers and how its declaration stands today. */
export interface HeldCandidate {
  readonly declaration: string;
  readonly revision: number;
  readonly sha256: string;
  readonly board: number;
  readonly organisationId: string;
  readonly invented: boolean;
  readonly document: DeclarationDocument;
  readonly confirmation: StoredConfirmation | null;
  readonly report: StoredReport | null;
  readonly state: CandidateState;
  readonly now: CandidateFacts['declaration'];
}

export interface HeldRound {
  readonly round: StoredRound;
  readonly candidates: readonly HeldCandidate[];
  readonly facts: RoundFacts;
  readonly calendar: Calendar;
  readonly today: string;
}

/** Rounds with their candidates as they stand. */
export async function holdRounds(
  db: Transaction['db'],
  rounds: readonly StoredRound[],
  today: string,
): Promise<readonly HeldRound[]> {
  const ids = rounds.map(({ id }) => id);
  const calendar = await loadCalendar(db);
  const rows = await listCandidates(db, ids);
  const confirmations = byCandidate(await listConfirmations(db, ids));
  const reports = byCandidate(await listReports(db, ids));
  const candidates = Map.groupBy(rows, ({ candidate }) => candidate.roundId);
  return rounds.map((round) => {
    const held = (candidates.get(round.id) ?? []).map(({ candidate, document, state, revision, invented }) => {
      const key = `${candidate.roundId} ${candidate.declarationId}`;
      const confirmation = confirmations.get(key) ?? null;
      const report = reports.get(key) ?? null;
      const papers = { isConfirmed: confirmation !== null, hasReport: report !== null };
      const isSame = revision === candidate.revision;
      return {
        declaration: candidate.declarationId,
        revision: candidate.revision,
        sha256: candidate.documentSha256,
        board: candidate.boardEdition,
        organisationId: candidate.organisationId,
        invented,
        document: JSON.parse(document) as DeclarationDocument,
        confirmation,
        report,
        state: candidateState({ ...papers, isChecked: candidate.checkedAt !== null }),
        now: state === 'current' ? (isSame ? ('as-frozen' as const) : ('revised' as const)) : ('ended' as const),
      };
    });
    return { round, candidates: held, facts: factsOf(round, held), calendar, today };
  });
}

/** Locks a round for an act and reads it; null where there is none, as acts ask the policy before they say so. */
export async function loadRound(tx: Opened, id: string): Promise<HeldRound | null> {
  await lockName(tx, `forerunner round ${id}`);
  const round = await findRound(tx.db, id);
  if (!round) return null;
  const [held] = await holdRounds(tx.db, [round], dayInBeijing(tx.now));
  return held ?? null;
}

function factsOf(round: StoredRound, candidates: readonly Pick<HeldCandidate, 'state'>[]): RoundFacts {
  return {
    confirmUntil: round.confirmUntil,
    candidates: candidates.map(({ state }) => state),
    isShortlisted: round.shortlistedAt !== null,
    objectionsUntil: round.objectionsUntil,
    isPublished: round.publishedAt !== null,
    isEnded: round.endedAt !== null,
  };
}

export function unknownRound(id: string): Refusal {
  return notFound(text('领跑者评估轮次', 'forerunner round'), '#path/id', id);
}

export function unknownCandidate(declaration: string): Refusal {
  return notFound(text('候选声明', 'candidate'), '#path/declaration', declaration);
}

/** Refuses an act that does not have its turn, with the reason. */
export function refuseOutOfTurn(act: RoundAct, { facts, today }: HeldRound): void {
  const why = outOfTurn(act, facts, today);
  if (!why) return;
  const expected = text('处于可办理此事阶段的一轮', 'a round at the step of this act');
  throw conflict(why, '#path/id', roundState(facts, today), expected, text('请刷新页面', 'reload the page'));
}

/** What the policy's conditions look at in an act of the body that leads the round. */
export async function roundResource(
  tx: Transaction,
  context: ServiceContext,
  held: HeldRound | null,
): Promise<Resource> {
  if (!held) return {};
  return { ...(await accreditedFor(tx, context, held.round.category)), ownerId: held.round.bodyId };
}

export function candidateOf(held: HeldRound | null, declaration: string): HeldCandidate | null {
  return held?.candidates.find((one) => one.declaration === declaration) ?? null;
}

export async function schemeOfRound(db: Transaction['db'], round: StoredRound): Promise<Scheme> {
  const stored = await findSchemeVersion(db, round.listCode, round.schemeVersion);
  if (!stored) throw new Error(`no scheme ${round.listCode}/${round.schemeVersion}`);
  return JSON.parse(stored.document) as Scheme;
}

/** The newest checks of each candidate, for who may read them. */
export async function checksOf(
  db: Transaction['db'],
  roundId: string,
): Promise<ReadonlyMap<string, StoredCheck & { readonly checks: readonly Check[] }>> {
  const stored = await listChecks(db, [roundId]);
  return new Map(
    stored.map((one) => [
      one.declarationId,
      { ...one, checks: (JSON.parse(one.document) as { checks: readonly Check[] }).checks },
    ]),
  );
}

/** Objections that were decided to leave a candidate out: to the candidate itself, or to its row of the ranking list. */
export async function decidedOut(
  db: Transaction['db'],
  { round, candidates }: HeldRound,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const boards = [...new Set(candidates.map(({ board }) => board))];
  const found = new Map<string, string[]>();
  for (const key of [`forerunner/${round.id}`, ...boards.map((board) => `list/${round.listCode}/${board}`)]) {
    for (const { number, effect, declarationId } of await objectionsOf(db, key)) {
      if (effect !== 'exclude-row' || declarationId === null) continue;
      found.set(declarationId, [...(found.get(declarationId) ?? []), number]);
    }
  }
  return found;
}

function byCandidate<Row extends { readonly roundId: string; readonly declarationId: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [`${row.roundId} ${row.declarationId}`, row]));
}
