import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, type TestOrganisation } from '../support/builders.ts';
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
