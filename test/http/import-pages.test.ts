import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import {
  addPerson,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { sheetCsv, sheetRow } from '../support/sheets.ts';
import { deliver } from '../workers/suite.ts';

describe('the pages of imports', () => {
  let register: TestRegister;
  let app: TestApp;
  let enterprise: TestOrganisation;
  let browser: TestBrowser;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
    app = await openTestApp(register.database);
    browser = await app.logIn(enterprise);
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  /** Sends the form as a browser does; the file comes last. */
  async function upload(name: string, content: string, fields: Readonly<Record<string, string>> = {}, prefix = '') {
    const boundary = '----a-boundary';
    const parts = Object.entries(fields).map(
      ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`;
    return browser(
      'POST',
      `${prefix}/desk/imports`,
      undefined,
      { 'content-type': `multipart/form-data; boundary=${boundary}` },
      parts.join('') + file,
    );
  }
  const work = (key: string, name: string, data: object) => {
    const organisation = enterprise.admin.kind === 'member' ? enterprise.admin.organisation.id : '';
    return deliver(register, key, name, { organisation, ...data });
  };

  test('lead from a file to its result and to the choice, with the count on the button', async () => {
    const rows = [
      sheetRow('Q/PAGE 1-2026'),
      sheetRow('Q/PAGE 2-2026', { '噪声 单位': '哟' }),
      sheetRow('Q/PAGE 3-2026', { 产品名称: '净化器\u2f64' }),
    ];
    const sent = await upload('清单.csv', sheetCsv(rows), { signer: '', capacity: '' });
    expect(sent.statusCode).toBe(303);
    const address = String(sent.headers.location);
    const id = address.split('/').at(-1) ?? '';
    const moving = await browser('GET', address);
    expect(moving.body).toContain('http-equiv="refresh"');
    await work(`check-import.${id}`, 'check-import', { import: id });
    const result = await browser('GET', address);
    expect(result.body).toContain('可导入 1 · 提醒 1 · 错误 1 · 已声明 0');
    expect(result.body).toContain('V3');
    expect(result.body).toContain('导入 1 行');
    expect(result.body).toContain('导入 2 行');
    const english = await browser('GET', `/en${address}`);
    expect(english.body).toContain('Import 2 rows');
    const unticked = await browser('POST', address, { action: 'waive', rows: '2', codes: 'name.confusable' });
    expect([unticked.statusCode, unticked.body.includes('请勾选确认')]).toEqual([422, true]);
    const chosen = await browser('POST', address, {
      action: 'waive',
      rows: '2',
      codes: 'name.confusable',
      agree: 'yes',
      person: '李示例',
      reason: '商标如此',
    });
    expect(chosen.statusCode).toBe(303);
    await work(`import-rows.${id}.1`, 'import-rows', { import: id, decision: 1 });
    expect((await browser('GET', address)).body).toContain('已公开 2 项声明');
    expect((await browser('GET', '/desk/imports')).body).toContain('清单.csv');
  });

  test('say at the file why it was not taken, and keep what was typed', async () => {
    const wrong = await upload('a.xlsm', 'x', { signer: '王示例' });
    expect([wrong.statusCode, wrong.body.includes('不是 .xlsx')]).toEqual([422, true]);
    expect(wrong.body).toContain('value="王示例"');
    const magic = await upload('a.xlsx', 'no zip at all', {}, '/en');
    expect([magic.statusCode, magic.body.includes('it begins with 50 4b 03 04')]).toEqual([422, true]);
    const plain = await browser('POST', '/desk/imports', { file: 'a.csv' });
    expect([plain.statusCode, plain.body.includes('请选择文件')]).toEqual([422, true]);
    const many = await upload('a.csv', 'a', Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, 'x'])));
    expect(many.statusCode).toBe(422);
    const category = await upload('a.csv', 'a', { category: '家电' });
    expect([category.statusCode, category.body.includes('id="category-error"')]).toEqual([422, true]);
    const none = await upload('', '');
    expect([none.statusCode, none.body.includes('请选择文件')]).toEqual([422, true]);
  });

  test('cancel, lead to templates, and show a drafter no choice', async () => {
    const sent = await upload('b.csv', sheetCsv([sheetRow('Q/PAGE 9-2026')]));
    const address = String(sent.headers.location);
    const id = address.split('/').at(-1) ?? '';
    await work(`check-import.${id}`, 'check-import', { import: id });
    const drafter = await app.logIn(await addPerson(register, enterprise, 'drafter'));
    expect((await drafter('GET', address)).body).not.toContain('导入 1 行');
    expect((await browser('POST', address, { action: 'cancel' })).statusCode).toBe(303);
    expect((await browser('GET', address)).body).toContain('已取消');
    const template = await browser('GET', '/desk/imports/template?of=C3464.air-purifier&as=csv');
    expect(template.headers.location).toBe('/api/v1/import-templates/C3464.air-purifier.csv');
    expect((await app.browser()('GET', address)).headers.location).toContain('/login');
  });
});
