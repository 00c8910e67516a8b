import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { readInputs, readRun } from '../../src/services/comparisons/read-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { publishList } from '../../src/services/rankings/publish-list.ts';
import { readEdition, readObject } from '../../src/services/rankings/read-list.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import {
  accredit,
  addPerson,
  contextAs,
  joinOrganisation,
  sequence,
  type TestOrganisation,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { gradingScheme } from '../support/filled-register.ts';
import { type ComparableRegister, openComparableRegister } from '../support/runs.ts';
import { expectDone, expectRefused } from './acts.ts';

describe('schemes, runs and lists', () => {
  let register: ComparableRegister;
  let other: TestOrganisation;
  beforeAll(async () => {
    // M-KQJHQ version 1 is in force with it.
    register = await openComparableRegister(700);
    other = await joinOrganisation(register, { kind: 'assessment-body', name: '另一机构' });
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    await accredit(register, other, { coordinator, regulator: register.regulator });
  });
  afterAll(() => register?.close());
  const as = (organisation = register.body) => contextAs(register, organisation.admin);
  const request = { scheme: 'M-KQJHQ', version: 1 };
  const finishedRun = async (input: { scheme: string; version: number; logSize?: number } = request) => {
    const { id } = await requestRun(as(), input);
    await runComparison(register.database, id);
    return id;
  };

  it('a run is requested with its job, for a cut-off that the log has', async () => {
    const run = await expectDone(register, () => requestRun(as(), request), {
      added: { comparison_runs: 1, outbox: 1, audit_events: 1 },
      audit: 'comparison.request',
      by: register.body.admin,
      job: 'run-comparison',
    });
    await expectRefused(
      register,
      () => requestRun(as(), { ...request, logSize: run.logSize + 1 }),
      'invalid',
      '/logSize',
    );
    await expectRefused(register, () => requestRun(as(), { scheme: 'NONE', version: 1 }), 'not-found');
    await expectRefused(register, () => requestRun(as(other), request), 'not-found');
    await expectRefused(register, () => publishList(as(), run.id), 'conflict', '#path/id');
  });

  it('a run compares what the log held at its cut-off, and its inputs are the hashed bytes', async () => {
    const id = await finishedRun({ ...request, logSize: 100 });
    const { list } = await publishList(as(), id);
    const { head } = await readEdition(register.database, list, 'latest');
    const run = await readRun(register.database, id);
    const parts: string[] = [];
    for await (const part of readInputs(register.database, run)) parts.push(part);
    const text = parts.join('');
    expect([head.inputs.count, text.trimEnd().split('\n').length, sha256Hex(text)]).toEqual([
      run.done,
      run.done,
      head.inputs.sha256,
    ]);
    expect(run.done).toBeLessThan(100);
    const whole = await readRun(register.database, await finishedRun());
    const all: string[] = [];
    for await (const part of readInputs(register.database, whole)) all.push(part);
    expect([all.length, all.join('').trimEnd().split('\n').length]).toEqual([2, 700]);
  });

  it('a list is published by a person as the next edition, once, and its object has the logged hash', async () => {
    const id = await finishedRun();
    const published = await expectDone(register, () => publishList(as(), id), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'list.publish',
      by: register.body.admin,
      entry: 'list.published',
    });
    const { edition } = await readEdition(register.database, published.list, published.edition);
    const parts: string[] = [];
    for await (const part of readObject(register.database, edition)) parts.push(part);
    expect(sha256Hex(parts.join(''))).toBe(published.sha256);
    await expectRefused(register, () => publishList(as(), id), 'conflict', '#path/id');
  });

  it('editions are dense: five runs published at once, each twice, take the next five numbers', async () => {
    const before = (await readEdition(register.database, 'M-KQJHQ', 'latest')).edition.edition ?? 0;
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await finishedRun());
    const settled = await Promise.allSettled([...ids, ...ids].map((id) => publishList(as(), id)));
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.edition] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].map((n) => before + n));
  });

  it('a drafter, another body and a stranger’s key publish nothing', async () => {
    const id = await finishedRun();
    const drafter = await addPerson(register, register.body, 'drafter');
    await expectRefused(register, () => publishList(contextAs(register, drafter.actor), id), 'forbidden');
    await expectRefused(register, () => publishList(as(other), id), 'not-found');
    await expectRefused(register, () => publishList(as(register.regulator), id), 'forbidden');
    await expectRefused(register, () => publishList(as(), 'run-none'), 'not-found');
  });

  it.each([
    ['expired', `valid_to = '2021-01-01'`],
    ['not yet begun', `valid_from = '2098-01-01'`],
    ['suspended', `state = 'suspended'`],
    ['for other categories', `category_prefix = 'C38'`],
  ])('a body whose accreditation is %s proposes no scheme, asks for no run, publishes no list', async (_, set) => {
    const id = await finishedRun();
    const change = (what: string) =>
      withTestClient(register.ownerUrl, (owner) =>
        owner.query(`update accreditations set ${what} where body_id = $1`, [organisationOf(register.body.admin)]),
      );
    await change(set);
    await expectRefused(register, () => publishList(as(), id), 'forbidden');
    await expectRefused(register, () => requestRun(as(), request), 'forbidden');
    await expectRefused(register, () => openObjectionPeriod(as(), { ...gradingScheme(), version: 2 }), 'forbidden');
    await change(`valid_from = '2020-01-01', valid_to = '2099-12-31', state = 'approved', category_prefix = 'C'`);
    await publishList(as(), id);
    await sequence(register);
  });
});
