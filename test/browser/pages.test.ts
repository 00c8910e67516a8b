import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { PASSWORD } from '../support/builders.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [360, 1280];

/** SCREENSHOTS=folder keeps a picture of every page that is checked, for people to look at. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

await describeWithBrowser('pages in a real browser', (browser) => {
  let register: FilledRegister;
  let app: TestApp;
  let origin: string;

  beforeAll(async () => {
    register = await buildRegister({ declarations: 130 });
    app = await openTestApp(register.database);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await app?.http.close();
    await register?.close();
  });

  const publicPaths = (): readonly string[] => [
    '/',
    '/search?q=空气净化器',
    '/search?q=没有这样的标准',
    '/search?category=C3464.air-purifier',
    `/s/${register.declarations[0]?.id}`,
    `/e/${register.enterprises[0]?.creditCode}`,
    '/boards',
    `/boards/${register.graded.list}/1`,
    `/boards/${register.graded.list}/1?chart=noise&q=启境`,
    `/boards/${register.graded.list}/1?q=没有`,
    `/boards/${register.tiered.list}/1`,
    `/schemes/${register.graded.list}/1`,
    '/draws',
    `/draws/${register.draw}`,
    `/draws/${register.plannedDraw}`,
    `/runs/${register.graded.run}`,
    '/login',
    '/data',
    '/help/problems',
    '/accessibility',
    '/no-such-page',
  ];

  for (const width of WIDTHS) {
    test(`public pages at ${width} px break no rule of accessibility and no content security policy`, async () => {
      const context = await openContext(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found = watchPolicy(page);
      for (const path of publicPaths()) {
        for (const lang of ['', '/en']) found.push(...(await check(page, origin, lang + path, `${width}`)));
      }
      await context.close();
      expect(found).toEqual([]);
    }, 240_000);

    test(`the workbench at ${width} px breaks neither, empty, with errors, saved and published`, async () => {
      const context = await openContext(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found = watchPolicy(page);
      for (const lang of ['', '/en']) {
        await logIn(page, `${origin}${lang}`, register.enterprises[0]?.loginName ?? '');
        found.push(...(await check(page, origin, `${lang}/desk`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/decl/new`, `${width}`)));
        await page.locator('button[value="publish"]').last().click();
        await page.waitForSelector('.error-summary');
        found.push(...(await checkHere(page, `${width}-errors${lang.replace('/', '-')}`)));
        await page.locator('button[value="save"]').last().click();
        await page.waitForURL(/\/desk\/decl\/[0-9a-f-]{36}/u);
        found.push(...(await checkHere(page, `${width}-draft${lang.replace('/', '-')}`)));
        await context.clearCookies();
      }
      await context.close();
      expect(found).toEqual([]);
    }, 120_000);
  }
});

async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  return context;
}

/** Policy violations show as events of the document and as messages of the console; both are caught. */
function watchPolicy(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    // A page that is not there is answered 404, which the console reports as an error of its own.
    if (message.type() === 'error' && !message.text().includes('404') && !message.text().includes('422'))
      found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}

async function check(page: Page, origin: string, path: string, name: string): Promise<readonly string[]> {
  await page.goto(origin + path);
  return checkHere(page, `${name}-${path.replace(/[^\w\u4e00-\u9fff]+/gu, '_')}`);
}

/** Everything wrong with the page that is open: broken rules, and text that runs out of it sideways. */
async function checkHere(page: Page, name: string): Promise<readonly string[]> {
  if (SCREENSHOTS) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: !name.includes('boards_M') });
  }
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...violations.map(
      ({ id, nodes }) =>
        `${name} ${id}: ${nodes
          .map((node) => node.html.slice(0, 200))
          .slice(0, 3)
          .join(' | ')}`,
    ),
    ...(overflow > 0 ? [`${name} is ${overflow} px too wide`] : []),
  ];
}

async function logIn(page: Page, origin: string, loginName: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.fill('[name="loginName"]', loginName);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main form .primary');
  await page.waitForURL(/\/desk$/u);
}
