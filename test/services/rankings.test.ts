import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { readInputs, readRun } from '../../src/services/comparisons/read-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { prepareRelease } from '../../src/services/rankings/prepare-release.ts';
import { releaseList } from '../../src/services/rankings/release-list.ts';
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
import { stateInterests } from '../support/bodies.ts';
import { withTestClient } from '../support/database.ts';
import { checklistFor, type Releasers, releaseRun, releasersOf } from '../support/release.ts';
import { bringSchemeIntoForce } from '../support/schemes.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { readDraft } from '../../src/services/rankings/read-draft.ts';
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
  let releasers: Releasers;
  beforeAll(async () => {
    releasers = await releasersOf(register, register.body);
  });
  afterAll(() => register?.close());
  const first = () => contextAs(register, releasers.first);
  const second = () => contextAs(register, releasers.second);
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
    await expectRefused(
      register,
      async () => prepareRelease(first(), run.id, await checklistFor(register, run.id)),
      'conflict',
    );
  });

  it('a run compares what the log held at its cut-off, and its inputs are the ones that the list names', async () => {
    const id = await finishedRun({ ...request, logSize: 100 });
    const { list } = await releaseRun(register, register.body, id);
    const { head } = await readEdition(register.database, list, 'latest');
    const run = await readRun(register.database, id);
    const parts: string[] = [];
    for await (const part of readInputs(register.database, run)) parts.push(part);
    const lines = parts.join('').trimEnd().split('\n');
    const named = lines.map((line) => `${sha256Hex(line)}\n`).join('');
    expect([head.inputs.count, lines.length, sha256Hex(named)]).toEqual([run.done, run.done, head.inputs.sha256]);
    expect(run.done).toBeLessThan(100);
    const whole = await readRun(register.database, await finishedRun());
    const all: string[] = [];
    for await (const part of readInputs(register.database, whole)) all.push(part);
    expect([all.length, all.join('').trimEnd().split('\n').length]).toEqual([2, 700]);
  });

  it('a list is released by two persons as the next edition, once, and its object has the logged hash', async () => {
    const id = await finishedRun();
    const checklist = await checklistFor(register, id);
    await expectRefused(register, () => releaseList(second(), id), 'conflict', '#path/id');
    await expectDone(register, () => prepareRelease(first(), id, checklist), {
      added: { audit_events: 1 },
      audit: 'list.prepare',
      by: register.body.admin,
    });
    await expectRefused(register, () => releaseList(first(), id), 'forbidden');
    const published = await expectDone(register, () => releaseList(second(), id), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'list.publish',
      by: releasers.second,
      entry: 'list.published',
    });
    const { edition } = await readEdition(register.database, published.list, published.edition);
    const parts: string[] = [];
    for await (const part of readObject(register.database, edition)) parts.push(part);
    expect(sha256Hex(parts.join(''))).toBe(published.sha256);
    expect(edition.objectionsUntil).not.toBeNull();
    await expectRefused(register, () => releaseList(second(), id), 'conflict', '#path/id');
    await expectRefused(register, () => prepareRelease(first(), id, checklist), 'conflict', '#path/id');
  });

  it('is prepared only with every row of the drawn sample agreeing', async () => {
    const id = await finishedRun();
    const checklist = await checklistFor(register, id);
    expect(checklist.sample).toHaveLength(5);
    const [one, ...rest] = checklist.sample;
    const without = { ...checklist, sample: rest };
    const differing = { ...checklist, sample: checklist.sample.map((row) => ({ ...row, agrees: row !== one })) };
    await expectRefused(register, () => prepareRelease(first(), id, without), 'invalid', '/sample');
    await expectRefused(register, () => prepareRelease(first(), id, differing), 'invalid', '/sample/0/agrees');
  });

  it('is neither prepared nor released by a person without a conflict statement, or with an interest in what is listed', async () => {
    const third = await addPerson(register, register.body, 'publisher');
    const id = await finishedRun();
    const checklist = await checklistFor(register, id);
    const asThird = contextAs(register, third.actor);
    await expectRefused(register, () => prepareRelease(asThird, id, checklist), 'invalid', '');
    await stateInterests(register, register.body, [register.enterprise.creditCode], [third.loginName]);
    await expectRefused(register, () => prepareRelease(asThird, id, checklist), 'invalid', '');
    await prepareRelease(first(), id, checklist);
    await expectRefused(register, () => releaseList(asThird, id), 'invalid', '');
    await releaseList(second(), id);
  });

  it('editions are dense: of five results prepared side by side one takes the next number, the others are run again', async () => {
    const before = (await readEdition(register.database, 'M-KQJHQ', 'latest')).edition.edition ?? 0;
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await finishedRun());
    for (const id of ids) await prepareRelease(first(), id, await checklistFor(register, id));
    const settled = await Promise.allSettled([...ids, ...ids].map((id) => releaseList(second(), id)));
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.edition] : []));
    expect(numbers).toEqual([before + 1]);
    const next = await releaseRun(register, register.body, await finishedRun());
    expect(next.edition).toBe(before + 2);
  });

  it('a drafter, another body and a stranger’s key release nothing', async () => {
    const id = await finishedRun();
    const checklist = await checklistFor(register, id);
    const drafter = await addPerson(register, register.body, 'drafter');
    const prepared = (context: ServiceContext) => () => prepareRelease(context, id, checklist);
    await expectRefused(register, prepared(contextAs(register, drafter.actor)), 'forbidden');
    await expectRefused(register, prepared(as(other)), 'not-found');
    await expectRefused(register, prepared(as(register.regulator)), 'forbidden');
    await expectRefused(register, () => releaseList(first(), 'run-none'), 'not-found');
    await expectRefused(register, () => readDraft(as(other), id), 'not-found');
  });

  it('a trial is seen by its body, and never released', async () => {
    const { id } = await requestRun(as(), { ...request, kind: 'trial' });
    await runComparison(register.database, id);
    const { read } = await readDraft(as(), id);
    expect(read.edition.state).toBe('trial');
    expect(read.head.edition).toBeNull();
    await expectRefused(
      register,
      async () => prepareRelease(first(), id, await checklistFor(register, id)),
      'conflict',
    );
  });

  it('a correction names its reason, and only a published edition is corrected', async () => {
    await expectRefused(register, () => requestRun(as(), { ...request, kind: 'correction' }), 'invalid', '/reason');
    const { id } = await requestRun(as(), { ...request, kind: 'correction', reason: '指标对齐有误' });
    await runComparison(register.database, id);
    const { head } = (await readDraft(as(), id)).read;
    expect(head.correction).toEqual({ reason: '指标对齐有误', objections: [] });
    await bringSchemeIntoForce(register, register.body, gradingScheme('M-OTHER'));
    await expectRefused(
      register,
      () => requestRun(as(), { scheme: 'M-OTHER', version: 1, kind: 'correction', reason: '无' }),
      'conflict',
      '/kind',
    );
  });

  it.each([
    ['expired', `valid_to = '2021-01-01'`],
    ['not yet begun', `valid_from = '2098-01-01'`],
    ['suspended', `state = 'suspended'`],
    ['for other categories', `category_prefix = 'C38'`],
  ])('a body whose accreditation is %s proposes no scheme, asks for no run, releases no list', async (_, set) => {
    const id = await finishedRun();
    const checklist = await checklistFor(register, id);
    await prepareRelease(first(), id, checklist);
    const change = (what: string) =>
      withTestClient(register.ownerUrl, (owner) =>
        owner.query(`update accreditations set ${what} where body_id = $1`, [organisationOf(register.body.admin)]),
      );
    await change(set);
    await expectRefused(register, () => prepareRelease(first(), id, checklist), 'forbidden');
    await expectRefused(register, () => releaseList(second(), id), 'forbidden');
    await expectRefused(register, () => requestRun(as(), request), 'forbidden');
    await expectRefused(register, () => openObjectionPeriod(as(), { ...gradingScheme(), version: 2 }), 'forbidden');
    await change(`valid_from = '2020-01-01', valid_to = '2099-12-31', state = 'approved', category_prefix = 'C'`);
    await releaseList(second(), id);
    await sequence(register);
  });
});
