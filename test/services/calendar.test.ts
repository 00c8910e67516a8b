import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workingDaysAfter } from '../../src/domain/calendar/calendar.ts';
import { loadCalendar, readCalendar } from '../../src/services/calendar/load-calendar.ts';
import { publishYear } from '../../src/services/calendar/publish-year.ts';
import { publicRead } from '../../src/store/database.ts';
import {
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { expectDone, expectRefused } from './acts.ts';

describe('the calendar of the register', () => {
  let register: TestRegister;
  let coordinator: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
  });
  afterAll(() => register?.close());
  const counted = () =>
    publicRead(register.database, async (db) => workingDaysAfter('2026-12-30', 3, await loadCalendar(db)));
  const notice = {
    source: '国办发明电〔2026〕99号（测试）',
    holidays: ['2027-01-01', '2027-01-02'],
    workdays: ['2027-01-03'],
  };

  it('a deadline is provisional until the coordinating body publishes the year, and is then another', async () => {
    expect(await counted()).toEqual({ day: '2027-01-04', provisional: true });
    const publish = () => publishYear(contextAs(register, coordinator.admin), 2027, notice);
    await expectDone(register, publish, {
      added: { calendar_years: 1, log_pending: 1, audit_events: 1 },
      audit: 'calendar.publish',
      by: coordinator.admin,
      entry: 'calendar.published',
    });
    expect(await counted()).toEqual({ day: '2027-01-04', provisional: false });
    const amended = { ...notice, holidays: ['2027-01-01', '2027-01-04'] };
    expect((await publishYear(contextAs(register, coordinator.admin), 2027, amended)).revision).toBe(2);
    expect(await counted()).toEqual({ day: '2027-01-05', provisional: false });
    const years = await readCalendar(register.database);
    expect(years.map(({ year }) => year)).toEqual([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027]);
    expect(years.at(-1)).toMatchObject({ source: notice.source, holidays: ['2027-01-01', '2027-01-04'] });
  });

  it('is published by nobody else, and not with days of another year', async () => {
    const by = (one: TestOrganisation) => () => publishYear(contextAs(register, one.admin), 2028, notice);
    await expectRefused(register, by(register.operator), 'forbidden');
    await expectRefused(register, by(coordinator), 'invalid', '/holidays/0');
  });
});
