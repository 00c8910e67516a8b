import { findRun } from '../../src/store/comparison-runs.ts';
import { publicRead, transaction } from '../../src/store/database.ts';
import { findEditionOfRun } from '../../src/store/ranking-lists.ts';
import type { Actor } from '../../src/domain/access/actor.ts';
import type { ReleaseChecklist } from '../../src/domain/rankings/release.ts';
import { prepareRelease, sampleRows } from '../../src/services/rankings/prepare-release.ts';
import { type PublishedList, releaseList } from '../../src/services/rankings/release-list.ts';
import { stateConflicts } from '../../src/services/bodies/state-conflicts.ts';
import { addMonths } from '../../src/domain/calendar/day.ts';
import { registerDay } from './bodies.ts';
import { actorOf, addPerson, contextAs, type TestOrganisation, type TestRegister } from './builders.ts';

/** The two persons of a body who release its lists, both with a statement that there is no interest. */
export interface Releasers {
  readonly first: Actor;
  readonly second: Actor;
}

const known = new WeakMap<TestOrganisation, Promise<Releasers>>();

export function releasersOf(register: TestRegister, body: TestOrganisation): Promise<Releasers> {
  const made = known.get(body) ?? makeReleasers(register, body);
  known.set(body, made);
  return made;
}

async function makeReleasers(register: TestRegister, body: TestOrganisation): Promise<Releasers> {
  const second = await addPerson(register, body, 'publisher');
  const validFrom = await registerDay(register);
  await stateConflicts(contextAs(register, body.admin), {
    categoryPrefix: 'C',
    validFrom,
    validTo: addMonths(validFrom, 12),
    persons: [body.loginName, second.loginName],
    interests: [],
  });
  return { first: await actorOf(register.database, body.loginName), second: second.actor };
}

/** A checklist that answers for every row of the sample of a finished run. */
export async function checklistFor(register: TestRegister, runId: string): Promise<ReleaseChecklist> {
  const run = await publicRead(register.database, (db) => findRun(db, runId));
  const acting = { organisationId: run?.bodyId ?? null, owner: 'test' };
  const sample = await transaction(register.database, acting, async ({ db }) => {
    const draft = await findEditionOfRun(db, runId);
    return draft ? sampleRows(db, draft) : [];
  });
  return {
    cutOffChecked: true,
    objectionsChecked: true,
    sample: sample.map((declaration) => ({ declaration, agrees: true, note: '' })),
    note: '',
  };
}

/** The whole release of a finished run by two persons. */
export async function releaseRun(
  register: TestRegister,
  body: TestOrganisation,
  runId: string,
): Promise<PublishedList> {
  const { first, second } = await releasersOf(register, body);
  await prepareRelease(contextAs(register, first), runId, await checklistFor(register, runId));
  return releaseList(contextAs(register, second), runId);
}
