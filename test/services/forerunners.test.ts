import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { addMonths } from '../../src/domain/calendar/day.ts';
import { withdrawDeclaration } from '../../src/services/declarations/change-declaration.ts';
import { confirmCandidacy } from '../../src/services/forerunners/confirm-candidacy.ts';
import { confirmChecks } from '../../src/services/forerunners/confirm-checks.ts';
import { endRound } from '../../src/services/forerunners/end-round.ts';
import { enterChecks } from '../../src/services/forerunners/enter-checks.ts';
import { listOwnRounds, readOwnRound } from '../../src/services/forerunners/list-own.ts';
import { openObjections } from '../../src/services/forerunners/open-objections.ts';
import { openRound } from '../../src/services/forerunners/open-round.ts';
import { publishForerunners } from '../../src/services/forerunners/publish-list.ts';
import {
  listForerunners,
  readEnterpriseForerunners,
  readForerunnerFile,
  readForerunners,
} from '../../src/services/forerunners/read-lists.ts';
import { readReport } from '../../src/services/forerunners/read-report.ts';
import { readRound } from '../../src/services/forerunners/read-round.ts';
import { removeEntry } from '../../src/services/forerunners/remove-entry.ts';
import { renewEntries } from '../../src/services/forerunners/renew-entries.ts';
import { sendReport } from '../../src/services/forerunners/send-report.ts';
import { submitShortList } from '../../src/services/forerunners/submit-short-list.ts';
import { acceptObjection } from '../../src/services/objections/accept-objection.ts';
import { readObjection } from '../../src/services/objections/read-objections.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { registerDay } from '../support/bodies.ts';
import { contextAs, sequence } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { buildRegister, type FilledRegister, publishTestList } from '../support/filled-register.ts';
import {
  checkAll,
  checksFor,
  FORERUNNERS,
  forerunnerScheme,
  givePapers,
  idOf,
  openTestRound,
  PERIOD,
  REPORT,
  reportFacts,
  type RunningRound,
  secondCoordinator,
} from '../support/forerunners.ts';
import { decideFor, type Judges, judgesOf, object } from '../support/objections.ts';
import { pdf } from '../support/pdf.ts';
import { releasersOf } from '../support/release.ts';
import { expectConstraint, expectDone, expectRefused, keyed } from './acts.ts';

const COMMITMENT = { version: 1, signer: '王示例', capacity: 'legal-representative' } as const;

