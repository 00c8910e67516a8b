import type { Actor } from '../../src/domain/access/actor.ts';
import type { Scheme } from '../../src/domain/schemes/scheme.ts';
import { bringIntoForce, type SchemeInForce } from '../../src/services/schemes/bring-into-force.ts';
import { openObjectionPeriod, type ProposedScheme } from '../../src/services/schemes/propose-scheme.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { addPerson, contextAs, type TestOrganisation, type TestRegister } from './builders.ts';

const DAY = 24 * 3600;
/** Longer than any objection period of seven working days, the longest holidays among them. */
const OBJECTION_PERIOD = 24 * DAY;

const seconds = new WeakMap<TestOrganisation, Promise<Actor>>();

/** A second publisher of a body, the same whenever it is asked for. */
export function secondPersonOf(register: TestRegister, body: TestOrganisation): Promise<Actor> {
  const known = seconds.get(body) ?? addPerson(register, body, 'publisher').then(({ actor }) => actor);
  seconds.set(body, known);
  return known;
}

/** Proposes a scheme at a time that lies an objection period back, so that its period is over by now. */
export async function proposeLongAgo(
  register: TestRegister,
  body: TestOrganisation,
  scheme: Scheme,
): Promise<ProposedScheme> {
  const { database } = register;
  await shiftRegister(database, -OBJECTION_PERIOD);
  try {
    return await openObjectionPeriod(contextAs(register, body.admin), scheme);
  } finally {
    await shiftRegister(database, OBJECTION_PERIOD);
  }
}

/** The whole way of a scheme: proposed by the admin, its objection period over, in force by a second person. */
export async function bringSchemeIntoForce(
  register: TestRegister,
  body: TestOrganisation,
  scheme: Scheme,
): Promise<SchemeInForce> {
  const { code, version } = await proposeLongAgo(register, body, scheme);
  return bringIntoForce(contextAs(register, await secondPersonOf(register, body)), code, version);
}
