import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { readVersion } from '../../src/services/declarations/read-declaration.ts';
import { fieldsOf, formOf } from '../../src/views/declarations/form-fields.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { airPurifier, PASSWORD, type TestOrganisation } from '../support/builders.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';

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
    const browser = await app.logIn(enterprise);
    expect((await browser('GET', '/desk')).body).toContain('我的声明');
    expect((await browser('POST', '/logout', {})).headers.location).toBe('/');
    expect((await browser('GET', '/desk')).headers.location).toContain('/login');
  });

  test('does not let another site act for whoever is logged in', async () => {
    const browser = await app.logIn(enterprise);
    const foreign = await browser('POST', '/desk/decl/new', { action: 'save' }, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.statusCode).toBe(403);
  });
});

describe('the form of a declaration, without any program', () => {
  test('says each thing that is wrong twice in the same words, keeps what was typed, stores nothing', async () => {
    const browser = await app.logIn(enterprise);
    const fields = { ...filled('Q/榕净 1'), '/standard/name': '', action: 'publish' };
    const answer = await browser('POST', '/desk/decl/new', fields);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>错误：');
    expect(answer.body).toContain('有 2 处需要修改');
    expect(answer.body.match(/请填写标准名称/gu)).toHaveLength(2);
    expect(answer.body).toContain('href="#/standard/number"');
    expect(answer.body).toContain('value="Q/榕净 1"');
    expect((await browser('GET', '/search?q=榕净')).body).toContain('没有符合');
  });

  test('adds and removes rows with plain buttons', async () => {
    const browser = await app.logIn(enterprise);
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
    const browser = await app.logIn(enterprise);
    const form = await browser('GET', '/desk/decl/new');
    const key = /name="key" value="([^"]+)"/u.exec(form.body)?.[1] ?? '';
    const fields = { ...filled('Q/HZHJ 900-2026'), key };
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
    const other = await app.logIn(register.enterprises[1] as TestOrganisation);
    expect((await other('GET', String(third.headers.location))).headers.location).toBe(`/s/${id}`);
  });

  test('refuses a number that is declared already, at its field', async () => {
    const browser = await app.logIn(enterprise);
    const number = register.declarations[0]?.number ?? '';
    const answer = await browser('POST', '/desk/decl/new', {
      ...filled(number),
      action: 'publish',
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toMatch(/<p id="\/standard\/number-error"[^>]*>标准编号：请对已有声明/u);
  });

  test('saves a half-written draft, shows both versions where two people changed it, and forgets it once published', async () => {
    const browser = await app.logIn(enterprise);
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
      action: 'publish',
    });
    expect(published.headers.location).toMatch(/^\/desk\/receipt\//u);
    expect((await browser('GET', address)).statusCode).toBe(404);
  });
});

function filled(number: string): Readonly<Record<string, string>> {
  return Object.fromEntries(fieldsOf(formOf(airPurifier({ number }))));
}
