import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { formatProof } from '../../src/domain/declarations/proof.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { contextAs, PASSWORD } from '../support/builders.ts';
import { importEntries, TEST_STANDARD } from '../support/catalogue.ts';
import { declareRichly } from '../support/rich-declaration.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';
import { checkSmallImport } from '../support/imports.ts';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [360, 1280];

/** SCREENSHOTS=folder keeps a picture of every page that is checked, for people to look at. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

await describeWithBrowser('pages in a real browser', (browser) => {
  let register: FilledRegister;
  let app: TestApp;
  let origin: string;
  let smallImport: string;
  let rich: Receipt;

  beforeAll(async () => {
    register = await buildRegister({ declarations: 40 });
    await importEntries(contextAs(register, register.coordinator.admin));
    rich = await declareRichly(register, register.enterprises[0]);
    app = await openTestApp(register.database);
    const [enterprise] = register.enterprises;
    smallImport = enterprise ? await checkSmallImport(register, enterprise) : '';
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
    `/v/${formatProof({ ...rich, sha256: rich.document })}`,
    `/s/${rich.id}`,
    `/v/${rich.id}.1.0123456789abcdef`,
    '/verify?code=forged',
    '/b/6901234567892',
    '/b/96385074',
    '/boards',
    `/boards/${register.graded.list}/1`,
    `/boards/${register.graded.list}/1?chart=noise&q=启境`,
    `/boards/${register.graded.list}/1?q=没有`,
    `/boards/${register.tiered.list}/1`,
    `/schemes/${register.graded.list}/1`,
    '/standards',
    '/standards?q=噪声&level=national',
    '/standards?q=没有这样的标准',
    `/standards/${encodeURIComponent(TEST_STANDARD.number)}`,
    '/draws',
    `/draws/${register.draw}`,
    `/draws/${register.plannedDraw}`,
    `/runs/${register.graded.run}`,
    '/login',
    '/join',
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
        found.push(...(await check(page, origin, `${lang}/desk/imports`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/imports/${smallImport}`, `${width}`)));
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

  for (const javaScriptEnabled of [true, false]) {
    test(`an enterprise declares a standard ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const context = await openContext(browser, { viewport: { width: 1366, height: 768 }, javaScriptEnabled });
      const page = await context.newPage();
      const found = watchPolicy(page);
      const number = `Q/HZHJ 80${javaScriptEnabled ? 1 : 2}-2026`;
      await logIn(page, origin, register.enterprises[0]?.loginName ?? '');
      await page.getByRole('link', { name: '新建声明' }).first().click();
      await page.getByLabel('标准编号').fill(number);
      await page.getByRole('button', { name: '仅校验' }).click();
      const summary = page.getByRole('alert');
      await summary.waitFor();
      expect(await page.title()).toMatch(/^错误：/u);
      expect(await summary.getByRole('link').allTextContents()).toContain('请填写标准名称');
      expect(await page.getByLabel('标准编号').inputValue()).toBe(number);
      await fillForm(page);
      await page.getByRole('button', { name: '增加一行指标' }).click();
      await page.locator('[id="/indicators/2/name"]').fill('噪声');
      await page.locator('[id="/indicators/2/comparator"]').selectOption('≤');
      await page.locator('[id="/indicators/2/value"]').fill('58');
      await page.locator('[id="/indicators/2/unit"]').fill('dB(A)');
      await page.locator('[id="/indicators/2/testMethod"]').fill('GB/T 4214.1-2017');
      await page.getByRole('button', { name: '提交声明' }).click();
      await page.getByText('自我声明承诺书：请填写签署人').first().waitFor();
      await page.getByLabel('同意并签署承诺书').check();
      await page.getByLabel('签署人姓名').fill('王示例');
      await page.getByLabel('签署人身份').selectOption('legal-representative');
      await page.getByRole('button', { name: '提交声明' }).click();
      await page.waitForURL(/\/desk\/receipt\//u);
      found.push(...(await (javaScriptEnabled ? checkHere(page, 'receipt') : [])));
      await page.getByRole('link', { name: /register\.example/u }).click();
      expect(await page.locator('main').textContent()).toContain(`执行 ${number}，`);
      expect(await page.locator('main').textContent()).toContain('≤ 58 dB(A)');
      await context.close();
      expect(found).toEqual([]);
    }, 60_000);
  }

  test('rows from a spreadsheet are pasted into the grid, and a wrong unit is said before anything is sent', async () => {
    const context = await openContext(browser, { viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await logIn(page, origin, register.enterprises[0]?.loginName ?? '');
    await page.goto(`${origin}/desk/decl/new`);
    const cells = [
      ['颗粒物洁净空气量', '功能', '≥', '520', '', 'm³/h', 'GB/T 18801-2022'],
      ['颗粒物净化能效', '性能', '≥', '12.00', '', 'm³/(W·h)', 'GB/T 18801-2022'],
      ['噪声', '性能', '≤', '58', '', '分贝吧', 'GB/T 4214.1-2017'],
    ];
    await page.locator('[id="/indicators/0/name"]').focus();
    await page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      `${cells.map((row) => row.join('\t')).join('\r\n')}\r\n`,
    );
    expect(await page.locator('[data-rows="indicators"] > [data-row]').count()).toBe(3);
    expect(await page.locator('[id="/indicators/0/kind"]').inputValue()).toBe('function');
    expect(await page.locator('[id="/indicators/2/comparator"]').inputValue()).toBe('≤');
    await page.locator('[id="/indicators/2/unit"]').fill('分贝哟');
    await page.locator('[id="/indicators/2/testMethod"]').focus();
    await page.getByText('第 3 行 单位').waitFor();
    expect(await page.locator('[id="/indicators/2/unit"]').getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: '删除指标第 1 行' }).click();
    expect(await page.locator('[id="/indicators/1/unit"]').inputValue()).toBe('分贝哟');
    await page.locator('[id="/indicators/1/unit"]').fill('dB(A)');
    await page.locator('[id="/indicators/1/testMethod"]').focus();
    await page.waitForFunction(() => !document.getElementById('/indicators/1/unit')?.hasAttribute('aria-invalid'));
    await context.close();
  }, 60_000);

  test('a draw is run again in the reader’s browser, which alone says that it passed', async () => {
    const context = await openContext(browser, { viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const found = watchPolicy(page);
    await page.goto(`${origin}/draws/${register.draw}`);
    expect(await page.locator('main').textContent()).not.toContain('没有不通过的项');
    await page.getByRole('button', { name: '在我的浏览器里复算' }).click();
    await page.getByText('没有不通过的项').waitFor();
    expect(await page.locator('.checks .passed').count()).toBeGreaterThan(8);
    expect(await page.locator('.checks .failed').count()).toBe(0);
    found.push(...(await checkHere(page, 'verified')));
    // The same page with one file changed on its way: the reader's machine refuses it, and says where.
    await page.route('**/files/result.tsv', (route) => route.fulfill({ body: 'all\t1\tnobody\tJ-01\tJ-02\n' }));
    await page.getByRole('button', { name: '再算一次' }).click();
    await page.getByText('有不通过的项，抽取不成立').waitFor();
    expect(await page.locator('.checks .failed').textContent()).toContain('result.tsv');
    await context.close();
    expect(found).toEqual([]);
  }, 60_000);

  test('the keyboard alone reaches the text and every scrolling table', async () => {
    const context = await openContext(browser, { viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(`${origin}/boards/${register.graded.list}/1`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#main');
    expect(await page.locator('.scroll:not([tabindex="0"])').count()).toBe(0);
    await context.close();
  }, 60_000);
});

/** What an air purifier declares; the number stands there already. */
async function fillForm(page: Page): Promise<void> {
  await page.getByLabel('标准名称').fill('家用空气净化器');
  await page.getByLabel('产品类别').selectOption('C3464.air-purifier');
  await page.getByLabel('实施日期').fill('2026-05-01');
  await page.getByLabel('产品或服务名称').fill('空气净化器');
  await page.getByRole('textbox', { name: '型号 必填' }).fill('KJ520G\nKJ520F');
  const indicators = [
    ['颗粒物洁净空气量', 'function', '520', 'm³/h'],
    ['颗粒物净化能效', 'performance', '12.00', 'm³/(W·h)'],
  ] as const;
  for (const [at, [name, kind, value, unit]] of indicators.entries()) {
    const field = (named: string) => page.locator(`[id="/indicators/${at}/${named}"]`);
    await field('name').fill(name);
    await field('kind').selectOption(kind);
    await field('value').fill(value);
    await field('unit').fill(unit);
    await field('testMethod').fill('GB/T 18801-2022');
  }
}

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
