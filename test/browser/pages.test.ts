import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { formatProof } from '../../src/domain/declarations/proof.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { contextAs } from '../support/builders.ts';
import { importEntries, TEST_STANDARD } from '../support/catalogue.ts';
import { FORERUNNERS, forerunnersToLookAt } from '../support/forerunners.ts';
import { decideFor, judgesOf, object, rowOf } from '../support/objections.ts';
import { declareRichly } from '../support/rich-declaration.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';
import { checkSmallImport } from '../support/imports.ts';
import { check, checkHere, logIn, openContext, watchPolicy } from '../support/looked-at.ts';

const WIDTHS = [360, 1280];

await describeWithBrowser('pages in a real browser', (browser) => {
  let register: FilledRegister;
  let app: TestApp;
  let origin: string;
  let smallImport: string;
  let rich: Receipt;
  let objection: string;
  let waiting: string;
  let forerunners: { readonly published: string; readonly running: string; readonly candidate: string };

  beforeAll(async () => {
    register = await buildRegister({ declarations: 40 });
    await importEntries(contextAs(register, register.coordinator.admin));
    rich = await declareRichly(register, register.enterprises[0]);
    const judges = await judgesOf(register, register.body);
    objection = (await object(register, rowOf(register))).number;
    await decideFor(register, objection, judges, register.enterprises[0]?.admin ?? judges.accepts, {
      decision: 'upheld',
      effect: 'exclude-row',
    });
    waiting = (await object(register, rowOf(register, 1))).number;
    forerunners = await forerunnersToLookAt(register);
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
    `/boards/${register.graded.list}/editions`,
    `/boards/${register.graded.list}/1/changes`,
    `/boards/${register.graded.list}/1/indicators/noise`,
    ...[register.declarations[0], register.declarations[6]].map(
      (one) => `/boards/${register.graded.list}/1/entry/${one?.id}`,
    ),
    '/schemes',
    `/schemes/${register.graded.list}/1`,
    '/schemes/templates',
    '/schemes/templates/gas-water-heater',
    '/standards',
    '/standards?q=噪声&level=national',
    '/standards?q=没有这样的标准',
    `/standards/${encodeURIComponent(TEST_STANDARD.number)}`,
    '/bodies',
    `/bodies/${register.body.creditCode}`,
    '/forerunners',
    `/forerunners/${FORERUNNERS}/2`,
    `/forerunner-rounds/${forerunners.published}`,
    `/forerunner-rounds/${forerunners.running}`,
    '/objections',
    `/objections/${objection}`,
    '/objections/new',
    `/objections/new?object=list/${register.graded.list}/1`,
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

    test(`the workbench at ${width} px breaks neither`, async () => {
      const context = await openContext(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found = watchPolicy(page);
      for (const lang of ['', '/en']) {
        await logIn(page, `${origin}${lang}`, register.enterprises[0]?.loginName ?? '');
        found.push(...(await check(page, origin, `${lang}/desk`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/imports`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/objections/${objection}`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/imports/${smallImport}`, `${width}`)));
        const { running, candidate } = forerunners;
        found.push(...(await check(page, origin, `${lang}/desk/forerunners/${running}/${candidate}`, `${width}`)));
        await context.clearCookies();
        await logIn(page, `${origin}${lang}`, register.coordinator.loginName);
        found.push(...(await check(page, origin, `${lang}/desk/bodies`, `${width}`)));
        await context.clearCookies();
        await logIn(page, `${origin}${lang}`, register.body.loginName);
        found.push(...(await check(page, origin, `${lang}/desk/objections/${waiting}`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/conflicts`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/forerunners`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/forerunners/${running}`, `${width}`)));
        found.push(...(await check(page, origin, `${lang}/desk/forerunners/${running}/${candidate}`, `${width}`)));
        await context.clearCookies();
      }
      await context.close();
      expect(found).toEqual([]);
    }, 120_000);
  }

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
