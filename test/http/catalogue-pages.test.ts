import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { joinOrganisation, openTestRegister, type TestRegister } from '../support/builders.ts';

describe('the page of the catalogue’s keeper', () => {
  let register: TestRegister;
  let app: TestApp;
  let keeper: TestBrowser;
  beforeAll(async () => {
    register = await openTestRegister();
    app = await openTestApp(register.database);
    keeper = await app.logIn(await joinOrganisation(register, { kind: 'coordinating-body', name: '示例工作机构' }));
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  const send = (
    browser: TestBrowser,
    fields: Readonly<Record<string, string>>,
    file: readonly [name: string, text: string] | null,
  ) => {
    const boundary = 'x-test-boundary';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const sent = file
      ? `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file[0]}"\r\nContent-Type: text/plain\r\n\r\n${file[1]}\r\n`
      : '';
    const body = `${parts.join('')}${sent}--${boundary}--\r\n`;
    return browser(
      'POST',
      '/desk/catalogue',
      undefined,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    );
  };
  const fields = { kind: 'standards', extent: 'part', source: '测试目录' };
  const good = '{"number":"GB/T 18801-2022","nameZh":"空气净化器","mandatory":false,"effectiveOn":"2023-05-01"}\n';

  it('imports a right file, says what changed, and links its report', async () => {
    const done = await send(keeper, fields, ['catalogue.jsonl', good]);
    expect(done.statusCode, done.body).toBe(200);
    expect(done.body).toContain('新增 1，变更 0，移除 0');
    expect(done.body).toContain('/api/v1/catalogue-snapshots/1');
    const page = await app.browser()('GET', '/standards?q=18801');
    expect(page.body).toContain('空气净化器');
  });

  it('refuses a wrong one whole, with the place of each fault, and keeps what was typed', async () => {
    const wrong = await send(keeper, fields, [
      'catalogue.jsonl',
      `${good}{"number":"GB/X","nameZh":"坏","mandatory":false}\n`,
    ]);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('error-summary');
    expect(wrong.body).toContain('测试目录');
    expect(wrong.body).toContain('GB/X');
    expect((await send(keeper, fields, null)).statusCode).toBe(422);
    expect((await send(keeper, fields, ['catalogue.pdf', good])).statusCode).toBe(422);
    expect((await send(keeper, { ...fields, source: '' }, ['catalogue.jsonl', good])).statusCode).toBe(422);
  });

  it('is nobody else’s', async () => {
    const enterprise = await app.logIn(await joinOrganisation(register, { kind: 'enterprise', name: '企业' }));
    expect((await enterprise('GET', '/desk/catalogue')).statusCode).toBe(403);
    expect((await send(enterprise, fields, ['catalogue.jsonl', good])).statusCode).toBe(403);
    expect((await app.browser()('GET', '/desk/catalogue')).statusCode).toBe(303);
  });
});
