import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Actor } from '../../src/domain/access/actor.ts';
import { readDeclaration, readEnterprise } from '../../src/services/declarations/read-declaration.ts';
import {
  confirmFinding,
  enterFinding,
  type NewFinding,
  publishFinding,
} from '../../src/services/spot-checks/findings.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { addPerson, contextAs, joinOrganisation, type TestOrganisation } from '../support/builders.ts';
import { drawTestSample } from '../support/filled-register.ts';
import { type ComparableRegister, openComparableRegister } from '../support/runs.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

type Entered = z.infer<typeof NewFinding>;

describe('findings', () => {
  let register: ComparableRegister;
  let second: Actor;
  let stranger: TestOrganisation;
  let objects: readonly string[];
  const DRAW = 'F-1';
  beforeAll(async () => {
    register = await openComparableRegister(40);
    await drawTestSample(register, register.regulator, DRAW);
    second = (await addPerson(register, register.regulator, 'publisher')).actor;
    stranger = await joinOrganisation(register, { kind: 'regulator', name: '另一局' });
    objects = (await readDraw(register.database, second, DRAW)).objects.map(({ object }) => object);
  });
  afterAll(() => register?.close());
  const first = () => contextAs(register, register.regulator.admin);
  const other = () => contextAs(register, second);
  const finding = (object: string, change: Partial<Entered> = {}): Entered => ({
    object,
    verdict: 'nonconforming',
    codes: ['METHOD_MISSING'],
    note: '缺少检验方法',
    ...change,
  });
  const enter = (object = '', change: Partial<Entered> = {}) => enterFinding(first(), DRAW, finding(object, change));

  it('are entered by one, confirmed by another, published, and only then seen', async () => {
    const object = objects[1] ?? '';
    const { id } = await expectDone(register, () => enter(object), {
      added: { findings: 1, audit_events: 1 },
      audit: 'finding.enter',
      by: register.regulator.admin,
    });
    await expectRefused(register, () => confirmFinding(first(), id), 'forbidden');
    await expectRefused(register, () => publishFinding(first(), id), 'conflict', '#path/id');
    const seen = async () => (await readDeclaration(register.database, object)).findings.length;
    expect(await seen()).toBe(0);
    await expectDone(register, () => confirmFinding(other(), id), {
      added: { audit_events: 1 },
      audit: 'finding.confirm',
      by: second,
    });
    await expectRefused(register, () => confirmFinding(other(), id), 'conflict');
    expect(await seen()).toBe(0);
    await expectDone(register, () => publishFinding(first(), id), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'finding.publish',
      entry: 'finding.published',
    });
    expect(await seen()).toBe(1);
    await expectRefused(register, () => publishFinding(first(), id), 'conflict');
  });

  it('are refused on what was not drawn, twice on one object, and without the code that a fault needs', async () => {
    await expectRefused(register, () => enter('never-drawn'), 'not-found', '/object');
    await expectRefused(register, () => enter(objects[1]), 'conflict', '/object');
    await expectRefused(register, () => enter(objects[2], { codes: [] }), 'invalid', '/codes');
    const none = () => enterFinding(first(), 'NONE', finding(objects[2] ?? ''));
    await expectRefused(register, none, 'not-found');
  });

  it('are nobody’s but the regulator’s of the draw', async () => {
    const { id } = await enter(objects[2], { verdict: 'conforming', codes: [] });
    const foreign = contextAs(register, stranger.admin);
    await expectRefused(register, () => enterFinding(foreign, DRAW, finding(objects[3] ?? '')), 'not-found');
    await expectRefused(register, () => confirmFinding(foreign, id), 'not-found');
    await expectRefused(register, () => publishFinding(foreign, id), 'not-found');
    const drafter = await addPerson(register, register.regulator, 'drafter');
    await expectRefused(register, () => confirmFinding(contextAs(register, drafter.actor), id), 'forbidden');
    const seen = await readDraw(register.database, stranger.admin, DRAW);
    expect(seen.findings.map(({ state }) => state)).toEqual(['published', 'published']);
  });

  it('are confirmed by two people or not at all, says the database itself', async () => {
    const alone = `update findings set state = 'confirmed', confirmed_by = entered_by, confirmed_at = now() where state = 'entered'`;
    await expectConstraint(register, alone, [], 'findings_check');
    const unconfirmed = `update findings set state = 'published', published_at = now() where state = 'entered'`;
    await expectConstraint(register, unconfirmed, [], 'findings_check1');
  });

  it('of an enterprise are all shown, whichever page of its declarations is open', async () => {
    const { creditCode } = register.enterprise;
    const page = await readEnterprise(register.database, creditCode, undefined, 1);
    const last = await readEnterprise(register.database, creditCode, objects.toSorted().at(-1), 1);
    expect([page.findings.length, last.findings.length]).toEqual([2, 2]);
  });
});
