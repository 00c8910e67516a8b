import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { readVersion } from '../../src/services/declarations/read-declaration.ts';
import { fieldsOf, formOf } from '../../src/views/declarations/form-fields.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { airPurifier, contextAs, PASSWORD, sequence, type TestOrganisation } from '../support/builders.ts';
import { buildRegister, type FilledRegister, gradingScheme } from '../support/filled-register.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';

let register: FilledRegister;
let app: TestApp;
let enterprise: TestOrganisation;

beforeAll(async () => {
  register = await buildRegister({ declarations: 14 });
  app = await openTestApp(register.database);
  [enterprise] = register.enterprises as [TestOrganisation];
});
afterAll(async () => {
  await app?.http.close();
  await register?.close();
});

const paths = (): Readonly<Record<string, string>> => ({
  '/': '最新排行榜',
  '/search?q=空气': '家用空气净化器',
  '/search?category=C3464.air-purifier': '家用空气净化器',
  [`/s/${register.declarations[0]?.id}`]: '公开凭证',
  [`/e/${enterprise.creditCode}`]: '浙江省',
  '/boards': '空气净化器',
  [`/boards/${register.graded.list}/1`]: '未签名',
  [`/boards/${register.tiered.list}/1`]: '不作总排名',
  [`/schemes/${register.graded.list}/1`]: '最弱核心指标',
  '/draws': register.draw,
  [`/draws/${register.draw}`]: '符合但存在瑕疵',
  [`/draws/${register.plannedDraw}`]: '尚未产生',
  [`/runs/${register.graded.run}`]: '已完成',
  '/login': '密码',
  '/data': '/api/v1/log',
  '/help/problems': 'id="stale"',
  '/accessibility': '没有用读屏软件',
});

describe('every public page', () => {
  test('is there in Chinese, says what it is for, and lets no foreign script in', async () => {
    for (const [path, said] of Object.entries(paths())) {
      const answer = await app.browser()('GET', path);
      expect([path, answer.statusCode]).toEqual([path, 200]);
      expect(answer.body).toContain(said);
      expect(answer.body).toContain('<html lang="zh-CN">');
      expect(answer.body).toContain('演示数据，非真实登记');
      expect(answer.headers['content-security-policy']).toContain(
        "default-src 'none';script-src 'self';style-src 'self'",
      );
      expect(answer.body).not.toMatch(/ style="| on[a-z]+="|<style|<script>/u);
    }
  });

  test('is there in English under /en, and each leads to the other', async () => {
    for (const path of Object.keys(paths())) {
      const english = path === '/' ? '/en/' : `/en${path}`;
      const answer = await app.browser()('GET', english);
      expect([english, answer.statusCode]).toEqual([english, 200]);
      expect(answer.body).toContain('<html lang="en">');
      expect(answer.body).toContain(`<a href="${encodeURI(path).replaceAll('&', '&amp;')}" lang="zh-CN">中文</a>`);
    }
    expect((await app.browser()('GET', '/en')).statusCode).toBe(200);
  });

  test('asks for nothing more than page, style and program', async () => {
    const { body } = await app.browser()('GET', '/');
    const assets = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/gu)].map(([, address]) => address ?? '');
    expect(assets).toHaveLength(2);
    for (const address of assets) {
      const answer = await app.browser()('GET', address, undefined, { 'accept-encoding': 'gzip, br' });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-encoding': 'br',
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
    expect((await app.browser()('GET', '/assets/../package.json')).statusCode).toBe(404);
  });
});

