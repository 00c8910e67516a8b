import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readXlsx } from '../../src/formats/read-xlsx.ts';
import { writeXlsx } from '../../src/formats/write-xlsx.ts';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import {
  actorOf,
  openTestRegister,
  PASSWORD,
  sequence,
  testCreditCode,
  type TestRegister,
} from '../support/builders.ts';
import { bytesOf, SHEET_HEADINGS, sheetRow } from '../support/sheets.ts';
import { deliver } from '../workers/suite.ts';

/** Five wrong cells, and what the page must say of each. */
const WRONG: Readonly<Record<number, readonly [heading: string, value: string, said: string]>> = {
  1: ['噪声 单位', '分贝哟', '分贝哟'],
  2: ['实施日期', '后天', '后天'],
  3: ['颗粒物净化能效 要求', '≥ 十二', '十二'],
  4: ['标准编号', 'Q/BOOK 4', 'Q/BOOK 4'],
  5: ['签署人身份', '路人', '路人'],
};

await describeWithBrowser('a newcomer with a workbook', (browser) => {
  let register: TestRegister;
  let app: TestApp;
  let origin: string;
  beforeAll(async () => {
    register = await openTestRegister();
    app = await openTestApp(register.database);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await app?.http.close();
    await register?.close();
  });

  const workbook = (rows: readonly (readonly string[])[]) =>
    writeXlsx([{ name: '声明', isTable: true, rows: [[...SHEET_HEADINGS], ...rows] }]);

  for (const [width, javaScriptEnabled] of [
    [360, false],
    [1280, true],
  ] as const) {
    test(`comes from the proof of control to receipts, five errors mended, at ${width} px, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
      const page = await context.newPage();
      const loginName = await join(page, width);
      await logIn(page, loginName);
      const organisation = organisationOf(await actorOf(register.database, loginName)) ?? '';

      await page.goto(`${origin}/desk/imports`);
      const [template] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('button[name="as"][value="xlsx"]').click(),
      ]);
      const headings = await firstRow(await readFile(await template.path()));
      expect(headings).toEqual(expect.arrayContaining([expect.stringContaining('标准编号')]));

      const numbers = [1, 2, 3, 4, 5, 6];
      const wrong = numbers.map((n) => {
        const [heading, value] = WRONG[n] ?? [];
        return sheetRow(`Q/BOOK ${n}-2026`, heading ? { [heading]: value ?? '' } : {});
      });
      await send(page, 'wrong.xlsx', await workbook(wrong));
      await check(page, organisation);
      const told = await page.locator('main').textContent();
      expect(told).toContain('可导入 1');
      expect(told).toContain('错误 5');
      for (const [, , said] of Object.values(WRONG)) expect(told).toContain(said);
      const [marked] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/workbook"]').click()]);
      expect(await firstRow(await readFile(await marked.path()))).toEqual([...SHEET_HEADINGS]);

      await page.goto(`${origin}/desk/imports`);
      await send(page, 'mended.xlsx', await workbook(numbers.map((n) => sheetRow(`Q/BOOK ${n}-2026`))));
      const id = await check(page, organisation);
      expect(await page.locator('main').textContent()).toContain('可导入 6');
      await page.locator('#agree-import').check();
      await page.getByRole('button', { name: '导入 6 行' }).click();
      await deliver(register, `import-rows.${id}.1`, 'import-rows', { import: id, organisation, decision: 1 });
      await page.goto(`${origin}/desk/imports/${id}`);
      expect(await page.locator('main').textContent()).toContain('6');
      await sequence(register);
      const [receipts] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: '下载全部公开凭证（CSV）' }).click(),
      ]);
      const lines = (await readFile(await receipts.path(), 'utf8')).trim().split(/\r?\n/u);
      expect(lines).toHaveLength(7);

      await page.goto(`${origin}/desk`);
      await page.getByRole('link', { name: 'Q/BOOK 1-2026' }).first().click();
      const declaration = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      await page.goto(`${origin}/desk/receipt/${declaration}`);
      expect(await page.locator('.receipt').textContent()).toContain('Q/BOOK 1-2026');
      const proof = (await page.locator('.receipt-code .code').textContent()) ?? '';
      await context.clearCookies();
      await page.goto(`${origin}/v/${proof}`);
      expect(await page.getByRole('status').first().textContent()).toContain('本平台登记有这份凭证');
      if (javaScriptEnabled) {
        await page.getByRole('button', { name: '在我的浏览器里核验' }).click();
        await page.getByText('✓ 您的浏览器算得的 SHA-256 与凭证一致').waitFor();
      }
      await context.close();
    }, 180_000);
  }

  async function join(page: Page, width: number): Promise<string> {
    const loginName = `book.${width}`;
    const creditCode = testCreditCode(9500 + width, '3301');
    await page.goto(`${origin}/join`);
    await page.getByLabel('统一社会信用代码').fill(creditCode);
    await page.getByLabel('组织名称').fill('表格示例公司');
    await page.getByLabel('说明').fill('营业执照复印件');
    await page.getByLabel('姓名').fill('新管理员');
    await page.getByLabel('用户名').fill(loginName);
    await page.getByLabel('密码').fill(PASSWORD);
    const licence = { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await page.getByLabel('证明文件').setInputFiles(licence);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('申请已提交').first().waitFor();
    await logIn(page, register.operator.loginName);
    await page.goto(`${origin}/desk/applications`);
    const application = page.locator('section.card', { hasText: creditCode });
    await application.getByLabel('理由').fill('执照已核对');
    await application.getByRole('button', { name: '核实通过' }).click();
    await page.getByRole('button', { name: '退出登录' }).click();
    return loginName;
  }

  async function logIn(page: Page, name: string): Promise<void> {
    await page.goto(`${origin}/login`);
    await page.getByLabel('用户名').fill(name);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.locator('form.login button.primary').click();
  }

  async function send(page: Page, name: string, bytes: Buffer): Promise<void> {
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer: bytes });
    await page.getByRole('button', { name: '上传并校验' }).click();
    await page.waitForURL(/\/desk\/imports\/imp-/u);
  }

  /** Does the check as a worker does, and reads the page again. */
  async function check(page: Page, organisation: string): Promise<string> {
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await deliver(register, `check-import.${id}`, 'check-import', { import: id, organisation });
    await page.goto(`${origin}/desk/imports/${id}`);
    return id;
  }
});

async function firstRow(bytes: Buffer): Promise<readonly string[]> {
  for await (const { cells } of readXlsx(bytesOf(bytes))) return cells;
  return [];
}
