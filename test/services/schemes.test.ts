import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayInBeijing } from '../../src/domain/calendar/day.ts';
import { canonicalJson, type CanonicalValue } from '../../src/domain/canonical.ts';
import { schemeState } from '../../src/domain/schemes/life.ts';
import { Scheme } from '../../src/domain/schemes/scheme.ts';
import { acceptObjection } from '../../src/services/objections/accept-objection.ts';
import { bringIntoForce } from '../../src/services/schemes/bring-into-force.ts';
import {
  createSchemeDraft,
  discardSchemeDraft,
  listSchemeDrafts,
  readSchemeDraft,
  saveSchemeDraft,
} from '../../src/services/schemes/drafts.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { listSchemes, readScheme, readSchemeLife } from '../../src/services/schemes/read-scheme.ts';
import { retireScheme } from '../../src/services/schemes/retire-scheme.ts';
import { returnToDraft } from '../../src/services/schemes/return-to-draft.ts';
import { schemeStateOf } from '../../src/services/schemes/scheme-state.ts';
import { publicRead } from '../../src/store/database.ts';
import { readRegister, shiftRegister } from '../../src/store/register.ts';
import { findDocumentsInForce } from '../../src/store/schemes.ts';
import {
  accredit,
  addPerson,
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { importPart, TEST_LIMIT } from '../support/catalogue.ts';
import { gradingScheme, tierScheme } from '../support/filled-register.ts';
import { object } from '../support/objections.ts';
import { bringSchemeIntoForce, proposeLongAgo, secondPersonOf } from '../support/schemes.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

describe('the life of a scheme', () => {
  let register: TestRegister;
  let body: TestOrganisation;
  let other: TestOrganisation;
  let coordinator: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    const regulator = await joinOrganisation(register, { kind: 'regulator', name: '监管部门' });
    body = await joinOrganisation(register, { kind: 'assessment-body', name: '评估机构' });
    other = await joinOrganisation(register, { kind: 'assessment-body', name: '另一机构' });
    for (const one of [body, other]) await accredit(register, one, { coordinator, regulator });
    await secondPersonOf(register, body);
  });
  afterAll(() => register?.close());

  const as = (organisation = body) => contextAs(register, organisation.admin);
  const asSecond = async (organisation = body) => contextAs(register, await secondPersonOf(register, organisation));
  const stateOf = async (code: string, version = 1) => {
    const stored = await readScheme(register.database, code, version);
    return (await readSchemeLife(register.database, stored)).state;
  };
  const today = async () => dayInBeijing((await readRegister(register.database)).now);
  const reason = { reason: '公示中收到的意见需要修改' };

  it('begins with an objection period of at least seven working days, in public and in the log', async () => {
    const scheme = tierScheme('M-PROPOSE');
    await expectRefused(register, () => openObjectionPeriod(as(), { ...scheme, version: 2 }), 'conflict', '/version');
    const proposed = await expectDone(register, () => openObjectionPeriod(as(), scheme), {
      added: { scheme_versions: 1, scheme_stages: 1, log_pending: 1, audit_events: 1 },
      audit: 'scheme.propose',
      by: body.admin,
      entry: 'scheme.proposed',
    });
    expect(proposed.overall).toBe(false);
    const days = (Date.parse(proposed.objectionsUntil) - Date.parse(await today())) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(9);
    expect(await stateOf('M-PROPOSE')).toBe('objection');
    const longer = await openObjectionPeriod(as(), { ...tierScheme('M-LONGER'), objectionDays: 20 });
    expect(longer.objectionsUntil > proposed.objectionsUntil).toBe(true);
    const shorter = await openObjectionPeriod(as(), { ...tierScheme('M-SHORTER'), objectionDays: 1 });
    expect(shorter.objectionsUntil).toBe(proposed.objectionsUntil);
  });

  it('costs nothing and needs no association standard: there is no field for a fee or a T/ document', async () => {
    expect(Object.keys(Scheme.shape).filter((key) => /fee|price|charge|group|association/iu.test(key))).toEqual([]);
    expect(JSON.stringify(tierScheme('M-FREE'))).not.toContain('T/');
    await openObjectionPeriod(as(), tierScheme('M-FREE'));
  });

  it('one proposal of a code at a time, of its own body, of a category that exists', async () => {
    const scheme = tierScheme('M-ONCE');
    const settled = await Promise.allSettled([1, 2, 3].map(() => openObjectionPeriod(as(), scheme)));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectRefused(register, () => openObjectionPeriod(as(), { ...scheme, version: 2 }), 'conflict', '/code');
    await expectRefused(register, () => openObjectionPeriod(as(other), { ...scheme, version: 2 }), 'conflict', '/code');
    const unknown = { ...tierScheme('M-UNKNOWN'), category: 'C9999.nothing' };
    await expectRefused(register, () => openObjectionPeriod(as(), unknown), 'invalid', '/category');
    const past = { ...tierScheme('M-PAST'), validTo: '2020-12-31' };
    await expectRefused(register, () => openObjectionPeriod(as(), past), 'invalid', '/validTo');
  });

  it('comes into force by a second person, once the period is over', async () => {
    await openObjectionPeriod(as(), tierScheme('M-EARLY'));
    const early = await expectRefused(
      register,
      async () => bringIntoForce(await asSecond(), 'M-EARLY', 1),
      'too-early',
      '#path/version',
    );
    expect(early.retryAfter).toBeGreaterThan(86_400);
    await proposeLongAgo(register, body, tierScheme('M-FORCE'));
    expect(await stateOf('M-FORCE')).toBe('objections-over');
    await expectRefused(register, () => bringIntoForce(as(), 'M-FORCE', 1), 'forbidden');
    const drafter = await addPerson(register, body, 'drafter');
    await expectRefused(register, () => bringIntoForce(contextAs(register, drafter.actor), 'M-FORCE', 1), 'forbidden');
    await expectRefused(register, () => bringIntoForce(as(other), 'M-FORCE', 1), 'not-found');
    const second = await asSecond();
    await expectDone(register, () => bringIntoForce(second, 'M-FORCE', 1), {
      added: { scheme_stages: 1, log_pending: 1, audit_events: 1 },
      audit: 'scheme.bring-into-force',
      by: second.actor,
      entry: 'scheme.published',
    });
    expect(await stateOf('M-FORCE')).toBe('in-force');
    await expectRefused(register, () => bringIntoForce(second, 'M-FORCE', 1), 'conflict', '#path/version');
  });

  it('does not come into force while an accepted objection to it is undecided', async () => {
    const { code } = await openObjectionPeriod(as(), tierScheme('M-OBJECTED'));
    const { number } = await object(register, { kind: 'scheme', scheme: code, version: 1 });
    await acceptObjection(as(), number, { acceptance: 'accepted', reason: '' });
    await shiftRegister(register.database, 24 * 86_400);
    const refused = await expectRefused(register, async () => bringIntoForce(await asSecond(), code, 1), 'conflict');
    expect(refused.faults[0]).toMatchObject({ at: '#path/version', found: number });
    await returnToDraft(as(), code, 1, reason);
    await shiftRegister(register.database, -24 * 86_400);
  });

  it('a new version retires the one before, on the day on which it begins', async () => {
    await bringSchemeIntoForce(register, body, tierScheme('M-NEXT'));
    const validFrom = dayInBeijing(new Date(Date.parse(await today()) + 60 * 86_400_000));
    const next = { ...tierScheme('M-NEXT'), version: 2, validFrom };
    expect(await bringSchemeIntoForce(register, body, next)).toMatchObject({ inForceFrom: validFrom });
    expect([await stateOf('M-NEXT', 1), await stateOf('M-NEXT', 2)]).toEqual(['in-force', 'upcoming']);
    await shiftRegister(register.database, 60 * 86_400);
    expect([await stateOf('M-NEXT', 1), await stateOf('M-NEXT', 2)]).toEqual(['retired', 'in-force']);
    await shiftRegister(register.database, -60 * 86_400);
  });

  it('is retired by its body with a reason, and ends by itself with its validity', async () => {
    await bringSchemeIntoForce(register, body, tierScheme('M-RETIRE'));
    await expectRefused(register, () => retireScheme(as(other), 'M-RETIRE', 1, reason), 'not-found');
    await expectDone(register, () => retireScheme(as(), 'M-RETIRE', 1, reason), {
      added: { scheme_stages: 1, log_pending: 1, audit_events: 1 },
      audit: 'scheme.retire',
      by: body.admin,
      entry: 'scheme.retired',
    });
    expect(await stateOf('M-RETIRE')).toBe('retired');
    await expectRefused(register, () => retireScheme(as(), 'M-RETIRE', 1, reason), 'conflict', '#path/version');
    const short = { ...tierScheme('M-EXPIRE'), validTo: await today() };
    await bringSchemeIntoForce(register, body, short);
    expect(await stateOf('M-EXPIRE')).toBe('in-force');
    await shiftRegister(register.database, 86_400);
    expect(await stateOf('M-EXPIRE')).toBe('expired');
    await shiftRegister(register.database, -86_400);
  });

  it('goes back to a draft with a reason; its number is used up and its text is not lost', async () => {
    const { code } = await openObjectionPeriod(as(), gradingScheme('M-BACK'));
    const answer = await expectDone(register, () => returnToDraft(as(), code, 1, reason), {
      added: { scheme_stages: 1, scheme_drafts: 1, log_pending: 1, audit_events: 2 },
      audit: 'scheme.return',
      by: body.admin,
      entry: 'scheme.returned',
    });
    expect(await stateOf(code)).toBe('returned');
    const draft = await readSchemeDraft(as(), answer.draft);
    expect(draft.content).toEqual({ ...gradingScheme('M-BACK'), version: 2 });
    await expectRefused(register, () => openObjectionPeriod(as(), gradingScheme('M-BACK')), 'conflict', '/version');
    await openObjectionPeriod(as(), Scheme.parse(draft.content), draft);
    await expectRefused(register, () => readSchemeDraft(as(), answer.draft), 'not-found');
  });

  it('drafts are their body’s alone, of any content, and never overwritten unseen', async () => {
    const draft = await expectDone(register, () => createSchemeDraft(as(), { code: 'half' }), {
      added: { scheme_drafts: 1, audit_events: 1 },
      audit: 'scheme-draft.save',
      by: body.admin,
    });
    const saved = await saveSchemeDraft(await asSecond(), draft.id, 1, { code: 'more' });
    expect(saved.revision).toBe(2);
    await expectRefused(register, () => saveSchemeDraft(as(), draft.id, 1, {}), 'stale', '#header/If-Match');
    await expectRefused(register, () => discardSchemeDraft(as(), draft.id, 1), 'stale');
    await expectRefused(register, () => readSchemeDraft(as(other), draft.id), 'not-found');
    await expectRefused(register, () => discardSchemeDraft(as(other), draft.id, 2), 'not-found');
    expect((await listSchemeDrafts(as(other))).map(({ id }) => id)).not.toContain(draft.id);
    await expectRefused(
      register,
      () => openObjectionPeriod(as(), tierScheme('M-STALE'), { id: draft.id, revision: 1 }),
      'stale',
    );
    await discardSchemeDraft(as(), draft.id, 2);
    await expectRefused(register, () => readSchemeDraft(as(), draft.id), 'not-found');
  });

  it('no tier may be below what a standard asks for, when it is proposed and when it comes into force', async () => {
    await proposeLongAgo(register, body, gradingScheme('M-LIMIT'));
    const limit = { ...TEST_LIMIT, value: '60', category: 'C3464' };
    await importPart(contextAs(register, coordinator.admin), 'limits', [limit]);
    const refused = await expectRefused(
      register,
      () => openObjectionPeriod(as(), gradingScheme('M-LIMIT-2')),
      'invalid',
    );
    expect(refused.faults.map(({ at, code }) => [at, code])).toContainEqual([
      '/indicators/2/levels/0/baseline',
      'scheme.below-limit',
    ]);
    await expectRefused(register, async () => bringIntoForce(await asSecond(), 'M-LIMIT', 1), 'invalid');
    await returnToDraft(as(), 'M-LIMIT', 1, reason);
  });

  it.each([
    ['by the person who proposed it', 'in-force', `done_by`, '2100-01-01'],
    ['before its period is over', 'in-force', `(select id from users where id <> done_by limit 1)`, '2000-01-01'],
    ['without having been in force', 'retired', `done_by`, '2100-01-01'],
  ])('the database itself lets no version move on %s', async (_, stage, by, day) => {
    await expectConstraint(
      register,
      `insert into scheme_stages (code, version, n, stage, effective_on, reason, done_by, done_at)
       select code, version, 2, $1, $2, 'x', ${by}, done_at from scheme_stages where code = 'M-PROPOSE'`,
      [stage, day],
      'scheme_stages_order',
    );
  });

  it('what is in force by the database is what is in force by the rule, on any day', async () => {
    const { database } = register;
    const all = await listSchemes(database);
    expect(new Set(all.map(({ state }) => state)).size).toBeGreaterThanOrEqual(4);
    for (const day of ['2020-01-01', await today(), '2027-06-01', '2100-01-01']) {
      const documents = await publicRead(database, (db) => findDocumentsInForce(db, null, day));
      const told = all
        .filter(
          ({ stages, document }) => schemeState(stages, day, (JSON.parse(document) as Scheme).validTo) === 'in-force',
        )
        .map(({ document }) => document);
      expect(documents.toSorted(), day).toEqual(told.toSorted());
    }
    await publicRead(database, async (db) => {
      for (const { code, version, state } of all)
        expect(await schemeStateOf({ db }, code, version, await today())).toBe(state);
      expect(await schemeStateOf({ db }, 'NONE', 1, await today())).toBeNull();
    });
  });

  it('is published as one canonical document', async () => {
    const { document } = await readScheme(register.database, 'M-FORCE', 1);
    expect(canonicalJson(JSON.parse(document) as CanonicalValue)).toBe(document);
  });
});