describe('what went wrong', () => {
  test('has its page: what, the trace id, and a search where something was not found', async () => {
    const answer = await app.browser()('GET', '/en/nothing-here');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toMatch(/Trace id<\/dt><dd><span class="code">[^<]+</u);
    expect(answer.body).toContain('role="search"');
    expect((await app.browser()('GET', '/s/NO.SUCH')).body).toContain('没有这个声明');
    expect((await app.browser()('GET', '/boards/NONE/1')).statusCode).toBe(404);
    expect((await app.browser()('GET', `/boards/${register.graded.list}/x`)).statusCode).toBe(400);
  });

  test('never leads to another host, whatever the address was', async () => {
    for (const path of ['//evil.example/x', '/en//evil.example/x', '/en/\\\\evil.example', '/en//']) {
      const answer = await app.http.inject({ url: path });
      expect([path, answer.statusCode]).toEqual([path, 404]);
      expect(answer.body).not.toMatch(/(?:href|action)="(?:\/\/|\/\\|https?:)/u);
    }
  });

  test('tells a person without the role who may, and sends a stranger to the log-in and back', async () => {
    const browser = await loggedIn(register.body);
    const forbidden = await browser('GET', '/desk/decl/new');
    expect(forbidden.statusCode).toBe(403);
    expect(forbidden.body).toContain('企业的管理员、发布人、填报人');
    const stranger = await app.browser()('GET', '/desk/decl/new');
    expect(stranger.headers.location).toBe('/login?next=%2Fdesk%2Fdecl%2Fnew');
    const posted = await app.browser()('POST', '/desk/decl/new', { action: 'check' });
    expect(posted.statusCode).toBe(401);
    expect(posted.body).toContain('您填写的内容还在上一页');
  });
});

describe('a board', () => {
  test('is rendered once, compressed, and not sent again to who has it', async () => {
    const address = `/boards/${register.graded.list}/1`;
    const first = await app.browser()('GET', address, undefined, { 'accept-encoding': 'br' });
    expect(first.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(first.rawPayload).toString()).toContain('</html>');
    const again = await app.browser()('GET', address, undefined, {
      'accept-encoding': 'br',
      'if-none-match': String(first.headers.etag),
    });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    const plain = await app.browser()('GET', address);
    expect(plain.headers.etag).not.toBe(first.headers.etag);
    expect(plain.body).toContain('</html>');
  });

  test('of a list alone leads to its newest edition', async () => {
    const answer = await app.browser()('GET', `/en/boards/${register.graded.list}`);
    expect(answer.headers.location).toBe(`/en/boards/${register.graded.list}/1`);
  });

  test('finds rows by words and gives all of them, also those left out, to a spreadsheet', async () => {
    const found = await app.browser()('GET', `/boards/${register.graded.list}/1?q=启境`);
    expect(found.body).toContain('符合条件的有');
    expect(found.body.split('<section aria-labelledby="left-out"')[0]).not.toContain('浙江海洲');
    const csv = await app.browser()('GET', `/boards/${register.graded.list}/1?format=csv`);
    const lines = csv.body.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF"名次","等级"/u);
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toMatch(/"核心指标/u);
  });
});

describe('logging in', () => {
  test('with wrong words says the same for a wrong name and a wrong password', async () => {
    const wrong = async (loginName: string) => {
      const answer = await app.browser()('POST', '/login', { loginName, password: 'not the password' });
      return [answer.statusCode, /<p id="password-error"[^>]*>([^<]+)</u.exec(answer.body)?.[1]];
    };
    expect(await wrong('nobody.at.all')).toEqual([401, '用户名或密码不对']);
    expect(await wrong(enterprise.loginName)).toEqual([401, '用户名或密码不对']);
  });

  test('leads back to own addresses only, and out again', async () => {
    const address = async (next: string) => {
      const answer = await app.browser()('POST', '/login', {
        loginName: enterprise.loginName,
        password: PASSWORD,
        next,
      });
      return answer.headers.location;
    };
    expect(await address('/en/desk/decl/new')).toBe('/en/desk/decl/new');
    for (const foreign of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
    ]) {
      expect(await address(foreign)).toBe('/desk');
    }
    const browser = await loggedIn(enterprise);
    expect((await browser('GET', '/desk')).body).toContain('我的声明');
    expect((await browser('POST', '/logout', {})).headers.location).toBe('/');
    expect((await browser('GET', '/desk')).headers.location).toContain('/login');
  });

  test('does not let another site act for whoever is logged in', async () => {
    const browser = await loggedIn(enterprise);
    const foreign = await browser('POST', '/desk/decl/new', { action: 'save' }, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.statusCode).toBe(403);
  });
});

