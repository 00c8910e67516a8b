import { dayInBeijing } from '../../domain/calendar/day.ts';
import { checksAskedBy } from '../../domain/forerunners/checks.ts';
import { marksOf } from '../../domain/forerunners/marks.ts';
import { readForerunnerList } from '../../domain/forerunners/list-text.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { listForerunnerEditions } from '../../store/forerunner-editions.ts';
import { listSignatures } from '../../store/forerunner-papers.ts';
import { findRound, listRounds } from '../../store/forerunner-rounds.ts';
import { listPublished } from '../../store/ranking-lists.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { entriesToday } from './entries-today.ts';
import { checksOf, holdRounds, schemeOfRound, unknownRound } from './load-round.ts';
import { publicRound } from './read-round.ts';

/**
 * What concerns the own organisation: rounds that it leads, has a candidate in, or may publish; of a body also the editions
 * that it could open a round on, and entries of its lists that are proposed for removal.
 */
export async function listOwnRounds(context: ServiceContext) {
  authorise(context, 'forerunner.list-own');
  const { organisation } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const { id, kind } = organisation;
    const today = dayInBeijing(tx.now);
    const isBody = kind === 'assessment-body';
    const by = isBody ? { bodyId: id } : kind === 'enterprise' ? { enterpriseId: id } : {};
    const rounds = await holdRounds(tx.db, await listRounds(tx.db, by), today);
    const shown = [];
    for (const held of rounds) {
      const { candidates, ...round } = await publicRound(tx.db, held);
      const own = new Set(held.candidates.flatMap((one) => (one.organisationId === id ? [one.declaration] : [])));
      shown.push({ ...round, own: candidates.filter(({ declaration }) => own.has(declaration)) });
    }
    const running = new Set(
      rounds.flatMap(({ round }) => (round.publishedAt === null && round.endedAt === null ? [round.listCode] : [])),
    );
    const used = new Set(
      rounds.flatMap(({ round }) =>
        round.publishedAt !== null && round.kind === 'edition' ? [`${round.listCode}/${round.boardEdition}`] : [],
      ),
    );
    const boards = isBody
      ? (await listPublished(tx.db)).filter(({ bodyCode }) => bodyCode === organisation.creditCode)
      : [];
    const lists = isBody ? await listForerunnerEditions(tx.db, id) : [];
    const proposals = [];
    for (const { edition } of lists) {
      const { entries } = readForerunnerList(edition.document);
      const now = await entriesToday(tx.db, edition.listCode, entries, today);
      for (const entry of entries) {
        const known = now.get(entry.declaration);
        const marks = known ? marksOf(entry, today, known) : [];
        proposals.push({ list: edition.listCode, entry, marks });
      }
    }
    return {
      rounds: shown,
      /** Newest editions with grade-one rows, of which no round runs and none was published. */
      openable: boards.flatMap(({ schemeCode, edition, head }) => {
        const { overall, grades } = JSON.parse(head) as ListHead;
        const isFree = !running.has(schemeCode) && !used.has(`${schemeCode}/${edition}`);
        return overall && grades[1] > 0 && isFree
          ? [{ list: schemeCode, edition: edition ?? 0, gradeOne: grades[1] }]
          : [];
      }),
      entries: proposals,
    };
  });
}

/** A round with its papers, as far as row security lets the asker read them. */
export async function readOwnRound(context: ServiceContext, id: string) {
  authorise(context, 'forerunner.list-own');
  const { organisation } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const round = await findRound(tx.db, id);
    const [held] = round ? await holdRounds(tx.db, [round], dayInBeijing(tx.now)) : [];
    if (!held) throw unknownRound(id);
    const shown = await publicRound(tx.db, held);
    const checks = await checksOf(tx.db, id);
    const signatures = new Map((await listSignatures(tx.db, [id])).map((one) => [one.declarationId, one]));
    const own = new Set(
      held.candidates.flatMap((one) => (one.organisationId === organisation.id ? [one.declaration] : [])),
    );
    const scheme = await schemeOfRound(tx.db, held.round);
    return {
      ...shown,
      leads: held.round.bodyId === organisation.id,
      asked: checksAskedBy(scheme),
      requirements: scheme.requirements ?? [],
      candidates: shown.candidates.map((candidate) => {
        const entered = checks.get(candidate.declaration) ?? null;
        const signed = signatures.get(candidate.declaration) ?? null;
        return {
          ...candidate,
          own: own.has(candidate.declaration),
          signature: signed && { signer: signed.signer, capacity: signed.capacity },
          checks: entered && {
            n: entered.n,
            checks: entered.checks,
            confirmed: entered.confirmedAt !== null,
          },
        };
      }),
    };
  });
}
