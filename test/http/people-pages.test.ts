import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import {
  addPerson,
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  testCreditCode,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';

const EVIDENCE = Buffer.from('%PDF-1.7 营业执照');

describe('pages of people and of an enterprise’s life', () => {
  let register: TestRegister;
  let app: TestApp;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  let admin: TestBrowser;
  beforeAll(async () => {
    register = await openTestRegister();
    app = await openTestApp(register.database);
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '甲示例公司' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '乙示例公司' });
    admin = await app.logIn(enterprise);
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  const join = (browser: TestBrowser, fields: Readonly<Record<string, string>>, file: Buffer | null) => {
    const boundary = 'x-test-boundary';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="evidence"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    const body = `${parts.join('')}${file ? `${head}${file.toString('latin1')}\r\n` : ''}--${boundary}--\r\n`;
    return browser('POST', '/join', undefined, { 'content-type': `multipart/form-data; boundary=${boundary}` }, body);
  };
  const applicant = (creditCode: string, loginName: string) => ({
    kind: 'enterprise',
    creditCode,
    name: '新来公司',
    method: 'licence',
    statement: '营业执照复印件',
    displayName: '新管理员',
    loginName,
    password: PASSWORD,
  });

  it('an enterprise joins with a proof of control, the operator confirms it, and its admin logs in', async () => {
    const creditCode = testCreditCode(8001, '3301');
    const visitor = app.browser();
    const none = await join(visitor, applicant(creditCode, 'new.admin'), null);
    expect([none.statusCode, none.body.includes('请选择证明文件')]).toEqual([422, true]);
    const wrong = await join(visitor, { ...applicant('123', 'new.admin'), name: '' }, EVIDENCE);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('新管理员');
    expect(wrong.body).not.toContain(PASSWORD);
    const done = await join(visitor, applicant(creditCode, 'new.admin'), EVIDENCE);
    expect([done.statusCode, done.body.includes('申请已提交')]).toEqual([202, true]);
    const again = await join(visitor, applicant(creditCode, 'new.admin2'), EVIDENCE);
    expect(again.statusCode).toBe(409);
    const early = await visitor('POST', '/login', { loginName: 'new.admin', password: PASSWORD });
    expect(early.statusCode).toBe(404);
    const operator = await app.logIn(register.operator);
    const waiting = await operator('GET', '/desk/applications');
    expect(waiting.body).toContain(sha256Hex(EVIDENCE.toString('latin1')).slice(0, 0) + creditCode);
    const unreasoned = await operator('POST', `/desk/applications/${creditCode}`, { decision: 'confirm' });
    expect(unreasoned.statusCode).toBe(422);
    const reason = { [`reason-${creditCode}`]: '执照已核对', decision: 'confirm' };
    expect((await operator('POST', `/desk/applications/${creditCode}`, reason)).statusCode).toBe(303);
    expect((await operator('POST', `/desk/applications/${creditCode}`, reason)).statusCode).toBe(409);
    expect((await visitor('POST', '/login', { loginName: 'new.admin', password: PASSWORD })).statusCode).toBe(303);
  });

  it('only the operator sees applications', async () => {
    expect((await admin('GET', '/desk/applications')).statusCode).toBe(403);
    expect((await app.browser()('GET', '/desk/applications')).statusCode).toBe(303);
  });

  it('an admin adds people, changes roles and lets them go; what was typed stays when it is wrong', async () => {
    const person = { displayName: '填报员', loginName: 'drafter.new', role: 'drafter' };
    const weak = await admin('POST', '/desk/members', { ...person, password: '123' });
    expect([weak.statusCode, weak.body.includes('drafter.new')]).toEqual([422, true]);
    expect(weak.body).toContain('error-summary');
    const added = await admin('POST', '/desk/members', { ...person, password: PASSWORD });
    expect(added.body).toContain('已添加');
    const taken = await admin('POST', '/desk/members', { ...person, password: PASSWORD });
    expect(taken.statusCode).toBe(409);
    const ids = [...added.body.matchAll(/\/desk\/members\/([0-9a-f-]{36})/gu)].map(([, id]) => id);
    const id = ids.at(-1) ?? '';
    expect((await admin('POST', `/desk/members/${id}`, { action: 'role', role: 'publisher' })).body).toContain(
      '已更改',
    );
    expect((await admin('POST', `/desk/members/${id}`, { action: 'remove' })).body).toContain('已移除');
    const last = await admin('POST', `/desk/members/${ids[0]}`, { action: 'remove' });
    expect(last.statusCode).toBe(409);
  });

  it('a key is shown by the answer that made it and never again, also when the page is sent twice', async () => {
    const page = await admin('GET', '/desk/keys');
    const key = /name="key" value="([^"]+)"/u.exec(page.body)?.[1] ?? '';
    const fields = { key, name: '对接系统', role: 'publisher', days: '30' };
    const made = await admin('POST', '/desk/keys', fields);
    expect(made.body).toMatch(/lp_ent_[0-9A-Za-z]{38}/u);
    const again = await admin('POST', '/desk/keys', fields);
    expect(again.body).not.toMatch(/lp_ent_[0-9A-Za-z]{38}/u);
    expect(again.body).toContain('已显示过');
    const wrong = await admin('POST', '/desk/keys', { ...fields, key: '', days: '9999' });
    expect(wrong.statusCode).toBe(422);
    const id = /\/desk\/keys\/([0-9a-f-]{36})/u.exec(made.body)?.[1] ?? '';
    expect((await admin('POST', `/desk/keys/${id}`)).body).toContain('已停用');
  });

  it('an agent is given a mandate, logs in for its principal, and is out when it ends', async () => {
    const mandate = {
      agent: other.creditCode,
      scope: 'publish',
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      evidenceSha256: sha256Hex('委托书'),
    };
    const wrong = await admin('POST', '/desk/mandates', { ...mandate, evidenceSha256: 'x' });
    expect([wrong.statusCode, wrong.body.includes(other.creditCode)]).toEqual([422, true]);
    const given = await admin('POST', '/desk/mandates', mandate);
    expect(given.body).toContain('已委托');
    const agent = app.browser();
    const login = { loginName: other.loginName, password: PASSWORD, organisation: enterprise.creditCode };
    expect((await agent('POST', '/login', login)).statusCode).toBe(303);
    expect((await agent('GET', '/desk')).body).toContain('甲示例公司');
    expect((await agent('GET', '/desk/members')).statusCode).toBe(403);
    const id = /\/desk\/mandates\/([0-9a-f-]{36})/u.exec(given.body)?.[1] ?? '';
    expect((await admin('POST', `/desk/mandates/${id}`)).body).toContain('已终止');
    expect((await agent('GET', '/desk')).statusCode).toBe(303);
  });

  it('a rename is asked for and confirmed; the public page tells the former name', async () => {
    const change = {
      kind: 'renamed',
      value: '甲示例集团',
      effectiveOn: '2026-11-01',
      evidenceSha256: sha256Hex('通知书'),
      statement: '登记通知书',
    };
    const wrong = await admin('POST', '/desk/changes', { ...change, effectiveOn: '昨天' });
    expect([wrong.statusCode, wrong.body.includes('甲示例集团')]).toEqual([422, true]);
    expect((await admin('POST', '/desk/changes', change)).body).toContain('已提交');
    expect((await admin('POST', '/desk/changes', change)).statusCode).toBe(409);
    const operator = await app.logIn(register.operator);
    const waiting = await operator('GET', '/desk/changes');
    const id = /\/desk\/changes\/([0-9a-f-]{36})/u.exec(waiting.body)?.[1] ?? '';
    const decided = await operator('POST', `/desk/changes/${id}`, { action: 'confirm', [`reason-${id}`]: '已核对' });
    expect(decided.body).toContain('已办理');
    const page = await app.browser()('GET', `/e/${enterprise.creditCode}`);
    expect(page.body).toContain('甲示例集团');
    expect(page.body).toContain('甲示例公司');
  });

  it('drafters see neither people nor keys', async () => {
    const drafter = await addPerson(register, enterprise, 'drafter');
    const browser = await app.logIn(drafter);
    expect((await browser('GET', '/desk/members')).statusCode).toBe(403);
    expect((await browser('GET', '/desk/keys')).statusCode).toBe(403);
    expect((await browser('GET', '/desk')).body).not.toContain('/desk/members');
  });
});
