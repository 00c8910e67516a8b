import { sha256Hex } from '../../domain/bytes.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { clocks, inCharge, objectionState, runningClock } from '../../domain/objections/state.ts';
import { objectionStatistics } from '../../domain/objections/statistics.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { listObjections } from '../../store/objections.ts';
import { readRegister } from '../../store/register.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { factsOf, unknownObjection } from './load-case.ts';

export type ListedObjection = Awaited<ReturnType<typeof listObjections>>[number];

/** What everyone may know of an objection: kind, state, dates, who handles it, the decision with its reasons. */
export function publicObjection(
  { objection, handler, handlerCode }: ListedObjection,
  today: string,
  calendar: Calendar,
) {
  const facts = factsOf(objection);
  const at = (time: Date | null) => time?.toISOString() ?? null;
  const due = clocks(facts, calendar);
  const { acceptanceDocument, decisionDocument } = objection;
  return {
    number: objection.number,
    object: objection.objectKey,
    kind: objection.kind,
    state: objectionState(facts, today, calendar),
    handler: { creditCode: handlerCode, name: handler },
    /** The coordinating body, where the handler may not or did not decide. */
    inCharge: inCharge(facts, today, calendar),
    submittedAt: objection.submittedAt.toISOString(),
    acceptedAt: objection.acceptance === 'accepted' ? at(objection.acceptedAt) : null,
    notAccepted:
      objection.acceptance === 'not-accepted'
        ? { at: at(objection.acceptedAt) ?? '', reason: objection.acceptanceReason ?? '' }
        : null,
    answeredAt: at(objection.answeredAt),
    reviewedAt: at(objection.reviewedAt),
    decision:
      objection.decision === null
        ? null
        : {
            at: at(objection.decidedAt) ?? '',
            decision: objection.decision,
            reasons: objection.decisionReasons ?? '',
            effect: objection.effect ?? 'none',
            sha256: sha256Hex(decisionDocument ?? ''),
            document: decisionDocument ?? '',
          },
    acceptanceDocument: objection.acceptance === 'accepted' ? acceptanceDocument : null,
    executed:
      objection.executedAt === null
        ? null
        : {
            at: objection.executedAt.toISOString(),
            list: objection.executedList,
            edition: objection.executedEdition,
            remark: objection.executionRemark,
          },
    due,
    clock: runningClock(facts, today, calendar),
  };
}
export type PublicObjection = ReturnType<typeof publicObjection>;

/** Objections with their statistics: of everything, of one handler, or of one object and all below it. */
export async function readObjections(
  database: Database,
  by: { readonly handlerId?: string; readonly objectKey?: string } = {},
) {
  const today = dayInBeijing((await readRegister(database)).now);
  return publicRead(database, async (db) => {
    const calendar = await loadCalendar(db);
    const listed = await listObjections(db, { ...by, limit: 5000 });
    const facts = listed.map(({ objection }) => factsOf(objection));
    return {
      objections: listed.slice(0, 500).map((one) => publicObjection(one, today, calendar)),
      statistics: objectionStatistics(facts, today, calendar),
    };
  });
}

export async function readObjection(database: Database, number: string): Promise<PublicObjection> {
  const today = dayInBeijing((await readRegister(database)).now);
  return publicRead(database, async (db) => {
    const [found] = await listObjections(db, { of: [number] });
    if (!found) throw unknownObjection(number);
    return publicObjection(found, today, await loadCalendar(db));
  });
}
