import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishDeclaration } from '../../src/services/declarations/publish-declaration.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { applyToJoin } from '../../src/services/organisations/apply-to-join.ts';
import { actingAs } from '../../src/services/context.ts';
import { Refusal } from '../../src/services/refusal.ts';
import {
  addPerson,
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  testCreditCode,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { addedRows, registerState } from '../support/state.ts';
import { expectRefused, keyed } from './acts.ts';

describe('an idempotency key', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());

  const publish = (key: string, number: string, body = number) =>
    publishDeclaration(keyed(register, enterprise.admin, key, body), airPurifier({ number }));
  const stored = (key: string) =>
    withTestClient(register.ownerUrl, async (owner) => {
      const { rows } = await owner.query('select * from idempotency_keys where key = $1', [key]);
      return rows as { status: number; answer: string }[];
    });

  it('makes a repeated act one act, and its answer the same', async () => {
    const key = randomUUID();
    const first = await publish(key, 'Q/IDEM 001-2026');
    const before = await registerState(register.ownerUrl);
    const context = keyed(register, enterprise.admin, key, 'Q/IDEM 001-2026');
    expect(await publishDeclaration(context, airPurifier({ number: 'Q/IDEM 001-2026' }))).toEqual(first);
    expect(context.replays).toBe(1);
    expect(await registerState(register.ownerUrl)).toEqual(before);
    expect(await stored(key)).toHaveLength(1);
  });

  it('whose act is still under way is told to wait, at once, and leaves nothing', async () => {
    const key = randomUUID();
    const { owner: name } = actingAs(keyed(register, enterprise.admin, key));
    await withTestClient(register.ownerUrl, async (owner) => {
      const lock = 'hashtextextended($1 || chr(10) || $2, 0)';
      await owner.query(`select pg_advisory_lock(${lock})`, [name, key]);
      await expectRefused(register, () => publish(key, 'Q/IDEM 004-2026'), 'in-flight', '#header/Idempotency-Key');
      await owner.query(`select pg_advisory_unlock(${lock})`, [name, key]);
    });
    expect((await publish(key, 'Q/IDEM 004-2026')).number).toBe('Q/IDEM 004-2026');
  });

  it('is refused for another body', async () => {
    const key = randomUUID();
    await publish(key, 'Q/IDEM 002-2026');
    await expectRefused(register, () => publish(key, 'Q/IDEM 003-2026'), 'key-reused', '#header/Idempotency-Key');
  });

  it.each([1, 2, 3])(
    'sent 50 times at once makes one declaration; the rest replay it or are told to wait (%i)',
    async (round) => {
      const key = randomUUID();
      const number = `Q/IDEM 10${round}-2026`;
      const before = await registerState(register.ownerUrl);
      const settled = await Promise.allSettled(Array.from({ length: 50 }, () => publish(key, number)));
      const after = await registerState(register.ownerUrl);
      expect(addedRows(before, after)).toEqual({
        declarations: 1,
        declaration_versions: 1,
        log_pending: 1,
        audit_events: 1,
      });
      const answers = new Set(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : [])));
      expect(answers.size).toBe(1);
      const codes = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Refusal).code] : []));
      expect(codes.filter((code) => code !== 'in-flight')).toEqual([]);
      expect((await publish(key, number)).id).toBe([...answers][0]);
    },
  );

  it('keeps refusals too: also after they would no longer be given', async () => {
    const key = randomUUID();
    const refused = await expectRefused(register, () => publish(key, 'Q/IDEM'), 'invalid', '/standard/number');
    const again = await expectRefused(register, () => publish(key, 'Q/IDEM'), 'invalid', '/standard/number');
    expect(again.faults).toEqual(refused.faults);
    await declare(register, enterprise, { number: 'Q/IDEM 201-2026' });
    const taken = randomUUID();
    await expectRefused(register, () => publish(taken, 'Q/IDEM 201-2026'), 'conflict', '/standard/number');
    expect(await stored(taken)).toMatchObject([{ status: 400 }]);
  });

  it('is its owner’s: another person’s same key is another key', async () => {
    const key = randomUUID();
    const other = await joinOrganisation(register, { kind: 'enterprise', name: '另一企业' });
    const colleague = await addPerson(register, enterprise, 'publisher');
    const first = await publish(key, 'Q/IDEM 301-2026');
    for (const [actor, number] of [
      [other.admin, 'Q/IDEM 301-2026'],
      [colleague.actor, 'Q/IDEM 302-2026'],
    ] as const) {
      const context = keyed(register, actor, key, 'Q/IDEM 301-2026');
      const receipt = await publishDeclaration(context, airPurifier({ number }));
      expect([receipt.id === first.id, context.replays]).toEqual([false, 0]);
    }
    expect(await stored(key)).toHaveLength(3);
  });

  it('never keeps the secret of an API key: the repeat shows none', async () => {
    const key = randomUUID();
    const input = { name: 'test', role: 'publisher', days: 1 } as const;
    const issued = await createApiKey(keyed(register, enterprise.admin, key), input);
    const again = await createApiKey(keyed(register, enterprise.admin, key), input);
    expect(again).toEqual({ ...issued, key: null });
    const [row] = await stored(key);
    expect(row?.answer).not.toContain(issued.key ?? 'none');
  });

  it('makes a repeated application to join one application', async () => {
    const key = randomUUID();
    const application = {
      creditCode: testCreditCode(77),
      name: '重复申请',
      kind: 'enterprise',
      invented: true,
      proof: { method: 'letter', evidenceSha256: '0'.repeat(64), statement: '介绍信' },
      admin: { loginName: 'twice.admin', displayName: '管理员', password: PASSWORD },
    } as const;
    const first = await applyToJoin(keyed(register, undefined, key), application);
    const before = await registerState(register.ownerUrl);
    expect(await applyToJoin(keyed(register, undefined, key), application)).toEqual(first);
    expect(await registerState(register.ownerUrl)).toEqual(before);
    await expectRefused(register, () => applyToJoin(contextAs(register), application), 'conflict', '/creditCode');
  });
});
