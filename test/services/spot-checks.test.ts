import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSample } from '../../src/services/spot-checks/draw-sample.ts';
import { planDraw } from '../../src/services/spot-checks/plan-draw.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { revealSecrets, seedDraw } from '../../src/services/spot-checks/seed-draw.ts';
import { requestVoid, voidDraw } from '../../src/services/spot-checks/void-draw.ts';
import { commitmentOf } from '../../src/domain/spot-checks/seed.ts';
import { verifyDraw } from '../../src/domain/spot-checks/verify.ts';
import { publicRead } from '../../src/store/database.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { readDrawFiles } from '../../src/store/spot-checks.ts';
import { addPerson, contextAs, joinOrganisation, sequence } from '../support/builders.ts';
import { drawRequest } from '../support/filled-register.ts';
import { type ComparableRegister, openComparableRegister } from '../support/runs.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

const HALF_HOUR = 32 * 60;
const DICE = { entropy: 'dice 27182818284590452353', note: '录像', secrets: {} };

describe('draws', () => {
  let register: ComparableRegister;
  beforeAll(async () => {
    register = await openComparableRegister(40);
  });
  afterAll(() => register?.close());
  const as = (organisation = register.regulator) => contextAs(register, organisation.admin);
  const plan = (id: string, change = {}) => planDraw(as(), { ...drawRequest(id, '测试抽查'), ...change });
  const planned = async (id: string, change = {}) => {
    await plan(id, change);
    await sequence(register);
    await shiftRegister(register.database, HALF_HOUR);
  };
  const draw = async (id: string) => (await readDraw(register.database, register.regulator.admin, id)).draw;

  it('are planned with their frame, files and public entry at once', async () => {
    const answer = await expectDone(register, () => plan('P-1'), {
      added: { draws: 1, draw_files: 4, log_pending: 1, audit_events: 1 },
      audit: 'draw.plan',
      by: register.regulator.admin,
      entry: 'draw.plan',
    });
    expect(answer).toMatchObject({ state: 'committed', frameCount: 40 });
  });

  it('refuse a second plan of a batch and stage, a used id, an empty frame and unknown pairs', async () => {
    await plan('R-1', { batch: 'R' });
    await expectRefused(register, () => plan('R-2', { batch: 'R' }), 'conflict');
    await plan('R-3', { batch: 'R', stage: '2' });
    await expectRefused(register, () => plan('R-1', { batch: 'R-other' }), 'conflict', '/id');
    const nowhere = { categoryPrefix: 'G', regionPrefix: '', stratify: 'none' } as const;
    await expectRefused(register, () => plan('R-4', { frame: nowhere }), 'invalid', '/frame');
    const avoid = [{ id: 'nothing', inspector: 'J-01' }];
    await expectRefused(register, () => plan('R-4', { avoid }), 'invalid', '/avoid/0/id');
    await expectRefused(register, () => plan('R-4', { sample: 41 }), 'invalid', '/sample');
    await expectRefused(register, () => plan('R-4', { entropy: 'coin 1' }), 'invalid', '/entropy');
  });

  it('are planned by a regulator for its own region alone', async () => {
    const regional = await joinOrganisation(register, { kind: 'regulator', name: '省局', region: '44' });
    const request = drawRequest('X-1', '测试抽查');
    await expectRefused(register, () => planDraw(as(regional), request), 'forbidden');
    await expectRefused(register, () => planDraw(as(register.body), request), 'forbidden');
  });

  it('take no entropy before its time, nor before their plan has its place in the log', async () => {
    await plan('T-1');
    await sequence(register);
    const early = await expectRefused(register, () => seedDraw(as(), 'T-1', DICE), 'too-early', '/entropy');
    expect(early.retryAfter).toBeGreaterThan(1700);
    await plan('T-2');
    await shiftRegister(register.database, HALF_HOUR);
    await expectRefused(register, () => seedDraw(as(), 'T-2', DICE), 'too-early', '/entropy');
    await sequence(register);
    await seedDraw(as(), 'T-2', DICE);
  });

  it('refuse too few or wrong digits, then take the right ones once, with the job that draws', async () => {
    await planned('D-1');
    for (const entropy of ['dice 2718', 'dice 2718281828459045235x', 'coin 1'])
      await expectRefused(register, () => seedDraw(as(), 'D-1', { ...DICE, entropy }), 'invalid', '/entropy');
    const unplanned = { ...DICE, secrets: { someone: '0'.repeat(64) } };
    await expectRefused(register, () => seedDraw(as(), 'D-1', unplanned), 'invalid', '/secrets/someone');
    await expectDone(register, () => seedDraw(as(), 'D-1', DICE), {
      added: { draw_files: 1, log_pending: 1, outbox: 1, audit_events: 1 },
      audit: 'draw.seed',
      by: register.regulator.admin,
      entry: 'draw.seed',
      job: 'draw-sample',
    });
    await expectRefused(register, () => seedDraw(as(), 'D-1', DICE), 'conflict', '#path/id');
    await Promise.all([1, 2, 3].map(() => drawSample(register.database, 'D-1')));
    expect((await draw('D-1')).state).toBe('drawn');
    const files = await publicRead(register.database, (db) => readDrawFiles(db, 'D-1'));
    const checks = verifyDraw(new Map(files.map((file) => [file.name, file.content])));
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('of two operators with entropy at once take one', async () => {
    await planned('D-2');
    const settled = await Promise.allSettled(
      ['dice 11111222223333344444', 'dice 55555666667777788888'].map((entropy) =>
        seedDraw(as(), 'D-2', { ...DICE, entropy }),
      ),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('that are sealed wait for the secrets that were committed, and take no others', async () => {
    const secret = 'ab'.repeat(32);
    const commit = { witness: commitmentOf('S-1', 'witness', secret) };
    await expectRefused(register, () => plan('S-1', { commit }), 'invalid', '/revealBy');
    const revealBy = new Date(Date.now() + 7 * 86_400_000).toISOString();
    await planned('S-1', { commit, revealBy });
    expect(await seedDraw(as(), 'S-1', DICE)).toEqual({ id: 'S-1', state: 'seeded', seed: null });
    const reveal = (secrets: Record<string, string>) => revealSecrets(as(), 'S-1', { secrets });
    await expectRefused(register, () => reveal({}), 'invalid', '/secrets/witness');
    await expectRefused(register, () => reveal({ witness: 'cd'.repeat(32) }), 'invalid', '/secrets/witness');
    const told = {
      added: { draw_files: 1, log_pending: 1, outbox: 1, audit_events: 1 },
      audit: 'draw.seed',
      job: 'draw-sample',
    };
    const { seed } = await expectDone(register, () => reveal({ witness: secret }), told);
    expect(seed).toMatch(/^[0-9a-f]{64}$/u);
    await expectRefused(register, () => reveal({ witness: secret }), 'conflict');
    await drawSample(register.database, 'S-1');
    expect((await draw('S-1')).state).toBe('drawn');
  });

  it('are void by two people with a reason, stay public, and may then be drawn again', async () => {
    await planned('V-1', { batch: 'V' });
    const second = contextAs(register, (await addPerson(register, register.regulator, 'publisher')).actor);
    const reason = '抽样框有误，须作废';
    await expectRefused(register, () => voidDraw(second, 'V-1'), 'conflict');
    const told = { added: { audit_events: 1 }, audit: 'draw.request-void' };
    await expectDone(register, () => requestVoid(as(), 'V-1', { reason }), told);
    await expectRefused(register, () => voidDraw(as(), 'V-1'), 'forbidden');
    const stranger = await joinOrganisation(register, { kind: 'regulator', name: '另一局' });
    await expectRefused(register, () => voidDraw(as(stranger), 'V-1'), 'not-found');
    await expectRefused(register, () => requestVoid(as(stranger), 'V-1', { reason }), 'not-found');
    const alone = `update draws set state = 'void', voided_by = void_requested_by, voided_at = now() where id = $1`;
    await expectConstraint(register, alone, ['V-1'], 'draws_check');
    await expectRefused(register, () => plan('V-2', { batch: 'V' }), 'conflict');
    await expectDone(register, () => voidDraw(second, 'V-1'), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'draw.void',
      entry: 'draw.void',
    });
    expect(await draw('V-1')).toMatchObject({ state: 'void', voidReason: reason });
    await expectRefused(register, () => seedDraw(as(), 'V-1', DICE), 'conflict');
    await expectRefused(register, () => voidDraw(second, 'V-1'), 'conflict');
    await plan('V-2', { batch: 'V' });
  });
});