describe('a forerunner list, from grade-one rows to removal', () => {
  let register: FilledRegister;
  let running: RunningRound;
  let judges: Judges;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 8 });
    judges = await judgesOf(register, register.body);
    running = await openTestRound(register);
    await secondCoordinator(register);
  }, 60_000);
  afterAll(() => register?.close());

  const as = (actor: Actor) => contextAs(register, actor);
  const read = () => readRound(register.database, running.id);
  const best = (i: number): string => running.best[i]?.id ?? '';
  const owner = (i: number) => {
    const found = register.enterprises[i];
    if (!found) throw new Error('no enterprise');
    return found;
  };
  const open = (list: string, edition = 1) =>
    openRound(as(register.body.admin), { list, edition, confirmationDays: 10 });

  it('the candidates are exactly the grade-one rows of the edition, frozen with revision and hash', async () => {
    const round = await read();
    expect(round.candidates.map(({ declaration }) => declaration).sort()).toEqual(
      running.best.map(({ id }) => id).sort(),
    );
    expect(round.board).toEqual({ edition: 1, sha256: running.board.sha256 });
    for (const { declaration, revision, document } of round.candidates) {
      const receipt = running.best.find(({ id }) => id === declaration);
      expect([revision, document]).toEqual([1, receipt?.document]);
    }
    expect(round.state).toBe('confirming');
  });

  it('no round is opened of a list of tiers, of an edition that is none, or beside a running round', async () => {
    await expectRefused(register, () => open(register.tiered.list), 'conflict', '/edition');
    await expectRefused(register, () => open('M-NONE'), 'not-found');
    await expectRefused(register, () => open(FORERUNNERS), 'conflict', '/list');
    const stranger = contextAs(register, owner(0).admin);
    const asked = { list: FORERUNNERS, edition: 1, confirmationDays: 10 };
    await expectRefused(register, () => openRound(stranger, asked), 'forbidden');
  });

  it('an enterprise confirms its own candidate, once, with models that it declared', async () => {
    const input = { commitment: COMMITMENT, provision: 'mass-produced' as const, models: ['KJ800G-0'] };
    const confirm = (by: Actor, given: Partial<typeof input> | object = {}) =>
      confirmCandidacy(as(by), running.id, best(0), { ...input, ...given });
    await expectRefused(register, () => confirm(owner(1).admin), 'not-found');
    await expectRefused(register, () => confirm(owner(0).admin, { models: ['X-1'] }), 'invalid', '/models/0');
    const service = { provision: 'widely-provided' };
    await expectRefused(register, () => confirm(owner(0).admin, service), 'invalid', '/provision');
    const old = { commitment: { ...COMMITMENT, version: 9 } };
    await expectRefused(register, () => confirm(owner(0).admin, old), 'invalid', '/commitment/version');
    await expectDone(register, () => confirm(owner(0).admin), {
      added: { forerunner_confirmations: 1, forerunner_signatures: 1, audit_events: 1 },
      audit: 'forerunner.confirm',
      by: owner(0).admin,
    });
    await expectRefused(register, () => confirm(owner(0).admin), 'conflict');
    expect(JSON.stringify(await read())).not.toContain('王示例');
  });

  it('a report is what its first bytes say; its facts are public, its bytes are for the parties', async () => {
    const send = (bytes: Uint8Array, reportedOn?: string) => async () =>
      sendReport(
        as(owner(0).admin),
        running.id,
        best(0),
        { ...(await reportFacts(register)), ...(reportedOn ? { reportedOn } : {}) },
        bytes,
      );
    await expectRefused(register, send(Buffer.from('MZ no pdf')), 'invalid', '/report');
    await expectRefused(register, send(REPORT, '2099-01-01'), 'invalid', '/reportedOn');
    await expectDone(register, send(REPORT), {
      added: { forerunner_reports: 1, forerunner_report_parts: 1, audit_events: 1 },
      audit: 'forerunner.send-report',
    });
    const shown = (await read()).candidates.find(({ declaration }) => declaration === best(0));
    expect(shown?.report).toMatchObject({ sha256: sha256Hex(REPORT), laboratory: '示例检测中心' });
    const fetched = (by: Actor) => readReport(as(by), running.id, best(0));
    for (const by of [owner(0), register.body, register.coordinator, register.regulator])
      expect(Buffer.from((await fetched(by.admin)).content).equals(REPORT)).toBe(true);
    await expectRefused(register, () => fetched(owner(1).admin), 'not-found');
  });

  it('sent twice with one key, a report is one report', async () => {
    const facts = await reportFacts(register);
    const context = keyed(register, owner(1).admin);
    const send = () => sendReport(context, running.id, best(1), facts, REPORT);
    expect(await send()).toEqual(await send());
    expect(context.replays).toBe(1);
  });

  it('the body enters every check once, and another person confirms them', async () => {
    const { first, second } = await releasersOf(register, register.body);
    const day = await registerDay(register);
    const enter = (checks = [...checksFor(day)], by = first) =>
      enterChecks(as(by), running.id, { declaration: best(0), checks });
    await expectRefused(register, () => enter(checksFor(day).slice(1)), 'invalid', '/checks');
    const trouble = checksFor(day).map((one, i) => (i === 0 ? { ...one, result: 'trouble' as const } : one));
    await expectRefused(register, () => enter(trouble), 'invalid', '/checks/0/note');
    await expectRefused(register, () => enter([...checksFor('2099-01-01')]), 'invalid', '/checks/0/checkedOn');
    await expectDone(register, () => enter(), {
      added: { forerunner_checks: 1, audit_events: 1 },
      audit: 'forerunner.check',
    });
    await expectRefused(register, () => confirmChecks(as(first), running.id), 'forbidden');
    await expectDone(register, () => confirmChecks(as(second), running.id), {
      added: { audit_events: 1 },
      audit: 'forerunner.confirm-checks',
    });
    await expectRefused(register, () => enter(), 'conflict');
    const same =
      'update forerunner_checks set confirmed_by = entered_by, confirmed_at = now() where confirmed_at is null';
    await enterChecks(as(first), running.id, { declaration: best(1), checks: [...checksFor(day)] });
    await expectConstraint(register, same, [], 'forerunner_checks_two_persons');
    const seen = async (by: Actor, i: number) =>
      (await readOwnRound(as(by), running.id)).candidates.find(({ declaration }) => declaration === best(i));
    expect((await seen(owner(0).admin, 0))?.checks?.confirmed).toBe(true);
    expect(await seen(owner(1).admin, 0)).toMatchObject({ checks: null, signature: null });
  });

  it('DOMAIN 4.1 (6): evidence before listing', async () => {
    // 0: complete; 1: a report and no commitment; 2: papers, and trouble; 3: papers and clear, objected to later.
    await givePapers(register, running.id, best(2));
    await givePapers(register, running.id, best(3));
    await expectRefused(register, () => submitShortList(as(register.body.admin), running.id), 'conflict');
    await checkAll(register, running.id, [best(2), best(3)], { [best(2)]: { 'credit-record': 'trouble' } });
    await shiftRegister(register.database, PERIOD);
    const late = () =>
      confirmCandidacy(as(owner(1).admin), running.id, best(1), {
        commitment: COMMITMENT,
        provision: 'mass-produced',
        models: ['KJ800G-1'],
      });
    await expectRefused(register, late, 'conflict');
    await expectDone(register, () => submitShortList(as(register.body.admin), running.id), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'forerunner.short-list',
      entry: 'forerunner.shortlisted',
    });
    const { candidates, state } = await read();
    expect(state).toBe('shortlisted');
    expect(Object.fromEntries(candidates.map((one) => [one.declaration, one.because]))).toEqual({
      [best(0)]: [],
      [best(1)]: [{ reason: 'no-commitment', about: null }],
      [best(2)]: [{ reason: 'record-trouble', about: 'credit-record' }],
      [best(3)]: [],
    });
  });

  it('DOMAIN 7.1 (8): a frozen cut-off, evidence, an objection period, and no list over an undecided objection', async () => {
    const first = register.coordinator.admin;
    const publish = async (by?: Actor) => publishForerunners(as(by ?? (await secondCoordinator(register))), running.id);
    await expectRefused(register, publish, 'conflict');
    const about = { kind: 'forerunner' as const, forerunner: running.id, edition: 1, declaration: best(3) };
    await expectRefused(register, () => object(register, about), 'not-found');
    await openObjections(as(first), running.id);
    await expectRefused(register, publish, 'conflict');
    await expectRefused(register, () => object(register, { ...about, declaration: best(1) }), 'not-found');
    const { number } = await object(register, about);
    await shiftRegister(register.database, 5 * 86_400);
    await decideFor(register, number, judges, owner(3).admin, { decision: 'upheld', effect: 'exclude-row' });
    const late = await object(register, { ...about, declaration: best(0) });
    await shiftRegister(register.database, PERIOD);
    await expectRefused(register, () => object(register, about), 'conflict', '/object');
    // Nobody has looked at it yet: it holds the list back all the same. The coordinating body takes it, as the clock says.
    await expectRefused(register, publish, 'conflict');
    await acceptObjection(as(first), late.number, { acceptance: 'not-accepted', reason: '没有事实' });
    await expectRefused(register, () => publish(first), 'forbidden');
    const published = await expectDone(register, () => publish(), {
      added: { forerunner_editions: 1, forerunner_entries: 1, log_pending: 1, audit_events: 1 },
      audit: 'forerunner.publish',
      entry: 'forerunner.published',
    });
    const { document, sha256 } = await readForerunnerFile(register.database, FORERUNNERS, 1);
    expect([sha256Hex(document), sha256]).toEqual([published.sha256, published.sha256]);
    const list = await readForerunners(register.database, FORERUNNERS, 'latest');
    expect(list.entries.map(({ declaration }) => declaration)).toEqual([best(0)]);
    expect(list.leftOut).toHaveLength(3);
    expect(list.leftOut.find(({ declaration }) => declaration === best(3))?.because).toEqual([
      { reason: 'decided-out', about: number },
    ]);
    expect(list.head).toMatchObject({
      previous: null,
      board: { edition: 1, sha256: running.board.sha256 },
      validUntil: addMonths(await registerDay(register), 12),
    });
    expect(await readObjection(register.database, number)).toMatchObject({
      state: 'executed',
      executed: { list: FORERUNNERS, edition: 1 },
    });
    await expectRefused(register, publish, 'conflict');
    await expectRefused(register, () => open(FORERUNNERS), 'conflict', '/edition');
  });

  it('an enterprise, the public and the body see where it stands', async () => {
    expect((await readEnterpriseForerunners(register.database, idOf(owner(0)))).entries).toMatchObject([
      { list: FORERUNNERS, edition: 1, declaration: best(0), removed: false },
    ]);
    expect(await listForerunners(register.database)).toMatchObject([{ list: FORERUNNERS, edition: 1, entries: 1 }]);
    const own = await listOwnRounds(as(owner(0).admin));
    expect(own.rounds.map(({ own: mine }) => mine.map(({ declaration }) => declaration))).toEqual([[best(0)]]);
  });

  it('an entry is renewed with a new report and keeps the edition since which it stands', async () => {
    const renew = (declarations: string[]) =>
      renewEntries(as(register.body.admin), FORERUNNERS, { declarations, confirmationDays: 10 });
    await expectRefused(register, () => renew([best(1)]), 'invalid', '/declarations/0');
    const before = (await readForerunners(register.database, FORERUNNERS, 'latest')).entries[0];
    const { id } = await renew([best(0)]);
    await confirmCandidacy(as(owner(0).admin), id, best(0), {
      commitment: COMMITMENT,
      provision: 'mass-produced',
      models: ['KJ800G-0'],
    });
    const facts = await reportFacts(register);
    const again = () => sendReport(as(owner(0).admin), id, best(0), facts, REPORT);
    await expectRefused(register, again, 'invalid', '/report');
    await sendReport(as(owner(0).admin), id, best(0), facts, pdf({ text: 'Second report' }));
    await checkAll(register, id, [best(0)]);
    await submitShortList(as(register.body.admin), id);
    await openObjections(as(register.coordinator.admin), id);
    await shiftRegister(register.database, PERIOD);
    await publishForerunners(as(await secondCoordinator(register)), id);
    const after = await readForerunners(register.database, FORERUNNERS, 'latest');
    expect(after).toMatchObject({ edition: 2, head: { previous: { edition: 1 } } });
    expect(after.entries[0]).toMatchObject({ since: 1, board: 1, round: id });
    expect((after.entries[0]?.validUntil ?? '') > (before?.validUntil ?? '')).toBe(true);
  });

  it('what becomes of a declaration marks its entry and proposes it for removal; removed, it stays struck through', async () => {
    const on = await registerDay(register);
    await withdrawDeclaration(as(owner(0).admin), { id: best(0), revision: 1 }, { reason: '停止生产', on });
    const { entries } = await readForerunners(register.database, FORERUNNERS, 'latest');
    expect(entries[0]?.marks).toMatchObject([{ mark: 'ended', proposes: 'standard-ended' }]);
    const { entries: proposed } = await listOwnRounds(as(register.body.admin));
    expect(proposed.flatMap(({ marks }) => marks.map(({ proposes }) => proposes))).toEqual(['standard-ended']);
    const cause = { declaration: best(0), cause: 'standard-ended' as const, evidence: `${best(0)}/2`, note: '' };
    const remove = (given: object = {}) => removeEntry(as(register.body.admin), FORERUNNERS, { ...cause, ...given });
    await expectRefused(register, () => remove({ declaration: best(1) }), 'not-found');
    const objection = { cause: 'objection', evidence: 'YY-2026-999999' };
    await expectRefused(register, () => remove(objection), 'invalid', '/evidence');
    await expectRefused(register, () => removeEntry(as(owner(0).admin), FORERUNNERS, cause), 'forbidden');
    await expectDone(register, () => remove(), {
      added: { forerunner_editions: 1, forerunner_entries: 1, log_pending: 1, audit_events: 1 },
      audit: 'forerunner.remove',
      entry: 'forerunner.published',
    });
    const list = await readForerunners(register.database, FORERUNNERS, 'latest');
    expect([list.edition, list.entries, list.head.previous?.edition]).toEqual([3, [], 2]);
    expect(list.removed[0]).toMatchObject({
      declaration: best(0),
      removed: { edition: 3, cause: 'standard-ended', by: register.body.creditCode },
    });
    expect((await readForerunners(register.database, FORERUNNERS, 2)).entries).toHaveLength(1);
    await sequence(register);
  });

  it('a round from which no list comes is ended with a reason, and its edition may be taken again', async () => {
    await publishTestList(register, register.body, forerunnerScheme('M-LPZ-2'));
    const running2 = await open('M-LPZ-2');
    const end = () => endRound(as(register.coordinator.admin), running2.id, { reason: '方案有误' });
    await expectRefused(register, () => endRound(as(register.body.admin), running2.id, { reason: 'x' }), 'forbidden');
    await end();
    expect(await readRound(register.database, running2.id)).toMatchObject({
      state: 'ended',
      ended: { reason: '方案有误' },
    });
    await expectRefused(register, end, 'conflict');
    expect((await open('M-LPZ-2')).id).not.toBe(running2.id);
  });

  it('what stands is kept by the database: rounds are written once, editions and reports never change', async () => {
    for (const statement of [
      `update forerunner_rounds set objections_until = '2020-01-01' where objections_until is not null`,
      `update forerunner_editions set document = ''`,
      `delete from forerunner_entries`,
      `update forerunner_reports set sha256 = sha256`,
    ]) {
      const tried = withTestClient(register.ownerUrl, (client) => client.query(statement));
      await expect(tried, statement).rejects.toMatchObject({ code: '23001' });
    }
    const same = `update forerunner_rounds set published_by = objections_opened_by, published_at = now(), edition = 9
      where id = $1 and published_at is null`;
    await withTestClient(register.ownerUrl, async (client) => {
      const { rows } = await client.query(
        'select id from forerunner_rounds where published_at is null and ended_at is null limit 1',
      );
      const shortlisted = `update forerunner_rounds set shortlist = '{}', shortlisted_by = opened_by, shortlisted_at = now(),
        objections_until = '2026-01-01', objections_opened_by = opened_by, objections_opened_at = now() where id = $1`;
      await client.query(shortlisted, [rows[0]?.id]);
      await expect(client.query(same, [rows[0]?.id])).rejects.toMatchObject({
        code: '23514',
        constraint: 'forerunner_rounds_two_persons',
      });
    });
  });
});
