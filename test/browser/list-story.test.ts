import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run as verifyList } from '../../src/cli/verify-list.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { openQueue } from '../../workers/queue.ts';
import { startWorkers } from '../../workers/start.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { stateInterests } from '../support/bodies.ts';
import {
  accredit,
  addPerson,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { describeWithBrowser } from '../support/browser.ts';
import { declareMany, gradingScheme } from '../support/filled-register.ts';
import { checkHere, logIn, openContext, watchPolicy } from '../support/looked-at.ts';

const CODE = 'M-STORY';
const OBJECTION_PERIOD = 24 * 24 * 3600;
const MAKERS = [
  ['浙江海洲环境科技有限公司', '3301'],
  ['广东启境环境科技有限公司', '4401'],
  ['江苏岚风环境科技有限公司', '3201'],
  ['河北启谷环境科技有限公司', '1301'],
] as const;

await describeWithBrowser('the story of a list, by its body, its enterprises and the public', (browser) => {
  let register: TestRegister;
  let app: TestApp;
  let workers: { readonly stop: () => Promise<void> };
  let origin: string;
  let body: TestOrganisation;
  let enterprises: TestOrganisation[];
  const people: Record<'second' | 'reviewer' | 'decider', string> = { second: '', reviewer: '', decider: '' };

  beforeAll(async () => {
    register = await openTestRegister();
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
    const regulator = await joinOrganisation(register, { kind: 'regulator', name: '示例市场监督管理局' });
    body = await joinOrganisation(register, { kind: 'assessment-body', name: '示例标准化研究院' });
    await accredit(register, body, { coordinator, regulator });
    enterprises = [];
    for (const [name, region] of MAKERS)
      enterprises.push(await joinOrganisation(register, { kind: 'enterprise', name, region }));
    for (const role of ['second', 'reviewer', 'decider'] as const)
      people[role] = (await addPerson(register, body, 'publisher')).loginName;
    await stateInterests(register, body, [], [body.loginName, ...Object.values(people)]);
    await declareMany(register, enterprises, 24);
    app = await openTestApp(register.database);
    const onError = () => {};
    const queue = openQueue({ redisUrl: null, databaseUrl: register.ownerUrl, onError });
    workers = startWorkers(register.database, queue, pino({ level: 'silent' }), onError);
    origin = await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await workers?.stop();
    await app?.http.close();
    await register?.close();
  });

  test('scheme drafted → in force → run → two-person release → objection upheld → corrected edition', async () => {
    const seen = await openSeen(browser, origin);
    const as = (loginName: string) => seen.as(loginName);
    const found: string[] = [];
    const look = async (page: Page, name: string) => found.push(...(await checkHere(page, `story-${name}`)));

    // The body drafts a scheme from a file, changes a threshold in the editor, and sees what it would do.
    const admin = await as(body.loginName);
    await admin.goto(`${origin}/desk/schemes`);
    const file = { ...gradingScheme(CODE), objectionDays: 7 };
    await admin.setInputFiles('input[name="file"]', {
      name: 'scheme.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(file)),
    });
    await admin.locator('form:has(input[name="file"]) button').click();
    await admin.waitForURL(/\/desk\/schemes\/drafts\//u);
    await admin.fill('[name="/indicators/0/levels/0/advanced"]', '520');
    await admin.locator('button[value="save"]').first().click();
    await admin.waitForLoadState('networkidle');
    expect(await admin.inputValue('[name="/indicators/0/levels/0/advanced"]')).toBe('520');
    expect(await admin.locator('main').innerText()).toMatch(/一级/u);
    await look(admin, 'editor');

    // It is proposed, and the public reads it in its objection period.
    await shiftRegister(register.database, -OBJECTION_PERIOD);
    await admin.locator('button[value="propose"]').click();
    await admin.waitForURL(/\/desk\/schemes(\?|$)/u);
    const reader = await seen.as(null);
    await reader.goto(`${origin}/schemes/${CODE}/1`);
    expect(await reader.locator('main').innerText()).toContain('公示');
    await look(reader, 'scheme');
    await shiftRegister(register.database, OBJECTION_PERIOD);

    // Another person of the body brings it into force; the first asks for a comparison, which the workers do.
    const second = await as(people.second);
    await second.goto(`${origin}/desk/schemes`);
    await second.locator('button[value="bring-into-force"]').click();
    await second.waitForSelector('[role="status"]');
    const first = await compare(admin, 'regular', '');
    await look(admin, 'result');
    await release(admin, second, first);
    await look(second, 'released');

    // The public sees the edition open to objections, and how a row came to be.
    await reader.goto(`${origin}/boards/${CODE}/1`);
    expect(await reader.locator('main').innerText()).toContain('公示中，异议截止');
    await look(reader, 'edition-1');
    await reader.locator('td.source a').first().click();
    await reader.waitForURL(/\/entry\//u);
    const declaration = new URL(reader.url()).pathname.split('/').at(-1) ?? '';
    expect(await reader.locator('main').innerText()).toContain('声明原文');
    await look(reader, 'provenance');

    // An enterprise objects to the row; the body accepts, the other side answers, two further persons review and decide.
    const listed = await reader.locator('dl.facts').innerText();
    const owner = enterprises.find(({ name }) => listed.includes(name)) ?? body;
    const rival = await as((enterprises.find(({ name }) => !listed.includes(name)) ?? body).loginName);
    await rival.goto(`${origin}/boards/${CODE}/1/entry/${declaration}`);
    await rival.locator('main a.button', { hasText: '异议' }).click();
    await rival.fill('[name="statement"]', '该型号的洁净空气量与检验报告不符。');
    await rival.locator('main form .primary').click();
    await rival.waitForSelector('main');
    const number = /YY-\d{4}-\d{6}/u.exec(await rival.locator('main').innerText())?.[0] ?? '';
    expect(number).not.toBe('');
    await act(admin, number, 'accept', {});
    await reader.goto(`${origin}/boards/${CODE}/1`);
    await expect
      .poll(async () => {
        await reader.reload();
        return reader.locator('main').innerText();
      })
      .toContain(number);
    await look(reader, 'disputed');
    await act(await as(owner.loginName), number, 'answer', { answer: '报告所用方法不同。' });
    await act(await as(people.reviewer), number, 'review', { recommendation: 'upheld', reasons: '核对了检验报告。' });
    const decider = await as(people.decider);
    await act(decider, number, 'decide', {
      decision: 'upheld',
      effect: 'exclude-row',
      reasons: '报告可信，本版本不参与。',
    });
    await look(decider, 'decided');

    // The corrected edition leaves the row out, struck through, and says why; the first says that it was corrected.
    const correction = await compare(admin, 'correction', `异议 ${number} 成立`);
    await release(admin, second, correction);
    await reader.goto(`${origin}/boards/${CODE}/2`);
    const corrected = await reader.locator('main').innerText();
    expect(corrected).toContain('本期更正第 1 期');
    expect(corrected).toContain('已退出的 1 行');
    expect(await reader.locator('section.gone s').count()).toBe(1);
    await reader.locator('#verify-list button').click();
    await reader.waitForSelector('#verify-list .checks');
    expect(await reader.locator('#verify-list strong').first().innerText()).toBe('与发布的榜单逐字节一致。');
    expect(await reader.locator('#verify-list li.passed').count()).toBe(7);
    await look(reader, 'edition-2');
    await reader.goto(`${origin}/boards/${CODE}/2/changes`);
    expect(await reader.locator('main').innerText()).toContain(number);
    await look(reader, 'changes');
    await expect
      .poll(async () => {
        await reader.goto(`${origin}/boards/${CODE}/1`);
        return reader.locator('main').innerText();
      })
      .toContain('已被第 2 期更正');
    await reader.goto(`${origin}/objections/${number}`);
    expect(await reader.locator('main').innerText()).toContain('成立');
    await look(reader, 'objection');

    // The enterprise reads what would bring it the next grade, and anyone recomputes both editions from their kits.
    const own = await as(owner.loginName);
    await own.goto(`${origin}/en/boards/${CODE}/2/entry/${declaration}`);
    expect(await own.locator('main').innerText()).toContain('left out by the decision on an objection');
    for (const edition of [1, 2]) {
      const kit = await reader.request.get(`${origin}/api/v1/ranking-lists/${CODE}/${edition}/kit`);
      const path = join(mkdtempSync(join(tmpdir(), 'lingpao-kit-')), 'kit.jsonl');
      writeFileSync(path, await kit.body());
      let out = '';
      const status = await verifyList([path], {
        stdout: (text) => void (out += text),
        stderr: (text) => void (out += text),
      });
      expect([status, out.includes('✗')], out).toEqual([0, false]);
    }
    found.push(...seen.found);
    await seen.close();
    expect(found).toEqual([]);
  }, 240_000);

  /** Asks for a comparison by form, waits until the workers have done it, and opens its result. */
  async function compare(page: Page, kind: string, reason: string): Promise<string> {
    await page.goto(`${origin}/desk/runs`);
    await page.selectOption('[name="kind"]', kind);
    await page.fill('[name="reason"]', reason);
    await page.locator('form[action="/desk/runs"] .primary').click();
    await page.waitForSelector('[role="status"]');
    const address = (await page.locator('table a').first().getAttribute('href')) ?? '';
    await expect
      .poll(
        async () => {
          await page.goto(origin + address);
          return page.locator('#checklist').count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    return address;
  }

  /** The first person rechecks the sample, the second releases. */
  async function release(first: Page, second: Page, address: string): Promise<void> {
    await first.goto(origin + address);
    for (const choice of await first.locator('input[value="agrees"]').all()) await choice.check();
    await first.check('[name="cutOffChecked"]');
    await first.check('[name="objectionsChecked"]');
    await first.locator('form[action$="/preparation"] .primary').click();
    await first.waitForSelector('[role="status"]');
    await second.goto(origin + address);
    await second.locator('form[action$="/publication"] .primary').click();
    await second.waitForSelector('[role="status"]');
  }

  /** One act on an objection at the desk. */
  async function act(
    page: Page,
    number: string,
    name: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    await page.goto(`${origin}/desk/objections/${number}`);
    const form = page.locator(`form:has(button[value="${name}"])`);
    for (const [field, value] of Object.entries(fields)) {
      const input = form.locator(`[name="${field}"]`);
      if ((await input.evaluate((element) => element.tagName)) === 'SELECT') await input.selectOption(value);
      else await input.fill(value);
    }
    await form.locator(`button[value="${name}"]`).click();
    await page.waitForSelector('[role="status"]');
  }
});

/** A browser window for each person, logged in once, whose policy is watched. */
async function openSeen(browser: Browser, origin: string) {
  const pages = new Map<string | null, Page>();
  const watched: string[][] = [];
  return {
    async as(loginName: string | null): Promise<Page> {
      const known = pages.get(loginName);
      if (known) return known;
      const context = await openContext(browser, { viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      watched.push(watchPolicy(page));
      if (loginName !== null) await logIn(page, origin, loginName);
      pages.set(loginName, page);
      return page;
    },
    get found(): readonly string[] {
      return watched.flat();
    },
    async close(): Promise<void> {
      for (const page of pages.values()) await page.context().close();
    },
  };
}
