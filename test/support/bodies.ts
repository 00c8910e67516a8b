import type { BodyMeasure } from '../../src/domain/bodies/measure.ts';
import { addDays, addMonths, dayInBeijing } from '../../src/domain/calendar/day.ts';
import { decideMeasure } from '../../src/services/bodies/decide-measure.ts';
import { proposeMeasure } from '../../src/services/bodies/propose-measure.ts';
import { stateConflicts } from '../../src/services/bodies/state-conflicts.ts';
import { readRegister } from '../../src/store/register.ts';
import { contextAs, type TestOrganisation, type TestRegister } from './builders.ts';

export interface Authorities {
  readonly coordinator: TestOrganisation;
  readonly regulator: TestOrganisation;
}

/** Today by the register's clock, some days on. */
export async function registerDay(register: TestRegister, days = 0): Promise<string> {
  return addDays(dayInBeijing((await readRegister(register.database)).now), days);
}

/** A measure on a body that holds from today: proposed by one person, approved by another. */
export async function takeMeasure(
  register: TestRegister,
  body: TestOrganisation,
  by: Authorities,
  given: Partial<BodyMeasure> & Pick<BodyMeasure, 'kind'>,
): Promise<string> {
  const measure = { reason: '未按公开的方案比对', effectiveOn: await registerDay(register), ...given };
  const { id } = await proposeMeasure(contextAs(register, by.coordinator.admin), body.creditCode, measure);
  await decideMeasure(contextAs(register, by.regulator.admin), id, { decision: 'approve' });
  return id;
}

/** The admin of a body, or other people of it, state their interests for a year from today. */
export async function stateInterests(
  register: TestRegister,
  body: TestOrganisation,
  creditCodes: readonly string[] = [],
  persons: readonly string[] = [body.loginName],
): Promise<void> {
  const validFrom = await registerDay(register);
  await stateConflicts(contextAs(register, body.admin), {
    categoryPrefix: 'C',
    validFrom,
    validTo: addMonths(validFrom, 12),
    persons: [...persons],
    interests: creditCodes.map((creditCode) => ({ creditCode, kind: 'customer', note: '' })),
  });
}
