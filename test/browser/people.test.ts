import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import {
  joinOrganisation,
  openTestRegister,
  PASSWORD,
  testCreditCode,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

await describeWithBrowser('joining and people in a real browser', (browser) => {
  let register: TestRegister;
  let app: TestApp;
  let origin: string;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '甲示例公司' });
    app = await openTestApp(register.database);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await app?.http.close();
    await register?.close();
  });

  for (const [width, javaScriptEnabled] of [
    [360, false],
    [1280, true],
  ] as const) {
    test(`an enterprise joins by form and its pages break no rule, at ${width} px, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/u.test(message.text())) refused.push(message.text());
      });
      const loginName = `newcomer.${width}`;
      const creditCode = testCreditCode(9000 + width, '3301');
      await page.goto(`${origin}/join`);
      await page.getByLabel('统一社会信用代码').fill(creditCode);
      await page.getByLabel('组织名称').fill('新来示例公司');
      await page.getByLabel('说明').fill('营业执照复印件');
      await page.getByLabel('姓名').fill('新管理员');
      await page.getByLabel('用户名').fill(loginName);
      await page.getByLabel('密码').fill(PASSWORD);
      await page.getByRole('button', { name: '提交申请' }).click();
      expect(await page.locator('.error-summary').textContent()).toContain('请选择证明文件');
      expect(await page.getByLabel('组织名称').inputValue()).toBe('新来示例公司');
      await page.getByLabel('密码').fill(PASSWORD);
      await page
        .getByLabel('证明文件')
        .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
      await page.getByRole('button', { name: '提交申请' }).click();
      expect(await page.getByRole('status').textContent()).toContain('申请已提交');
      await logIn(register.operator.loginName);
      await page.goto(`${origin}/desk/applications`);
      const application = page.locator('section.card', { hasText: creditCode });
      await application.getByLabel('理由').fill('执照已核对');
      await application.getByRole('button', { name: '核实通过' }).click();
      await page.getByRole('button', { name: '退出登录' }).click();
      await logIn(loginName);
      expect(await page.locator('h1').textContent()).toContain('新来示例公司');
      if (javaScriptEnabled) {
        for (const path of ['/desk/members', '/desk/keys', '/desk/mandates', '/desk/changes', '/join']) {
          for (const lang of ['', '/en']) {
            await page.goto(`${origin}${lang}${path}`);
            const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
            expect(violations.map(({ id, nodes }) => `${lang}${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
          }
        }
      }
      await context.close();
      expect(refused).toEqual([]);

      async function logIn(name: string): Promise<void> {
        await page.goto(`${origin}/login`);
        await page.getByLabel('用户名').fill(name);
        await page.getByLabel('密码').fill(PASSWORD);
        await page.locator('form.login button.primary').click();
      }
    }, 120_000);
  }

  test('people’s pages are readable on a phone', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${origin}/login`);
    await page.getByLabel('用户名').fill(enterprise.loginName);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.locator('form.login button.primary').click();
    for (const path of ['/desk/members', '/desk/keys', '/desk/mandates', '/desk/changes']) {
      await page.goto(origin + path);
      const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
    await context.close();
  }, 60_000);
});
