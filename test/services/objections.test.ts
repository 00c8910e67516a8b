import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { workingDaysBetween } from '../../src/domain/calendar/calendar.ts';
import { readBody } from '../../src/services/bodies/read-body.ts';
import { loadCalendar } from '../../src/services/calendar/load-calendar.ts';
import { acceptObjection } from '../../src/services/objections/accept-objection.ts';
import { addEvidence } from '../../src/services/objections/add-evidence.ts';
import { answerObjection } from '../../src/services/objections/answer-objection.ts';
import { decideObjection } from '../../src/services/objections/decide-objection.ts';
import { executeObjection } from '../../src/services/objections/execute-objection.ts';
import { listCases } from '../../src/services/objections/list-cases.ts';
import { readCase, readEvidence } from '../../src/services/objections/read-case.ts';
import { readObjection, readObjections } from '../../src/services/objections/read-objections.ts';
import { reviewObjection } from '../../src/services/objections/review-objection.ts';
import { submitObjection } from '../../src/services/objections/submit-objection.ts';
import { publicRead, transaction } from '../../src/store/database.ts';
import { logSize } from '../../src/store/log.ts';
import { decisionsFor, markExecuted, objectionsOf, openObjectionsOf } from '../../src/store/objections.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { registerDay, stateInterests } from '../support/bodies.ts';
import { addPerson, contextAs, sequence, type TestOrganisation } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { buildRegister, type FilledRegister, tierScheme } from '../support/filled-register.ts';
import { decideFor, EVIDENCE, type Judges, judgesOf, object, rowOf } from '../support/objections.ts';
import { releasersOf } from '../support/release.ts';
import { expectConstraint, expectDone, expectRefused, keyed } from './acts.ts';

const accepted = { acceptance: 'accepted', reason: '' } as const;
const review = { recommendation: 'upheld', reasons: '核对了报告' } as const;
const ruling = { decision: 'upheld', reasons: '数值有误', effect: 'exclude-row' } as const;

