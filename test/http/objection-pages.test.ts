import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { stateInterests } from '../support/bodies.ts';
import { addPerson } from '../support/builders.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';
import { object, rowOf } from '../support/objections.ts';

describe('pages of objections', () => {
  let register: FilledRegister;
  let app: TestApp;
  let visitor: TestBrowser;
  let objectKey: string;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 8 });
    app = await openTestApp(register.database);
    visitor = app.browser();
    objectKey = `list/${register.graded.list}/1/${register.declarations[0]?.id}`;
  }, 60_000);
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  const send = (fields: Readonly<Record<string, string>>, files: readonly (readonly [string, string])[] = []) => {
    const boundary = 'x-test-boundary';
    const parts = [
      ...Object.entries(fields).map(
        ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
      ...files.map(
        ([name, content]) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="evidence"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n${content}\r\n`,
      ),
    ];
    const raw = Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'utf8');
    return visitor(
      'POST',
      '/objections/new',
      undefined,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
      raw.toString('utf8'),
    );
  };
  const keyOf = (page: string) => /name="key" value="([^"]+)"/u.exec(page)?.[1] ?? '';
  const typed = (given: Readonly<Record<string, string>> = {}) => ({
    object: objectKey,
    kind: 'data',
    statement: '洁净空气量与检验报告不符',
    contact: '王女士',
    ...given,
  });

  it('a citizen objects by form: what is wrong is named and nothing typed is lost; the receipt shows the code once', async () => {
    const form = await visitor('GET', `/objections/new?object=${objectKey}`);
    expect(form.body).toContain(`value="${objectKey}"`);
    expect(form.headers['cache-control']).toBe('no-store');
    const empty = await send(typed({ statement: '' }));
    expect([empty.statusCode, empty.body.includes('王女士'), empty.body.includes('id="statement-error"')]).toEqual([
      422,
      true,
      true,
    ]);
    const nowhere = await send(typed({ object: 'list/NONE/1' }));
    expect([nowhere.statusCode, nowhere.body.includes('洁净空气量')]).toEqual([404, true]);
    expect((await send(typed({ object: 'x' }))).statusCode).toBe(422);
    const wrong = await send(typed(), [['a.png', 'no picture']]);
    expect([wrong.statusCode, wrong.body.includes('id="evidence-error"')]).toEqual([422, true]);
    expect(
      (
        await send(
          typed(),
          Array.from({ length: 6 }, () => ['a.pdf', '%PDF-1.7'] as const),
        )
      ).statusCode,
    ).toBe(422);
    const large = await send(typed(), [['a.pdf', `%PDF-1.7${'x'.repeat(10 * 1024 * 1024)}`]]);
    expect([large.statusCode, large.body.includes('id="evidence-error"'), large.body.includes('王女士')]).toEqual([
      422,
      true,
      true,
    ]);
    const key = keyOf(form.body);
    const done = await send({ ...typed(), key }, [
      ['a.pdf', '%PDF-1.7'],
      ['', ''],
    ]);
    expect([done.statusCode, done.body.includes('异议已提交')]).toEqual([202, true]);
    const number = /YY-\d{4}-\d{6}/u.exec(done.body)?.[0] ?? '';
    const secret = /<code class="code">([0-9a-f]{24})</u.exec(done.body)?.[1] ?? '';
    const again = await send({ ...typed(), key }, [['a.pdf', '%PDF-1.7']]);
    expect([again.body.includes(number), again.body.includes(secret)]).toEqual([true, false]);
    const page = await visitor('GET', `/objections/${number}`);
    expect(page.body).toContain('已提交，待受理');
    expect(page.body).toContain('个工作日，截止');
    for (const hidden of ['洁净空气量与检验报告不符', '王女士', 'a.pdf']) expect(page.body).not.toContain(hidden);
    const opened = await visitor('POST', `/objections/${number}`, { secret });
    expect(opened.body).toContain('洁净空气量与检验报告不符');
    expect(opened.headers['cache-control']).toBe('no-store');
    const closed = await visitor('POST', `/objections/${number}`, { secret: 'f'.repeat(24) });
    expect([closed.statusCode, closed.body.includes('洁净空气量与检验报告不符')]).toEqual([422, false]);
    expect((await visitor('GET', '/objections')).body).toContain(number);
    expect((await visitor('GET', '/en/objections')).body).toContain('Statistics');
  });

  it('is handled at the desk, each act by its form, with clocks; the decision is public with its reasons', async () => {
    const { number } = await object(register, rowOf(register, 1));
    const accepts = await app.logIn(register.body);
    const reviewer = await addPerson(register, register.body, 'publisher');
    const reviews = await app.logIn(reviewer);
    const other = await app.logIn(register.enterprises[1] ?? { loginName: '' });
    const path = `/desk/objections/${number}`;
    const list = (await accepts('GET', '/desk/objections')).body;
    expect(list).toContain(number);
    expect(list).toContain('待本机构办理');
    expect((await other('GET', '/desk/objections')).body).not.toContain(number);
    expect((await accepts('POST', path, { act: 'refuse', reason: '' })).statusCode).toBe(422);
    expect((await accepts('POST', path, { act: 'accept', reason: '' })).body).toContain('已办理');
    expect((await visitor('GET', `/objections/${number}`)).body).toContain('已受理，待对方说明');
    const asked = (await other('GET', path)).body;
    expect(asked).toContain('洁净空气量与检验报告不符');
    expect((await other('POST', path, { act: 'answer', answer: '' })).statusCode).toBe(422);
    expect((await other('POST', path, { act: 'answer', answer: '检验方法不同' })).body).toContain('已办理');
    // Without a statement of interests nobody reviews; what was typed stays.
    const review = { act: 'review', recommendation: 'upheld', reasons: '核对了原始记录' };
    const barred = await reviews('POST', path, review);
    expect([
      barred.statusCode,
      barred.body.includes('核对了原始记录'),
      barred.body.includes('没有有效的利益冲突声明'),
    ]).toEqual([422, true, true]);
    await stateInterests(register, register.body, [], [reviewer.loginName]);
    expect((await reviews('POST', path, review)).body).toContain('已办理');
    const ruling = { act: 'decide', decision: 'upheld', effect: 'exclude-row', reasons: '报告可信' };
    expect((await reviews('POST', path, ruling)).statusCode).toBe(422);
    expect((await accepts('POST', path, ruling)).body).toContain('已办理');
    const page = (await visitor('GET', `/objections/${number}`)).body;
    for (const said of ['报告可信', '该声明移出下一期榜单', '成立']) expect(page).toContain(said);
    expect(page).not.toContain('核对了原始记录');
    expect((await accepts('POST', path, { act: 'execute', remark: '已列入第 2 期' })).body).toContain('已办理');
    expect((await visitor('GET', `/objections/${number}`)).body).toContain('已列入第 2 期');
    expect((await visitor('GET', `/bodies/${register.body.creditCode}`)).body).toContain('办理工作日');
  });

  it('is nobody else’s desk, and says nothing of a case that is not theirs', async () => {
    const { number } = await object(register, rowOf(register, 2));
    const stranger = await app.logIn(register.enterprises[3] ?? { loginName: '' });
    expect((await stranger('GET', `/desk/objections/${number}`)).statusCode).toBe(404);
    expect((await stranger('POST', `/desk/objections/${number}`, { act: 'accept' })).statusCode).toBe(403);
    const operator = await app.logIn(register.operator);
    expect((await operator('GET', '/desk/objections')).statusCode).toBe(403);
    expect((await visitor('GET', '/desk/objections')).statusCode).toBe(303);
    expect((await visitor('GET', '/objections/YY-2026-999999')).statusCode).toBe(404);
  });
});
