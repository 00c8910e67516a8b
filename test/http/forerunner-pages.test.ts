import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRound } from '../../src/services/forerunners/read-round.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { registerDay } from '../support/bodies.ts';
import { addPerson } from '../support/builders.ts';
import { buildRegister, type FilledRegister, publishTestList } from '../support/filled-register.ts';
import { object } from '../support/objections.ts';
import { releasersOf } from '../support/release.ts';
import {
  checkAll,
  declareBest,
  FORERUNNERS,
  forerunnerScheme,
  givePapers,
  holderByCode,
  PERIOD,
  REPORT,
} from '../support/forerunners.ts';

describe('pages of forerunners', () => {
  let register: FilledRegister;
  let app: TestApp;
  let visitor: TestBrowser;
  let round: string;
  let first: string;
  let others: readonly string[];
  beforeAll(async () => {
    register = await buildRegister({ declarations: 8 });
    const best = await declareBest(register);
    await publishTestList(register, register.body, forerunnerScheme());
    await releasersOf(register, register.body);
    app = await openTestApp(register.database);
    visitor = app.browser();
    [first = '', ...others] = best.map(({ id }) => id);
  }, 60_000);
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  const sendPapers = (browser: TestBrowser, path: string, fields: Readonly<Record<string, string>>, file: string) => {
    const boundary = 'x-test-boundary';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="report"; filename="r.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    return browser(
      'POST',
      path,
      undefined,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
      `${parts.join('')}${head}${file}\r\n--${boundary}--\r\n`,
    );
  };

  it('the body opens a round by form, and the public sees who is waited for until when', async () => {
    const body = await app.logIn(register.body);
    const desk = await body('GET', '/desk/forerunners');
    expect(desk.body).toContain(`${FORERUNNERS}/1`);
    const wrong = await body('POST', '/desk/forerunners', { board: `${FORERUNNERS}/1`, confirmationDays: 'x' });
    expect([wrong.statusCode, wrong.body.includes('id="confirmationDays-error"')]).toEqual([422, true]);
    const opened = await body('POST', '/desk/forerunners', { board: `${FORERUNNERS}/1`, confirmationDays: '10' });
    expect(opened.statusCode).toBe(200);
    round = /LP-\d{4}-\d{6}/u.exec(opened.body)?.[0] ?? '';
    const page = await visitor('GET', `/forerunner-rounds/${round}`);
    expect(page.body).toContain('待企业提交承诺书和检测报告');
    expect(page.body).toContain('企业确认还剩 10 个工作日');
    expect((await visitor('GET', `/en/forerunner-rounds/${round}`)).body).toContain('10 working days left');
    const board = await visitor('GET', `/boards/${FORERUNNERS}/1`);
    expect(board.body).toContain(`/forerunner-rounds/${round}`);
  });

  it('an enterprise signs and sends its report in one form; what is wrong is named and nothing typed is lost', async () => {
    const { candidates } = await readRound(register.database, round);
    const candidate = candidates.find(({ declaration }) => declaration === first);
    const enterprise = await app.logIn(holderByCode(register, candidate?.enterprise.code ?? ''));
    const path = `/desk/forerunners/${round}/${first}`;
    expect((await enterprise('GET', '/desk/forerunners')).body).toContain(path);
    const form = await enterprise('GET', path);
    expect(form.body).toContain('没有向任何机构支付费用');
    const fields = {
      version: '1',
      signer: '王示例',
      capacity: 'legal-representative',
      provision: 'mass-produced',
      models: candidate?.declaredModels.join('\n') ?? '',
      number: 'JC-1',
      laboratory: '示例检测中心',
      mark: 'CNAS',
      markNumber: 'L0001',
      reportedOn: await registerDay(register),
    };
    const empty = await sendPapers(enterprise, `${path}/papers`, { ...fields, number: '' }, '%PDF-1.7');
    expect([empty.statusCode, empty.body.includes('id="number-error"'), empty.body.includes('示例检测中心')]).toEqual([
      422,
      true,
      true,
    ]);
    // The commitment is kept; only the report is asked for again.
    const noPdf = await sendPapers(enterprise, `${path}/papers`, fields, 'MZ');
    expect([noPdf.statusCode, noPdf.body.includes('id="report-error"')]).toEqual([422, true]);
    const { number, laboratory, mark, markNumber, reportedOn } = fields;
    const again = { number, laboratory, mark, markNumber, reportedOn };
    const sent = await sendPapers(enterprise, `${path}/papers`, again, REPORT.toString('latin1'));
    expect([sent.statusCode, sent.body.includes('已提交')]).toEqual([200, true]);
    const stranger = await app.logIn(
      holderByCode(register, candidates.find(({ declaration }) => declaration !== first)?.enterprise.code ?? ''),
    );
    expect((await stranger('GET', path)).body).not.toContain('王示例');
    expect((await visitor('GET', path)).statusCode).toBe(303);
  });

  it('the body enters checks by form, each fault at its field; a second person confirms, and the short-list follows', async () => {
    for (const declaration of others.slice(0, 2)) await givePapers(register, round, declaration);
    const { first: one, second } = await releasersOf(register, register.body);
    expect([one.kind, second.kind]).toEqual(['member', 'member']);
    const body = await app.logIn(register.body);
    const path = `/desk/forerunners/${round}/${first}`;
    const day = await registerDay(register);
    const checks = (note: string) =>
      Object.fromEntries(
        [0, 1, 2, 3].flatMap((i) => [
          [`${i}-result`, i === 1 ? 'trouble' : 'clear'],
          [`${i}-source`, '信用中国'],
          [`${i}-checkedOn`, day],
          [`${i}-note`, note],
          [`${i}-evidenceSha256`, ''],
        ]),
      );
    const wordless = await body('POST', path, checks(''));
    expect([wordless.statusCode, wordless.body.includes('id="1-note-error"')]).toEqual([422, true]);
    const entered = await body('POST', path, { ...checks(''), '1-result': 'clear' });
    expect([entered.statusCode, entered.body.includes('已录入')]).toEqual([200, true]);
    await checkAll(register, round, others.slice(0, 2), { [others[1] ?? '']: { 'environment-record': 'trouble' } });
    await shiftRegister(register.database, PERIOD);
    const listed = await body('POST', `/desk/forerunners/${round}`, { act: 'short-list' });
    expect(listed.statusCode).toBe(200);
    const page = await visitor('GET', `/forerunner-rounds/${round}`);
    expect(page.body).toContain('记录中有问题（环境违法记录）');
    expect(page.body).toContain('未签署承诺书；未提交检测报告');
  });

  it('two persons of the coordinating body open the objection period and publish; the list says that it is unordered', async () => {
    const one = await app.logIn(register.coordinator);
    const two = await app.logIn(await addPerson(register, register.coordinator, 'publisher'));
    const path = `/desk/forerunners/${round}`;
    expect((await one('POST', path, { act: 'open-objections' })).statusCode).toBe(200);
    const open = await visitor('GET', `/forerunner-rounds/${round}`);
    expect(open.body).toContain(`object=${encodeURIComponent(`forerunner/${round}/1/${first}`)}`);
    const about = { kind: 'forerunner' as const, forerunner: round, edition: 1, declaration: others[0] ?? '' };
    const { number } = await object(register, about);
    expect((await visitor('GET', `/objections/${number}`)).body).toContain(`/forerunner-rounds/${round}`);
    const coordinator = await app.logIn(register.coordinator);
    await shiftRegister(register.database, PERIOD);
    expect((await two('POST', path, { act: 'publish' })).statusCode).toBe(409);
    await coordinator('POST', `/desk/objections/${number}`, { act: 'refuse', reason: '没有事实' });
    expect((await one('POST', path, { act: 'publish' })).statusCode).toBe(403);
    expect((await two('POST', path, { act: 'publish' })).statusCode).toBe(200);
    const newest = await visitor('GET', `/forerunners/${FORERUNNERS}`);
    expect(newest.headers.location).toBe(`/forerunners/${FORERUNNERS}/1`);
    const page = await visitor('GET', `/forerunners/${FORERUNNERS}/1`);
    expect(page.body).toContain('排名不分先后');
    expect(page.body).toContain(`/boards/${FORERUNNERS}/1/entry/${first}`);
    expect(page.body).toContain('未列入的候选');
    expect((await visitor('GET', '/forerunners')).body).toContain('空气净化器');
    const english = await visitor('GET', `/en/forerunners/${FORERUNNERS}/1`);
    expect(english.body).toContain('In no order of merit');
    const code = (await readRound(register.database, round)).candidates.find((c) => c.declaration === first)?.enterprise
      .code;
    expect((await visitor('GET', `/e/${code}`)).body).toContain(`/forerunners/${FORERUNNERS}/1`);
  });

  it('the body takes an entry off by form; the next edition shows it struck through with its cause', async () => {
    const body = await app.logIn(register.body);
    const fields = { entry: `${FORERUNNERS}/${first}`, cause: 'quality-trouble', note: '' };
    const empty = await body('POST', '/desk/forerunners/removals', { ...fields, evidence: '' });
    expect([empty.statusCode, empty.body.includes('id="evidence-error"')]).toEqual([422, true]);
    const removed = await body('POST', '/desk/forerunners/removals', { ...fields, evidence: '抽查 2026-9' });
    expect([removed.statusCode, removed.body.includes('已移出')]).toEqual([200, true]);
    const page = await visitor('GET', `/forerunners/${FORERUNNERS}/2`);
    expect(page.body).toMatch(/<s>.*质量问题/su);
    expect(page.body).toContain('抽查 2026-9');
    const renewed = await body('POST', '/desk/forerunners/renewals', {
      list: FORERUNNERS,
      [`renew-${others[0]}`]: 'yes',
    });
    expect([renewed.statusCode, renewed.body.includes('已开启续期轮次')]).toEqual([200, true]);
  });
});
