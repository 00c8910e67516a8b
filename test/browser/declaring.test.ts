import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDraft } from '../../src/services/declarations/drafts.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { describeWithBrowser } from '../support/browser.ts';
import {
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { importPart } from '../support/catalogue.ts';
import { check, checkHere, logIn, openContext, watchPolicy } from '../support/looked-at.ts';

const WIDTHS = [360, 1280];
const CLEANER = {
  number: 'GB/T 18801-2022',
  nameZh: '空气净化器',
  mandatory: false,
  issuedOn: '2022-04-15',
  effectiveOn: '2023-05-01',
};
/** What the test declarations are louder than: lawful, but to be stated. */
const QUIET = {
  code: 'GBT-18801-noise',
  category: 'C3464',
  force: 'recommended',
  indicator: '噪声',
  direction: 'lower',
  value: '55',
  unit: 'dB(A)',
  standard: CLEANER.number,
  validFrom: '2023-05-01',
};

await describeWithBrowser('declaring in a real browser', (browser) => {
  let register: TestRegister;
  let app: TestApp;
  let origin: string;
  let enterprise: TestOrganisation;
  let published: string;

  beforeAll(async () => {
    register = await openTestRegister();
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例工作机构' });
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '甲示例公司' });
    published = (await declare(register, enterprise, { number: 'Q/OLD 1-2025' })).id;
    await importPart(contextAs(register, coordinator.admin), 'standards', [CLEANER]);
    await importPart(contextAs(register, coordinator.admin), 'limits', [QUIET]);
    app = await openTestApp(register.database);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await app?.http.close();
    await register?.close();
  });

  const draftOf = async (content: unknown) =>
    `/desk/decl/${(await createDraft(contextAs(register, enterprise.admin), content)).id}`;

  for (const width of WIDTHS) {
    test(`its pages at ${width} px break no rule of accessibility and no policy: empty, filled and with errors`, async () => {
      const context = await openContext(browser, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      const found = watchPolicy(page);
      await logIn(page, origin, enterprise.loginName);
      const empty = await draftOf({ subject: 'product', standard: {} });
      const filled = await draftOf({
        ...airPurifier({ number: 'Q/榕净 1' }),
        waivers: [{ code: 'name.confusable', about: '别的', reason: '旧的说明', person: '王示例' }],
      });
      for (const lang of ['', '/en']) {
        const look = async (path: string) => found.push(...(await check(page, origin, lang + path, `${width}`)));
        await look('/desk/decl/new');
        await look('/desk/decl/new?kind=common&q=18801');
        await page.locator('main form .primary').click();
        await page.waitForSelector('.error-summary');
        found.push(...(await checkHere(page, `${width}-entry-errors${lang.replace('/', '-')}`)));
        for (const draft of [empty, filled]) {
          await look(draft);
          for (const task of ['standard', 'products', 'indicators', 'text', 'submit']) await look(`${draft}/${task}`);
          for (const task of ['standard', 'products', 'indicators']) await look(`${draft}/${task}?check`);
          await page.goto(`${origin}${lang}${draft}/submit`);
          await page.locator('button[value="publish"]').click();
          await page.waitForSelector('.error-summary');
          found.push(...(await checkHere(page, `${width}-submit-errors-${draft === empty}${lang.replace('/', '-')}`)));
        }
        await look(`/s/${published}`);
        await look(`/desk/s/${published}/withdraw`);
        await page.locator('main form .primary').click();
        await page.waitForSelector('.error-summary');
        found.push(...(await checkHere(page, `${width}-withdraw-errors${lang.replace('/', '-')}`)));
      }
      await context.close();
      expect(found).toEqual([]);
    }, 240_000);

    for (const javaScriptEnabled of [true, false]) {
      const title = `${javaScriptEnabled ? 'with' : 'without'} JavaScript at ${width} px`;
      test(`a newcomer declares, mends five errors, states what is lower, and gets a receipt, ${title}`, async () => {
        const context = await openContext(browser, { viewport: { width, height: 800 }, javaScriptEnabled });
        const page = await context.newPage();
        const found = watchPolicy(page);
        const number = `Q/HZHJ 8${width}${javaScriptEnabled ? 1 : 2}-2026`;
        await declareByForm(page, origin, enterprise, number);
        found.push(...(javaScriptEnabled ? await checkHere(page, `${width}-receipt`) : []));
        await page.getByRole('link', { name: /register\.example/u }).click();
        const shown = await page.locator('main').textContent();
        for (const words of [`执行 ${number}，`, '≤ 58 dB(A)', '用于车间']) expect(shown).toContain(words);
        await context.close();
        expect(found).toEqual([]);
      }, 120_000);
    }
  }

  test('a public standard is picked from the catalogue without any program', async () => {
    const context = await openContext(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await logIn(page, origin, enterprise.loginName);
    await page.goto(`${origin}/desk/decl/new`);
    await page.getByLabel('国家、行业、地方、团体或国际标准').check();
    await page.getByLabel('标准编号或名称').fill('空气净化');
    await page.getByRole('button', { name: '查目录' }).click();
    await page.getByLabel(CLEANER.number).check();
    await page.getByRole('button', { name: '开始填写' }).click();
    await page.getByRole('link', { name: '标准信息' }).click();
    expect(await field(page, '/standard/name').inputValue()).toBe(CLEANER.nameZh);
    await context.close();
  }, 60_000);

  test('the grid takes rows from a spreadsheet and gives them back, moves by Enter, copies down, and says what is wrong', async () => {
    const context = await openContext(browser, { viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await logIn(page, origin, enterprise.loginName);
    await page.goto(`${origin}${await draftOf({})}/indicators`);
    const rows = page.locator('[data-rows="indicators"] > [data-row]');
    const cells = [
      ['颗粒物洁净空气量', '功能', '≥', '520', '', 'm³/h', 'GB/T 18801-2022'],
      ['颗粒物净化能效', '性能', '≥', '12.00', '', 'm³/(W·h)', 'GB/T 18801-2022', '高于国标'],
      ['噪声', '性能', '≤', '58', '', '分贝吧', 'GB/T 4214.1-2017'],
    ];
    await field(page, '/indicators/0/name').focus();
    await paste(page, cells);
    expect(await rows.count()).toBe(3);
    await page.keyboard.press('Control+z');
    expect([await rows.count(), await field(page, '/indicators/0/name').inputValue()]).toEqual([2, '']);
    await paste(page, cells);
    expect(await field(page, '/indicators/0/kind').inputValue()).toBe('function');
    expect(await field(page, '/indicators/1/note').inputValue()).toBe('高于国标');
    expect(await field(page, '/indicators/2/comparator').inputValue()).toBe('≤');
    await field(page, '/indicators/2/unit').fill('分贝哟');
    await field(page, '/indicators/2/testMethod').focus();
    await page.locator('.field-error', { hasText: '第 3 行 单位' }).waitFor();
    expect(await page.locator('[data-said="form"]').textContent()).toContain('第 3 行 单位');
    expect(await field(page, '/indicators/2/unit').getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: '删除指标第 1 行' }).click();
    expect(await field(page, '/indicators/1/unit').inputValue()).toBe('分贝哟');
    await field(page, '/indicators/1/unit').fill('dB(A)');
    await page.keyboard.press('Enter');
    expect(await rows.count()).toBe(3);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('/indicators/2/unit');
    await page.keyboard.press('Control+d');
    expect(await field(page, '/indicators/2/unit').inputValue()).toBe('dB(A)');
    await page.waitForFunction(() => !document.getElementById('/indicators/1/unit')?.hasAttribute('aria-invalid'));
    await context.close();
  }, 60_000);

  test('what is typed is saved on its own, survives a reload, and is never overwritten or lost', async () => {
    const context = await openContext(browser, {});
    const page = await context.newPage();
    await logIn(page, origin, enterprise.loginName);
    const address = `${origin}${await draftOf({})}/standard`;
    await page.goto(address);
    await field(page, '/standard/name').fill('自动保存的名称');
    const line = page.locator('[data-autosaved]');
    await page.getByText(/自动保存于 \d\d:\d\d:\d\d，第 2 版草稿/u).waitFor();
    await page.reload();
    expect(await field(page, '/standard/name').inputValue()).toBe('自动保存的名称');
    // The same draft in a second window: whoever saves later is told, and keeps what was typed.
    const other = await context.newPage();
    await other.goto(address);
    await other.locator('[id="/standard/name"]').fill('另一处');
    await other.locator('[id="/standard/number"]').focus();
    await other.getByText('第 3 版草稿').waitFor();
    await field(page, '/standard/name').fill('这一处');
    await field(page, '/standard/number').focus();
    await page.getByText('在另一处被改过，没有自动保存').waitFor();
    expect(await field(page, '/standard/name').inputValue()).toBe('这一处');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByRole('heading', { name: '这份草稿在另一处被改过' }).waitFor();
    await page.getByRole('button', { name: '用我的内容保存为新一版' }).click();
    await page.getByText('已保存。').waitFor();
    // Logged out meanwhile: nothing is lost, and a new tab leads back in.
    await page.goto(address);
    await context.clearCookies();
    await field(page, '/standard/name').fill('登录过期后');
    await field(page, '/standard/number').focus();
    await page.getByText('登录已过期').waitFor();
    expect(await line.getByRole('link').getAttribute('href')).toBe('/login');
    await logIn(other, origin, enterprise.loginName);
    await field(page, '/standard/number').fill('Q/AUTO 1-2026');
    await page.getByText('第 5 版草稿').waitFor();
    await context.close();
  }, 60_000);
});

function field(page: Page, name: string): Locator {
  return page.locator(`[id="${name}"]`);
}

async function paste(page: Page, cells: readonly (readonly string[])[]): Promise<void> {
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const given = { clipboardData, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', given));
    },
    `${cells.map((row) => row.join('\t')).join('\r\n')}\r\n`,
  );
}

/** From the log-in to the receipt, with five errors on the way and one thing to state. */
async function declareByForm(page: Page, origin: string, person: TestOrganisation, number: string): Promise<void> {
  const done = page.getByRole('button', { name: '保存并返回任务列表' });
  const mend = async (errors: readonly string[]) => {
    await done.click();
    const summary = page.getByRole('alert');
    await summary.waitFor();
    expect(await page.title()).toMatch(/^错误：/u);
    const said = (await summary.getByRole('link').allTextContents()).join('\n');
    for (const error of errors) expect(said).toContain(error);
  };
  const openTask = async (name: string) => {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
  await logIn(page, origin, person.loginName);
  await page.getByRole('link', { name: '新建声明' }).first().click();
  await page.getByLabel('本企业制定的标准').check();
  await page.getByRole('button', { name: '开始填写' }).click();

  await openTask('标准信息');
  await field(page, '/standard/number').fill('Q/榕净 1');
  await field(page, '/standard/effectiveOn').fill('2026-05-01');
  await mend(['标准编号', '请填写标准名称']);
  expect(await field(page, '/standard/number').inputValue()).toBe('Q/榕净 1');
  await field(page, '/standard/number').fill(number);
  await field(page, '/standard/name').fill('家用空气净化器');
  await done.click();

  await openTask('产品与型号');
  await field(page, '/category').selectOption('C3464.air-purifier');
  await field(page, '/products/0/name').fill('空气净化器');
  await field(page, '/products/0/models').fill('KJ520G\nKJ520G');
  await mend(['型号 KJ520G']);
  await field(page, '/products/0/models').fill('KJ520G\nKJ520F');
  await done.click();

  await openTask('指标');
  await fillIndicator(page, 0, ['颗粒物洁净空气量', 'function', '≥', '520', 'm³/h', 'GB/T 18801-2022']);
  await fillIndicator(page, 1, ['颗粒物净化能效', 'performance', '≥', '十二', 'm³/(W·h)', 'GB/T 18801-2022']);
  await page.getByRole('button', { name: '增加一行指标' }).click();
  await fillIndicator(page, 2, ['噪声', 'performance', '≤', '58', '分贝哟', 'GB/T 4214.1-2017']);
  await mend(['第 2 行 指标值', '第 3 行 单位']);
  await field(page, '/indicators/1/value').fill('12.00');
  await field(page, '/indicators/2/unit').fill('dB(A)');
  await done.click();

  await openTask('标准文本');
  await page.getByLabel('不公开文本，只公开编号和指标').check();
  await done.click();
  expect(await page.locator('.tag-task-done').count()).toBe(4);

  await openTask('核对并提交');
  await page.getByRole('button', { name: '提交声明' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('同意并签署承诺书').check();
  await page.getByLabel('签署人姓名').fill('王示例');
  await page.getByLabel('签署人身份').selectOption('legal-representative');
  await field(page, '/statements/0/reason').fill('用于车间');
  await field(page, '/statements/0/person').fill('王示例');
  await page.getByRole('button', { name: '提交声明' }).click();
  await page.waitForURL(/\/desk\/receipt\//u);
}

async function fillIndicator(page: Page, at: number, values: readonly string[]): Promise<void> {
  const [name = '', kind = '', comparator = '', value = '', unit = '', testMethod = ''] = values;
  await field(page, `/indicators/${at}/name`).fill(name);
  await field(page, `/indicators/${at}/kind`).selectOption(kind);
  await field(page, `/indicators/${at}/comparator`).selectOption(comparator);
  await field(page, `/indicators/${at}/value`).fill(value);
  await field(page, `/indicators/${at}/unit`).fill(unit);
  await field(page, `/indicators/${at}/testMethod`).fill(testMethod);
}
