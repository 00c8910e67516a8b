import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { keyActor, logIn, logOut, sessionActor } from '../../src/services/access/log-in.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { forgetExpired } from '../../src/store/outbox.ts';
import {
  contextAs,
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { expectRefused } from './acts.ts';

describe('logging in', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());

  const enter = (password = PASSWORD, address = '198.51.100.1', loginName = enterprise.loginName) =>
    logIn(register.database, address, { loginName, password });
  const age = (token: string, set: string) =>
    withTestClient(register.ownerUrl, (owner) =>
      owner.query(`update sessions set ${set} where token_sha256 = $1`, [sha256Hex(token)]),
    );

  it('opens a session whose secret the database does not hold', async () => {
    const { token, organisation } = await enter();
    expect(organisation.creditCode).toBe(enterprise.creditCode);
    expect(await sessionActor(register.database, token)).toMatchObject({ kind: 'member', role: 'admin' });
    const { rows } = await withTestClient(register.ownerUrl, (owner) =>
      owner.query('select s::text as row from sessions s'),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    await logOut(register.database, token);
    expect(await sessionActor(register.database, token)).toBeNull();
  });

  it('answers a wrong password, an unknown name and a disabled person alike', async () => {
    const wrong = await expectRefused(register, () => enter('not the password'), 'unauthenticated', '/password');
    const unknown = await expectRefused(register, () => enter(PASSWORD, '198.51.100.1', 'nobody'), 'unauthenticated');
    expect(unknown.faults).toEqual(wrong.faults);
    const disable = (at: string) =>
      withTestClient(register.ownerUrl, (owner) =>
        owner.query(`update users set disabled_at = ${at} where login_name = $1`, [enterprise.loginName]),
      );
    await disable('now()');
    expect((await expectRefused(register, () => enter(), 'unauthenticated')).faults).toEqual(wrong.faults);
    await disable('null');
  });

  it('is locked for 15 minutes after five failures, for that name from that address alone', async () => {
    const from = '203.0.113.9';
    for (let i = 0; i < 5; i++) await expectRefused(register, () => enter('not the password', from), 'unauthenticated');
    const locked = await expectRefused(register, () => enter(PASSWORD, from), 'too-many');
    expect(locked.retryAfter).toBe(900);
    await enter(PASSWORD, '203.0.113.10');
    await enter(PASSWORD, from, register.operator.loginName);
    await withTestClient(register.ownerUrl, (owner) =>
      owner.query(`update login_failures set at = at - interval '15 minutes'`),
    );
    await enter(PASSWORD, from);
  });

  it('ends after 30 minutes without a request, and after 12 hours in any case', async () => {
    const { token } = await enter();
    await age(token, `seen_at = now() - interval '29 minutes'`);
    expect(await sessionActor(register.database, token)).not.toBeNull();
    await age(token, `seen_at = now() - interval '31 minutes'`);
    expect(await sessionActor(register.database, token)).toBeNull();
    const second = (await enter()).token;
    await age(second, `created_at = now() - interval '721 minutes'`);
    expect(await sessionActor(register.database, second)).toBeNull();
  });

  it('is kept alive by requests: being asked for touches a session', async () => {
    const { token } = await enter();
    for (let i = 0; i < 3; i++) {
      await age(token, `seen_at = seen_at - interval '20 minutes'`);
      expect(await sessionActor(register.database, token)).not.toBeNull();
    }
  });

  it('ends at once for everyone of an organisation that is suspended, keys too', async () => {
    const other = await joinOrganisation(register, { kind: 'enterprise', name: '被暂停者' });
    const { token } = await enter(PASSWORD, '198.51.100.1', other.loginName);
    const { key } = await createApiKey(contextAs(register, other.admin), { name: 'key', role: 'publisher', days: 1 });
    await withTestClient(register.ownerUrl, (owner) =>
      owner.query(`update organisations set state = 'suspended' where credit_code = $1`, [other.creditCode]),
    );
    expect(await sessionActor(register.database, token)).toBeNull();
    expect(await keyActor(register.database, key ?? '')).toBeNull();
    await expectRefused(register, () => enter(PASSWORD, '198.51.100.1', other.loginName), 'not-found');
  });

  it('leaves nothing for ever: sessions, failures and answers are forgotten in their time', async () => {
    const { token } = await enter();
    await age(token, `created_at = now() - interval '13 hours'`);
    await withTestClient(register.ownerUrl, async (owner) => {
      await owner.query(`update login_failures set at = now() - interval '2 days'`);
      await owner.query(`insert into idempotency_keys (owner, key, fingerprint, status, answer, created_at)
        values ('o', 'old', '', 200, '', now() - interval '8 days'), ('o', 'new', '', 200, '', now())`);
    });
    await forgetExpired(register.database);
    const { rows } = await withTestClient(register.ownerUrl, (owner) =>
      owner.query(
        `select (select count(*)::int from sessions where token_sha256 = $1) as sessions,
           (select count(*)::int from login_failures) as failures, array(select key from idempotency_keys) as keys`,
        [sha256Hex(token)],
      ),
    );
    expect(rows).toEqual([{ sessions: 0, failures: 0, keys: ['new'] }]);
  });
});
