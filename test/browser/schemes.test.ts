import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchemeDraft, readSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { contextAs } from '../support/builders.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { buildRegister, type FilledRegister, gradingScheme } from '../support/filled-register.ts';
import { check, checkHere, logIn, openContext, watchPolicy } from '../support/looked-at.ts';

await describeWithBrowser('the desk of schemes in a real browser', (browser) => {
  let register: FilledRegister;
  let app: TestApp;
  let origin: string;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 40 });
    app = await openTestApp(register.database);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await app?.http.close();
    await register?.close();
  });
  const draft = () => createSchemeDraft(contextAs(register, register.body.admin), gradingScheme('M-BROWSED'));

  for (const width of [360, 1280]) {
    test(`at ${width} px breaks no rule of accessibility and no policy, filled and with errors`, async () => {
      const context = await openContext(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found = watchPolicy(page);
      const { id } = await draft();
      for (const lang of ['', '/en']) {
        await logIn(page, `${origin}${lang}`, register.body.loginName);
        found.push(...(await check(page, origin, `${lang}/desk/schemes`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/schemes/drafts/${id}`, `${width}`)));
        await page.locator('[id="/version"]').fill('x');
        await page.locator('button[value="check"]').click();
        await page.locator('.error-summary').waitFor();
        found.push(...(await checkHere(page, `${lang} wrong ${width}`)));
        await context.clearCookies();
      }
      await context.close();
      expect(found).toEqual([]);
    }, 120_000);
  }

  test('a threshold that is typed is counted at once, without saving', async () => {
    const context = await openContext(browser, { viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const found = watchPolicy(page);
    const { id } = await draft();
    await logIn(page, origin, register.body.loginName);
    await page.goto(`${origin}/desk/schemes/drafts/${id}`);
    const first = async () =>
      Number(/（(\d+) 项）为一级/u.exec((await page.locator('#preview').textContent()) ?? '')?.[1]);
    const strict = await first();
    const drawn = page.waitForResponse((answer) => answer.url().endsWith('/preview'));
    await page.locator('summary', { hasText: '指标 2' }).click();
    await page.locator('[id="/indicators/1/levels/0/advanced"]').fill('11.1');
    await page.locator('[id="/indicators/0/levels/0/advanced"]').fill('401');
    await drawn;
    await expect.poll(first).toBeGreaterThan(strict);
    expect((await readSchemeDraft(contextAs(register, register.body.admin), id)).revision).toBe(1);
    await context.close();
    expect(found).toEqual([]);
  }, 60_000);
});
