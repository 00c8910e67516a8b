import { may } from '../../domain/access/policy.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { isTurnOf, OBJECTION_ACTS, type ObjectionAct } from '../../domain/objections/state.ts';
import { listObjections, numbersOf } from '../../store/objections.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';
import { chargeOf, factsOf } from './load-case.ts';
import type { ObjectionObject } from '../../domain/objections/object.ts';
import { publicObjection } from './read-objections.ts';

/** Objections of the own organisation, about it, or for it to handle, with clocks and what it may do with each now. */
export async function listCases(context: ServiceContext) {
  authorise(context, 'objection.list');
  const { organisation } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const of = await numbersOf(tx, organisation.id, organisation.kind === 'coordinating-body');
    const listed = of.length === 0 ? [] : await listObjections(tx.db, { of });
    const calendar = await loadCalendar(tx.db);
    const today = dayInBeijing(tx.now);
    return listed.map((one) => {
      const { objection } = one;
      const facts = factsOf(objection);
      const found = { objection, object: JSON.parse(objection.object) as ObjectionObject, facts, calendar, today };
      const resources = {
        accept: chargeOf(context.actor, found),
        answer: { ownerId: objection.aboutId },
        review: chargeOf(context.actor, found),
        decide: chargeOf(context.actor, found),
        execute: { ownerId: objection.handlerId },
      };
      const acts = OBJECTION_ACTS.filter(
        (act: ObjectionAct) =>
          isTurnOf(act, facts, today, calendar) && may(context.actor, `objection.${act}`, resources[act]).allowed,
      );
      const { handlerId, aboutId } = objection;
      const own = { handler: handlerId === organisation.id, about: aboutId === organisation.id };
      return { ...publicObjection(one, today, calendar), own, acts };
    });
  });
}
