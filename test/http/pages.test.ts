import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { contextAs, sequence, type TestOrganisation } from '../support/builders.ts';
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
  '/schemes': '评估方案',
  '/schemes/templates': '分级表范本',
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
    const browser = await app.logIn(register.body);
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
