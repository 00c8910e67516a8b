import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMonths } from '../../src/domain/calendar/day.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { registerDay } from '../support/bodies.ts';
import { addPerson, joinOrganisation, type TestOrganisation } from '../support/builders.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';

describe('pages of assessment bodies', () => {
  let register: FilledRegister;
  let app: TestApp;
  let coordinator: TestBrowser;
  let regulator: TestBrowser;
  let body: TestBrowser;
  let today: string;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 4 });
    app = await openTestApp(register.database);
    coordinator = await app.logIn(register.coordinator);
    regulator = await app.logIn(register.regulator);
    body = await app.logIn(register.body);
    today = await registerDay(register);
  }, 60_000);
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });
  const idIn = (page: string, kind: string) =>
    new RegExp(`/desk/bodies/${kind}/([0-9a-f-]{36})`, 'u').exec(page)?.[1] ?? '';
  const record = async (lang = '') => (await app.browser()('GET', `${lang}/bodies/${register.body.creditCode}`)).body;
  const measure = (given: Readonly<Record<string, string>>) =>
    coordinator('POST', '/desk/bodies/measures', {
      creditCode: register.body.creditCode,
      kind: 'suspension',
      accreditation: '',
      outcome: '',
      reason: '未披露客户关系',
      effectiveOn: today,
      correctBy: '',
      ...given,
    });

  it('an accreditation is proposed by form and approved by the regulator; the directory shows it', async () => {
    const fresh: TestOrganisation = await joinOrganisation(register, { kind: 'assessment-body', name: '新评估机构' });
    const given = { body: fresh.creditCode, categoryPrefix: 'C39', validFrom: '2026-01-01', validTo: '2099-12-31' };
    const wrong = await coordinator('POST', '/desk/bodies/accreditations', { ...given, categoryPrefix: 'x' });
    expect([wrong.statusCode, wrong.body.includes(fresh.creditCode)]).toEqual([422, true]);
    const asked = await coordinator('POST', '/desk/bodies/accreditations', given);
    expect(asked.body).toContain('已提出，等待批准');
    expect(idIn(asked.body, 'accreditations')).toBe('');
    const id = idIn((await regulator('GET', '/desk/bodies')).body, 'accreditations');
    const done = await regulator('POST', `/desk/bodies/accreditations/${id}`, { decision: 'approve' });
    expect(done.body).toContain('已办理');
    const directory = (await app.browser()('GET', '/bodies')).body;
    expect(directory).toContain('新评估机构');
    expect(directory).toContain('C39');
    const unstated = await app.browser()('GET', `/bodies/${fresh.creditCode}`);
    expect(unstated.body).toContain('没有有效的声明不能发布榜单');
    expect((await regulator('POST', `/desk/bodies/accreditations/${id}`, { decision: 'approve' })).statusCode).toBe(
      409,
    );
  });

  it('a suspension is proposed, waits, is approved, and stands on the public record, which says that lists stay', async () => {
    const wrong = await measure({ kind: 'examination' });
    expect([wrong.statusCode, wrong.body.includes('未披露客户关系')]).toEqual([422, true]);
    expect((await measure({ creditCode: '123' })).statusCode).toBe(404);
    expect((await measure({})).body).toContain('已提出');
    expect(await record()).not.toContain('未披露客户关系');
    expect((await body('GET', '/desk/bodies')).body).toContain('未披露客户关系');
    const id = idIn((await regulator('GET', '/desk/bodies')).body, 'measures');
    await regulator('POST', `/desk/bodies/measures/${id}`, { decision: 'approve' });
    const page = await record();
    for (const said of ['未披露客户关系', '已暂停', '在有效认可期内发布的榜单持续有效', register.graded.list]) {
      expect(page).toContain(said);
    }
    expect(await record('/en')).toContain('stays valid');
    expect((await app.browser()('GET', '/bodies')).body).toContain('已暂停');
    expect((await measure({ kind: 'reinstatement', reason: '已改正' })).statusCode).toBe(200);
    expect((await coordinator('POST', `/desk/bodies/measures/${id}`, { decision: 'approve' })).statusCode).toBe(403);
  });

  it('a body states its interests by form: one line each, wrong lines named, nothing lost; then it is public', async () => {
    const enterprise = register.enterprises[0]?.creditCode ?? '';
    const given = {
      categoryPrefix: 'C',
      persons: register.body.loginName,
      validFrom: today,
      validTo: addMonths(today, 12),
      interests: `${enterprise} 客户 检测委托`,
      confirm: 'yes',
    };
    const unticked = await body('POST', '/desk/conflicts', { ...given, confirm: '' });
    expect([unticked.statusCode, unticked.body.includes('检测委托')]).toEqual([422, true]);
    const wrong = await body('POST', '/desk/conflicts', { ...given, interests: `${enterprise} 朋友` });
    expect([wrong.statusCode, wrong.body.includes('朋友'), wrong.body.includes('id="interests-error"')]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await body('POST', '/desk/conflicts', given)).body).toContain('已声明并公开');
    const page = await record();
    expect(page).toContain('检测委托');
    expect(page).toContain(`/e/${enterprise}`);
    const none = await body('POST', '/desk/conflicts', { ...given, interests: '' });
    expect(none.statusCode).toBe(200);
    expect(await record()).toContain('无利益关系');
    expect(await record()).toContain('检测委托');
  });

  it('is nobody else’s desk', async () => {
    const enterprise = await app.logIn(register.enterprises[0] ?? { loginName: '' });
    expect((await enterprise('GET', '/desk/bodies')).statusCode).toBe(403);
    expect((await app.browser()('GET', '/desk/bodies')).statusCode).toBe(303);
    const drafter = await app.logIn(await addPerson(register, register.body, 'drafter'));
    expect((await drafter('POST', '/desk/conflicts', { confirm: 'yes' })).statusCode).toBe(422);
    expect((await app.browser()('GET', `/bodies/${register.enterprises[0]?.creditCode}`)).statusCode).toBe(404);
  });
});
