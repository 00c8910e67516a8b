import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { PASSWORD } from './builders.ts';

// Pages in a browser, looked at for broken rules of accessibility, broken policy, and text that runs out of them.

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** SCREENSHOTS=folder keeps a picture of every page that is checked, for people to look at. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

export async function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(15_000);
  return context;
}

/** Policy violations show as events of the document and as messages of the console; both are caught. */
export function watchPolicy(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    // A page that is not there is answered 404, which the console reports as an error of its own.
    if (message.type() === 'error' && !message.text().includes('404') && !message.text().includes('422'))
      found.push(message.text());
  });
  page.on('pageerror', (error) => found.push(error.message));
  return found;
}

export async function check(page: Page, origin: string, path: string, name: string): Promise<readonly string[]> {
  await page.goto(origin + path);
  return checkHere(page, `${name}-${path.replace(/[^\w\u4e00-\u9fff]+/gu, '_')}`);
}

/** Everything wrong with the page that is open: broken rules, and text that runs out of it sideways. */
export async function checkHere(page: Page, name: string): Promise<readonly string[]> {
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

export async function logIn(page: Page, origin: string, loginName: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.fill('[name="loginName"]', loginName);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main form .primary');
  await page.waitForURL(/\/desk$/u);
}
