import { addMonths } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { eligible } from '../../domain/forerunners/candidate.ts';
import { editionOfRound, type ForerunnerEntry, type LeftOutCandidate } from '../../domain/forerunners/list.ts';
import { LIST_MONTHS } from '../../domain/schemes/scheme.ts';
import { lockName, type Opened } from '../../store/database.ts';
import { holdersOf } from '../../store/forerunner-editions.ts';
import { takeRoundStep } from '../../store/forerunner-rounds.ts';
import { markExecuted, objectionsOf, openObjectionsOf } from '../../store/objections.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict } from '../refusal.ts';
import { transact } from '../transact.ts';
import {
  decidedOut,
  type HeldCandidate,
  type HeldRound,
  loadRound,
  refuseOutOfTurn,
  schemeOfRound,
  unknownRound,
} from './load-round.ts';
import { nobodyListed } from './open-objections.ts';
import { newestEdition, type PublishedForerunners, storeEdition } from './store-edition.ts';
import { nameOf, type ShortList } from './submit-short-list.ts';

/**
 * Another person of the coordinating body than the one who opened the objection period publishes the list: what is left of
 * the short-list after the objections, unordered, with the day until which it holds.
 */
export async function publishForerunners(context: ServiceContext, id: string): Promise<PublishedForerunners> {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    const first = held?.round.objectionsOpenedBy;
    authorise(context, 'forerunner.publish', first ? { firstPersonId: first } : {});
    if (!held) throw unknownRound(id);
    const { organisation, userId } = actingOrganisation(context);
    refuseOutOfTurn('publish', held);
    const { round, candidates, today } = held;
    const shortlist = JSON.parse(round.shortlist ?? '') as ShortList;
    await mustBeDecided(tx, held, shortlist);
    await lockName(tx, `forerunner list ${round.listCode}`);
    const { listed, leftOut } = await afterObjections(tx, held, shortlist);
    if (listed.length === 0) throw nobodyListed();
    const earlier = await newestEdition(tx.db, round.listCode);
    const months = (await schemeOfRound(tx.db, round)).listMonths ?? LIST_MONTHS;
    const list = editionOfRound(
      {
        list: round.listCode,
        category: round.category,
        body: (await findOrganisation(tx.db, round.bodyId))?.creditCode ?? '',
        publisher: organisation.creditCode,
        round: id,
        board: { edition: round.boardEdition, sha256: round.boardSha256 },
        scheme: { code: round.listCode, version: round.schemeVersion, sha256: round.schemeSha256 },
        months,
        publishedOn: today,
        validUntil: addMonths(today, months),
      },
      listed,
      [...shortlist.leftOut, ...leftOut],
      earlier,
    );
    const before = earlier ? await holdersOf(tx.db, round.listCode, earlier.list.head.edition) : new Map();
    const holders = new Map([...before, ...candidates.map((one) => [one.declaration, one.organisationId] as const)]);
    const published = await storeEdition(tx, context, list, holders, { roundId: id, bodyId: round.bodyId });
    await takeRoundStep(tx, id, 'publishedAt', { edition: published.edition, publishedBy: userId });
    for (const { number, effect } of await objectionsOf(tx.db, `forerunner/${id}`))
      if (effect === 'exclude-row') await markExecuted(tx, number, published);
    await audit(tx, context, 'forerunner.publish', id, { ...published });
    return published;
  });
}

/** Nothing is published over an objection: not one that nobody has looked at yet, not one that is accepted and undecided. */
async function mustBeDecided(tx: Opened, { round }: HeldRound, { listed }: ShortList): Promise<void> {
  const own = (await objectionsOf(tx.db, `forerunner/${round.id}`)).filter(
    ({ acceptance, decision }) => acceptance !== 'not-accepted' && decision === null,
  );
  const names = new Set(listed.map(({ declaration }) => declaration));
  const onBoard = (await openObjectionsOf(tx.db, `list/${round.listCode}/${round.boardEdition}`)).filter(
    ({ declarationId }) => declarationId === null || names.has(declarationId),
  );
  const [open] = [...own, ...onBoard];
  if (!open) return;
  throw conflict(
    text('有异议尚未办结', 'an objection is not decided yet'),
    '#path/id',
    open.number,
    text('全部异议已有结论', 'every objection settled'),
    text('请待异议作出决定后公布', 'publish once it is decided'),
  );
}

/** Who of the short-list is still listed, by what was decided and what became of the declarations since. */
async function afterObjections(tx: Opened, held: HeldRound, { listed }: ShortList) {
  const out = await decidedOut(tx.db, held);
  const proposed = new Set(listed.map(({ declaration }) => declaration));
  const stay: Omit<ForerunnerEntry, 'since' | 'validUntil' | 'round'>[] = [];
  const leave: LeftOutCandidate[] = [];
  for (const candidate of held.candidates) {
    if (!proposed.has(candidate.declaration)) continue;
    const verdict = eligible({
      isConfirmed: candidate.confirmation !== null,
      hasReport: candidate.report !== null,
      // They were confirmed, and without trouble, when it came onto the short-list.
      checks: [],
      declaration: candidate.now,
      decidedOut: out.get(candidate.declaration) ?? [],
    });
    if (verdict.eligible) stay.push(entryOf(candidate));
    else leave.push({ ...nameOf(candidate), because: verdict.because });
  }
  return { listed: stay, leftOut: leave };
}

function entryOf(candidate: HeldCandidate): Omit<ForerunnerEntry, 'since' | 'validUntil' | 'round'> {
  const { confirmation, report, document, board } = candidate;
  if (!confirmation || !report) throw new Error(`${candidate.declaration} has no papers`);
  const { models, provision, commitmentVersion } = confirmation;
  const { number, laboratory, mark, markNumber, reportedOn, sha256 } = report;
  const products = document.content.products.filter((one) => one.models.some((model) => models.includes(model)));
  return {
    ...nameOf(candidate),
    product: products.map(({ name }) => name).join('、'),
    models,
    provision,
    commitment: commitmentVersion,
    report: { number, laboratory, mark, markNumber, reportedOn, sha256 },
    board,
  };
}
