import type { Actor } from '../../domain/access/actor.ts';
import type { Resource } from '../../domain/access/policy.ts';
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import type { ObjectionObject } from '../../domain/objections/object.ts';
import {
  inCharge,
  type Judging,
  mayAct,
  type ObjectionAct,
  type ObjectionFacts,
  objectionState,
} from '../../domain/objections/state.ts';
import type { Transaction } from '../../store/database.ts';
import { findParty } from '../../store/objection-cases.ts';
import { findObjection, type StoredObjection } from '../../store/objections.ts';
import { findOrganisations } from '../../store/organisations.ts';
import { conflictStatementFor } from '../bodies/conflicts.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { actingOrganisation, type ServiceContext } from '../context.ts';
import { conflict, notFound, Refusal } from '../refusal.ts';
import { findObjected } from './object.ts';

export interface ObjectionCase {
  readonly objection: StoredObjection;
  readonly object: ObjectionObject;
  readonly facts: ObjectionFacts;
  readonly calendar: Calendar;
  readonly today: string;
}

export function factsOf(objection: StoredObjection): ObjectionFacts {
  const on = (time: Date | null) => (time === null ? null : dayInBeijing(time));
  return {
    objectKind: objection.objectKind,
    kind: objection.kind,
    submittedOn: dayInBeijing(objection.submittedAt),
    acceptance: objection.acceptance,
    acceptedOn: on(objection.acceptedAt),
    answeredOn: on(objection.answeredAt),
    reviewedOn: on(objection.reviewedAt),
    decidedOn: on(objection.decidedAt),
    decision: objection.decision,
    effect: objection.effect,
    executedOn: on(objection.executedAt),
  };
}

/** Null where there is no such objection; acts ask the policy before they say so. */
export async function loadCase(tx: Transaction, number: string): Promise<ObjectionCase | null> {
  const objection = await findObjection(tx.db, number);
  if (!objection) return null;
  return {
    objection,
    object: JSON.parse(objection.object) as ObjectionObject,
    facts: factsOf(objection),
    calendar: await loadCalendar(tx.db),
    today: dayInBeijing(tx.now),
  };
}

export function unknownObjection(number: string): Refusal {
  return notFound(text('异议', 'objection'), '#path/number', number);
}

/** What the policy's `own` looks at: the organisation in charge now, which may be the coordinating body in the other's place. */
export function chargeOf(actor: Actor, found: ObjectionCase | null): Resource {
  if (!found) return {};
  const { objection, facts, today, calendar } = found;
  if (inCharge(facts, today, calendar) === 'handler') return { ownerId: objection.handlerId };
  const acting = actor.kind === 'member' || actor.kind === 'key' ? actor.organisation : null;
  return acting?.kind === 'coordinating-body' ? { ownerId: acting.id } : { ownerId: '' };
}

/** Refuses an act out of its turn, and a person who must keep away from it. */
export async function refuseUnlessMay(
  tx: Transaction,
  context: ServiceContext,
  act: ObjectionAct,
  found: ObjectionCase,
): Promise<void> {
  const { facts, today, calendar } = found;
  const judging = await judgingOf(tx, context, found);
  const refused = mayAct(act, facts, judging, today, calendar);
  if (refused?.why === 'turn') throw notItsTurn(objectionState(facts, today, calendar));
  if (!refused) return;
  const { zh, en } = refused.says;
  throw new Refusal('forbidden', text(`应当回避：${zh}`, `keep away: ${en}`), [
    {
      at: '',
      code: 'objection.barred',
      found: judging.userId,
      expected: refused.says,
      remedy: text('请由本机构的另一人办理', 'let another person of the body do it'),
    },
  ]);
}

export function notItsTurn(state: string): Refusal {
  return conflict(
    text('异议不在可办理此事的状态', 'it is not the turn of this act'),
    '#path/number',
    state,
    text('待办理此事的异议', 'an objection that waits for this'),
    text('请刷新页面', 'reload the page'),
  );
}

async function judgingOf(tx: Transaction, context: ServiceContext, found: ObjectionCase): Promise<Judging> {
  const { objection, object } = found;
  const { userId } = actingOrganisation(context);
  return {
    userId,
    acceptedBy: objection.acceptedBy,
    reviewedBy: objection.reviewedBy,
    releasedBy: (await findObjected(tx.db, object))?.releasedBy ?? [],
    statement: await statementOf(tx, context, found),
  };
}

/** Only people of assessment bodies make statements; what they state is held against both sides. */
async function statementOf(
  tx: Transaction,
  context: ServiceContext,
  { objection, today }: ObjectionCase,
): Promise<Judging['statement']> {
  const { organisation, userId } = actingOrganisation(context);
  if (organisation.kind !== 'assessment-body' || objection.category === null) return 'none-needed';
  const statement = await conflictStatementFor(tx, organisation.id, userId, objection.category, today);
  if (!statement) return 'missing';
  const party = await findParty(tx.db, objection.number);
  const sides = await findOrganisations(tx.db, [objection.aboutId, ...(party?.objectorId ? [party.objectorId] : [])]);
  const codes = new Set([...sides.values()].map(({ creditCode }) => creditCode));
  return statement.interests.some(({ creditCode }) => codes.has(creditCode)) ? 'names-a-party' : 'clear';
}