describe('objections', () => {
  let register: FilledRegister;
  let judges: Judges;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 12 });
    judges = await judgesOf(register, register.body);
  }, 60_000);
  afterAll(() => register?.close());
  const as = (actor: Actor) => contextAs(register, actor);
  const read = (number: string) => readObjection(register.database, number);
  const stateOf = async (number: string) => (await read(number)).state;
  const holder = (i: number): TestOrganisation => {
    const found = register.enterprises[i % register.enterprises.length];
    if (!found) throw new Error('no enterprise');
    return found;
  };
  /** Moves the clock on until so many working days have passed. */
  const passWorkingDays = async (days: number) => {
    const from = await registerDay(register);
    const calendar = await publicRead(register.database, loadCalendar);
    while (workingDaysBetween(from, await registerDay(register), calendar) < days)
      await shiftRegister(register.database, 86_400);
  };

  it('a citizen objects to a row without an account: what was said is for the parties, the rest is public', async () => {
    const about = rowOf(register, 0);
    const receipt = await expectDone(register, () => object(register, about, { contact: '王女士 13800000000' }), {
      added: {
        objections: 1,
        objection_parties: 1,
        objection_texts: 1,
        objection_files: 1,
        objection_file_parts: 1,
        audit_events: 1,
      },
      audit: 'objection.submit',
    });
    expect(receipt.number).toMatch(/^YY-20\d\d-\d{6}$/u);
    const shown = JSON.stringify(await read(receipt.number));
    expect(shown).toContain('"state":"submitted"');
    for (const hidden of ['洁净空气量与检验报告不符', '王女士', receipt.secret ?? 'x', '检验报告.pdf']) {
      expect(shown).not.toContain(hidden);
    }
    const open = (by: Actor | undefined, secret: string | null) => () =>
      readCase(contextAs(register, by), receipt.number, secret);
    expect((await open(undefined, receipt.secret)()).texts[0]?.content).toBe('洁净空气量与检验报告不符');
    await expectRefused(register, open(undefined, null), 'not-found');
    await expectRefused(register, open(undefined, 'f'.repeat(24)), 'not-found');
    await expectRefused(register, open(holder(1).admin, null), 'not-found');
    await expectRefused(register, open(holder(0).admin, null), 'not-found');
    const atBody = await open(judges.accepts, null)();
    expect(atBody).toMatchObject({ contact: '王女士 13800000000', evidence: [{ sha256: sha256Hex(EVIDENCE.bytes) }] });
    const file = await readEvidence(as(judges.accepts), receipt.number, 1, null);
    expect(Buffer.from(file.content).equals(EVIDENCE.bytes)).toBe(true);
    await acceptObjection(as(judges.accepts), receipt.number, accepted);
    const atOtherSide = await open(holder(0).admin, null)();
    expect(atOtherSide).toMatchObject({ contact: null, texts: [{ role: 'statement' }] });
  });

  it('the same request twice is one objection, and its secret is not told again', async () => {
    const context = keyed(register, undefined);
    const send = () =>
      submitObjection(context, { object: rowOf(register, 1), kind: 'data', statement: '同一份', contact: '' }, []);
    const first = await send();
    expect(await send()).toEqual({ ...first, secret: null });
    expect(
      (await readObjections(register.database, { objectKey: `list/${register.graded.list}/1` })).objections.length,
    ).toBe(2);
  });

  it('goes from acceptance over answer and review to a decision, each by another person, and into the log', async () => {
    const { number } = await object(register, rowOf(register, 2), { by: holder(3).admin });
    await expectRefused(register, () => reviewObjection(as(judges.reviews), number, review), 'conflict');
    await expectDone(register, () => acceptObjection(as(judges.accepts), number, accepted), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'objection.accept',
      entry: 'objection.accepted',
    });
    const prefix = `list/${register.graded.list}`;
    const open = () => publicRead(register.database, (db) => openObjectionsOf(db, prefix));
    expect((await open()).map((one) => one.number)).toContain(number);
    await expectRefused(register, () => acceptObjection(as(judges.accepts), number, accepted), 'conflict');
    await expectRefused(register, () => answerObjection(as(holder(3).admin), number, { answer: 'x' }), 'not-found');
    await expectDone(register, () => answerObjection(as(holder(2).admin), number, { answer: '数值无误' }), {
      added: { objection_texts: 1, audit_events: 1 },
      audit: 'objection.answer',
    });
    await expectRefused(register, () => reviewObjection(as(judges.accepts), number, review), 'forbidden');
    await expectDone(register, () => reviewObjection(as(judges.reviews), number, review), {
      added: { objection_texts: 1, audit_events: 1 },
      audit: 'objection.review',
    });
    await expectRefused(register, () => decideObjection(as(judges.reviews), number, ruling), 'forbidden');
    const decided = await expectDone(register, () => decideObjection(as(judges.decides), number, ruling), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'objection.decide',
      entry: 'objection.decided',
    });
    const shown = await read(number);
    expect(shown).toMatchObject({ state: 'decided', decision: { decision: 'upheld', effect: 'exclude-row' } });
    expect(sha256Hex(shown.decision?.document ?? '')).toBe(decided.sha256);
    expect((await open()).map((one) => one.number)).not.toContain(number);
    const { texts } = await readCase(as(holder(3).admin), number, null);
    expect(texts.map(({ role }) => role)).toEqual(['statement', 'answer', 'review']);
  });

  it('whoever released the list, has an interest in a party or stated none does not review it', async () => {
    const { number } = await object(register, rowOf(register, 3));
    const second = await addPerson(register, register.body, 'publisher');
    const keyless = await addPerson(register, register.body, 'publisher');
    await acceptObjection(as(second.actor), number, accepted);
    await answerObjection(as(holder(3).admin), number, { answer: '数值无误' });
    await stateInterests(register, register.body);
    const barred = async (by: Actor) =>
      (await expectRefused(register, () => reviewObjection(as(by), number, review), 'forbidden')).faults[0]?.expected
        .en;
    const { first } = await releasersOf(register, register.body);
    expect(await barred(first)).toContain('released');
    expect(await barred(second.actor)).toContain('accepted');
    expect(await barred(keyless.actor)).toContain('no valid statement');
    await stateInterests(register, register.body, [holder(3).creditCode], [keyless.loginName]);
    expect(await barred(keyless.actor)).toContain('interest in a party');
    await stateInterests(register, register.body, [holder(1).creditCode], [keyless.loginName]);
    await reviewObjection(as(keyless.actor), number, review);
    expect(await stateOf(number)).toBe('reviewed');
    const same =
      'update objections set decided_by = reviewed_by, decider_id = handler_id, decision = $2, effect = $3, decided_at = now() where number = $1';
    await expectConstraint(register, same, [number, 'upheld', 'none'], 'objections_decider');
  });

  it('a conflict of interests is the coordinating body’s from the start', async () => {
    const { number } = await object(
      register,
      { kind: 'list', list: register.graded.list, edition: 1 },
      { kind: 'conflict' },
    );
    await expectRefused(register, () => acceptObjection(as(judges.accepts), number, accepted), 'not-found');
    await acceptObjection(as(register.coordinator.admin), number, accepted);
    // Of a whole list the other side is the body itself.
    await answerObjection(as(judges.accepts), number, { answer: '已声明' });
    const [one, two] = [await addPerson(register, register.coordinator, 'publisher'), register.coordinator];
    await reviewObjection(as(one.actor), number, { ...review, recommendation: 'not-upheld' });
    await expectRefused(
      register,
      () => decideObjection(as(two.admin), number, { decision: 'not-upheld', reasons: 'x', effect: 'recompute' }),
      'invalid',
      '/effect',
    );
    await decideObjection(as(two.admin), number, { decision: 'not-upheld', reasons: '声明完整', effect: 'none' });
    expect(await read(number)).toMatchObject({ inCharge: 'coordinating-body', clock: null });
  });

  it('one who is sent away is told why in public; a draw is its regulator’s', async () => {
    const { number } = await object(register, { kind: 'draw', draw: register.draw }, { kind: 'procedure' });
    const refuse = (reason: string) => () =>
      acceptObjection(as(register.regulator.admin), number, { acceptance: 'not-accepted', reason });
    await expectRefused(register, refuse(''), 'invalid', '/reason');
    await refuse('不属于抽查程序')();
    expect(await read(number)).toMatchObject({ state: 'not-accepted', notAccepted: { reason: '不属于抽查程序' } });
  });

  it.each([
    ['of no edition', { kind: 'list' as const, list: 'M-NONE', edition: 1 }],
    [
      'of a row that the list does not have',
      { kind: 'list-row' as const, list: 'M-KQJHQ', edition: 1, declaration: 'X.D1' },
    ],
    [
      'of a forerunner list, while there is none',
      { kind: 'forerunner' as const, forerunner: 'F-1', edition: 1, declaration: 'X' },
    ],
  ])('an objection %s is refused', async (_, about) => {
    await expectRefused(register, () => object(register, about), 'not-found', '/object');
  });

  it('evidence is sniffed, counted and measured; it is added with the secret until someone looks at it', async () => {
    const about = { object: rowOf(register, 4), kind: 'data' as const, statement: 'x', contact: '' };
    const send = (files: (typeof EVIDENCE)[]) => () => submitObjection(contextAs(register), about, files);
    const text = { fileName: 'a.pdf', bytes: Buffer.from('not a PDF') };
    await expectRefused(register, send([text]), 'invalid', '/evidence');
    await expectRefused(register, send([{ ...EVIDENCE, bytes: Buffer.alloc(0) }]), 'invalid', '/evidence');
    await expectRefused(register, send(Array.from({ length: 6 }, () => EVIDENCE)), 'invalid', '/evidence');
    const big = Buffer.concat([EVIDENCE.bytes, Buffer.alloc(600_000, 7)]);
    const { number, secret } = await send([{ ...EVIDENCE, bytes: big }])();
    expect(Buffer.from((await readEvidence(contextAs(register), number, 1, secret)).content).equals(big)).toBe(true);
    const add = (given: string | null, by?: Actor) => () =>
      addEvidence(contextAs(register, by), number, given, EVIDENCE);
    await expectRefused(register, add(null), 'not-found');
    await expectRefused(register, add('0'.repeat(24)), 'not-found');
    await expectRefused(register, add(null, judges.accepts), 'not-found');
    await expectDone(register, add(secret), {
      added: { objection_files: 1, objection_file_parts: 1, audit_events: 1 },
      audit: 'objection.add-evidence',
    });
    for (let n = 3; n <= 5; n++) await add(secret)();
    await expectRefused(register, add(secret), 'invalid', '/evidence');
    await acceptObjection(as(judges.accepts), number, accepted);
    await expectRefused(register, add(secret), 'conflict');
  });

  it('what was written stays, also for the owner of the tables', async () => {
    for (const change of [`kind = 'procedure'`, 'accepted_at = now()', 'acceptance = null']) {
      const statement = `update objections set ${change} where acceptance = 'accepted'`;
      const tried = withTestClient(register.ownerUrl, (owner) => owner.query(statement));
      await expect(tried, change).rejects.toMatchObject({ code: '23001' });
    }
    const gone = withTestClient(register.ownerUrl, (owner) => owner.query('delete from objections'));
    await expect(gone).rejects.toMatchObject({ code: expect.stringMatching(/^23/u) });
  });

  it('decisions that change a list are fed to its next run as of a log size, and marked when an edition carries them out', async () => {
    const { list } = register.graded;
    const before = (await publicRead(register.database, objectionsIn)).length;
    const { number } = await object(register, rowOf(register, 5));
    await decideFor(register, number, judges, holder(5).admin, { decision: 'partly', effect: 'recompute' });
    const remark = await object(register, rowOf(register, 6));
    await decideFor(register, remark.number, judges, holder(6).admin, { decision: 'upheld', effect: 'none' });
    const size = await publicRead(register.database, logSize);
    const at = (asOf: number | Date) => publicRead(register.database, (db) => decisionsFor(db, list, asOf));
    expect((await at(size)).map((one) => one.number)).not.toContain(number);
    await sequence(register);
    expect((await at(size)).map((one) => one.number)).not.toContain(number);
    const now = await at(await publicRead(register.database, logSize));
    expect(now.map((one) => one.number)).toEqual(now.map((one) => one.number).toSorted());
    expect(now.at(-1)).toMatchObject({
      number,
      declarationId: register.declarations[5]?.id,
      effect: 'recompute',
      reason: '报告可信，数值应更正',
      body: register.body.creditCode,
    });
    expect(await at(new Date(Date.now() + 400 * 86_400_000))).toEqual(now);
    expect((await publicRead(register.database, objectionsIn)).length).toBe(before + 2);
    const acting = { organisationId: organisationOf(register.body.admin), owner: '' };
    const mark = (which: string) =>
      transaction(register.database, acting, (tx) => markExecuted(tx, which, { list, edition: 2 }));
    expect([await mark(number), await mark(number), await mark(remark.number)]).toEqual([true, false, false]);
    expect(await read(number)).toMatchObject({ state: 'executed', executed: { list, edition: 2 } });
    await expectRefused(
      register,
      () => executeObjection(as(judges.accepts), remark.number, { remark: 'x' }),
      'conflict',
    );

    async function objectionsIn(db: Parameters<typeof objectionsOf>[0]) {
      return objectionsOf(db, `list/${list}/1`);
    }
  });

  it('of a scheme, how a decision was carried out is said in public', async () => {
    const { code, version } = await openObjectionPeriod(as(register.body.admin), tierScheme('M-OBJECTED'));
    const about = { kind: 'scheme' as const, scheme: code, version };
    const { number } = await object(register, about, { kind: 'scheme' });
    const over = { ...about, scheme: register.graded.list };
    await expectRefused(register, () => object(register, over), 'conflict', '/object');
    await decideFor(register, number, judges, judges.accepts, { decision: 'upheld', effect: 'new-edition' });
    await executeObjection(as(judges.accepts), number, { remark: '已发布方案第 2 版' });
    expect(await read(number)).toMatchObject({ state: 'executed', executed: { remark: '已发布方案第 2 版' } });
  });

  it('statistics of all, and of a body on its record', async () => {
    const { statistics } = await readObjections(register.database);
    expect(statistics.received).toBeGreaterThan(8);
    expect(statistics.decided).toBe(5);
    expect(statistics.upheld).toBe(4);
    const { objections } = await readBody(register.database, register.body.creditCode);
    expect(objections.received).toBe(statistics.received - 1);
  });

  it('the other side’s time ends by itself; a body that is late loses the case to the coordinating body', async () => {
    const slow = await object(register, rowOf(register, 7));
    await acceptObjection(as(judges.accepts), slow.number, accepted);
    const unread = await object(register, rowOf(register, 8));
    await passWorkingDays(6);
    await expectRefused(register, () => acceptObjection(as(judges.accepts), unread.number, accepted), 'not-found');
    const mine = (await listCases(as(register.coordinator.admin))).find((one) => one.number === unread.number);
    expect(mine).toMatchObject({ acts: ['accept'], clock: { step: 'acceptance', left: -1 } });
    await acceptObjection(as(register.coordinator.admin), unread.number, accepted);
    await passWorkingDays(5);
    expect(await stateOf(slow.number)).toBe('answer-overdue');
    await reviewObjection(as(judges.reviews), slow.number, review);
    await passWorkingDays(10);
    await expectRefused(register, () => decideObjection(as(judges.decides), slow.number, ruling), 'not-found');
    await decideObjection(as(register.coordinator.admin), slow.number, ruling);
    expect(await read(slow.number)).toMatchObject({ state: 'decided', inCharge: 'coordinating-body' });
  });
});