describe('the form of a declaration, without any program', () => {
  test('says each thing that is wrong twice in the same words, keeps what was typed, stores nothing', async () => {
    const browser = await loggedIn(enterprise);
    const fields = { ...filled('Q/榕净 1'), '/standard/name': '', action: 'publish' };
    const answer = await browser('POST', '/desk/decl/new', fields);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>错误：');
    expect(answer.body).toContain('有 3 处需要修改');
    expect(answer.body.match(/请填写标准名称/gu)).toHaveLength(2);
    expect(answer.body).toContain('href="#/standard/number"');
    expect(answer.body).toContain('value="Q/榕净 1"');
    expect(answer.body.match(/请勾选责任声明/gu)).toHaveLength(2);
    expect((await browser('GET', '/search?q=榕净')).body).toContain('没有符合');
  });

  test('adds and removes rows with plain buttons', async () => {
    const browser = await loggedIn(enterprise);
    const count = (body: string) =>
      body.replaceAll(/<template.*?<\/template>/gsu, '').match(/name="\/indicators\/\d+\/name"/gu)?.length;
    const before = filled('Q/ABCD 002-2026');
    const added = await browser('POST', '/desk/decl/new', { ...before, action: 'add-indicators' });
    expect(count(added.body)).toBe(4);
    const removed = await browser('POST', '/desk/decl/new', { ...before, action: 'remove-indicators-0' });
    expect(count(removed.body)).toBe(2);
    expect(removed.body).not.toContain('value="颗粒物洁净空气量"');
  });

  test('checks without storing, then publishes, once however often it is sent', async () => {
    const browser = await loggedIn(enterprise);
    const form = await browser('GET', '/desk/decl/new');
    const key = /name="key" value="([^"]+)"/u.exec(form.body)?.[1] ?? '';
    const fields = { ...filled('Q/HZHJ 900-2026'), responsible: 'yes', key };
    const checked = await browser('POST', '/desk/decl/new', { ...fields, action: 'check' });
    expect([checked.statusCode, checked.body.includes('校验通过')]).toEqual([200, true]);
    const [first, second] = await Promise.all([
      browser('POST', '/desk/decl/new', { ...fields, action: 'publish' }),
      browser('POST', '/desk/decl/new', { ...fields, action: 'publish' }),
    ]);
    const third = await browser('POST', '/desk/decl/new', { ...fields, action: 'publish' });
    const receipts = [first, second, third]
      .filter(({ statusCode }) => statusCode === 303)
      .map(({ headers }) => headers.location);
    expect(new Set(receipts).size).toBe(1);
    expect(third.statusCode).toBe(303);
    const receipt = await browser('GET', String(third.headers.location));
    expect(receipt.body).toContain('公开回执');
    const id = String(third.headers.location).split('/').at(-1) ?? '';
    const { document, documentSha256 } = await readVersion(register.database, id, 1);
    expect(sha256Hex(document)).toBe(documentSha256);
    expect(receipt.body).toContain(documentSha256);
    expect(receipt.body).toContain(`https://register.example/s/${id}`);
    const other = await loggedIn(register.enterprises[1] as TestOrganisation);
    expect((await other('GET', String(third.headers.location))).headers.location).toBe(`/s/${id}`);
  });

  test('refuses a number that is declared already, at its field', async () => {
    const browser = await loggedIn(enterprise);
    const number = register.declarations[0]?.number ?? '';
    const answer = await browser('POST', '/desk/decl/new', {
      ...filled(number),
      responsible: 'yes',
      action: 'publish',
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatch(/<p id="\/standard\/number-error"[^>]*>标准编号：请对已有声明/u);
  });

  test('saves a half-written draft, shows both versions where two people changed it, and forgets it once published', async () => {
    const browser = await loggedIn(enterprise);
    const created = await browser('POST', '/desk/decl/new', { '/standard/number': 'Q/HZHJ 901-2026', action: 'save' });
    const address = String(created.headers.location).split('?')[0] ?? '';
    const opened = await browser('GET', `${address}?saved`);
    expect(opened.body).toContain('第 1 版草稿');
    expect(opened.body).toContain('value="Q/HZHJ 901-2026"');
    const saved = await browser('POST', address, { ...filled('Q/HZHJ 901-2026'), revision: '1', action: 'save' });
    expect(saved.statusCode).toBe(303);
    const stale = await browser('POST', address, { ...filled('Q/HZHJ 902-2026'), revision: '1', action: 'save' });
    expect(stale.statusCode).toBe(412);
    expect(stale.body).toMatch(/<td class="typed">Q\/HZHJ 902-2026<\/td><td class="typed">Q\/HZHJ 901-2026<\/td>/u);
    const kept = await browser('POST', address, { ...filled('Q/HZHJ 902-2026'), revision: '2', action: 'save' });
    expect(kept.statusCode).toBe(303);
    const published = await browser('POST', address, {
      ...filled('Q/HZHJ 902-2026'),
      revision: '3',
      responsible: 'yes',
      action: 'publish',
    });
    expect(published.headers.location).toMatch(/^\/desk\/receipt\//u);
    expect((await browser('GET', address)).statusCode).toBe(404);
  });
});

describe('small things', () => {
  test('large text is a switch that stays, and leads back', async () => {
    const browser = app.browser();
    expect((await browser('GET', '/boards')).body).not.toContain('class="big"');
    const switched = await browser('POST', '/preferences', { text: 'big', back: '/boards' });
    expect([switched.statusCode, switched.headers.location]).toEqual([303, '/boards']);
    expect((await browser('GET', '/boards')).body).toContain('<html lang="zh-CN" class="big">');
    expect((await browser('GET', `/boards/${register.graded.list}/1`)).body).toContain('class="big"');
    await browser('POST', '/preferences', { text: 'normal', back: '//evil.example' });
    expect((await browser('GET', '/boards')).body).not.toContain('class="big"');
  });

  test('a run that moves is read again every five seconds', async () => {
    const run = await requestRun(contextAs(register, register.body.admin), {
      scheme: gradingScheme().code,
      version: 1,
    });
    await sequence(register);
    const { body } = await app.browser()('GET', `/runs/${run.id}`);
    expect(body).toContain('<meta http-equiv="refresh" content="5"/>');
    expect(body).toContain('<progress');
  });
});

async function loggedIn({ loginName }: TestOrganisation): Promise<TestBrowser> {
  const browser = app.browser();
  const answer = await browser('POST', '/login', { loginName, password: PASSWORD });
  expect(answer.statusCode).toBe(303);
  return browser;
}

function filled(number: string): Readonly<Record<string, string>> {
  return Object.fromEntries(fieldsOf(formOf(airPurifier({ number }))));
}
