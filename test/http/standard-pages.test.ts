import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../support/app.ts';
import { contextAs, declare, joinOrganisation, openTestRegister, type TestRegister } from '../support/builders.ts';
import { importPart, TEST_LIMIT, TEST_STANDARD } from '../support/catalogue.ts';

const STANDARDS = [
  TEST_STANDARD,
  {
    number: 'GB 38448-2019',
    nameZh: '智能坐便器',
    mandatory: true,
    withdrawnOn: '2090-04-01',
    replacedBy: [{ number: 'GB 38448-2025' }],
  },
  {
    number: 'GB 38448-2025',
    nameZh: '智能坐便器',
    nameEn: 'Smart toilets',
    mandatory: true,
    effectiveOn: '2090-04-01',
  },
  {
    number: 'GB/T 1-2000',
    nameZh: '旧标准',
    mandatory: false,
    withdrawnOn: '2010-01-01',
    replacedBy: [{ number: 'GB/T 2-2000', partial: true }],
  },
];

describe('the pages of the catalogue', () => {
  let register: TestRegister;
  let app: TestApp;
  beforeAll(async () => {
    register = await openTestRegister();
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    const enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '企业', region: '3301' });
    await importPart(contextAs(register, coordinator.admin), 'standards', STANDARDS);
    await importPart(contextAs(register, coordinator.admin), 'limits', [TEST_LIMIT]);
    const standard = { number: TEST_STANDARD.number, name: TEST_STANDARD.nameZh, effectiveOn: '2005-08-01' };
    await declare(register, enterprise, { number: TEST_STANDARD.number, standard });
    app = await openTestApp(register.database);
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });
  const page = async (path: string) => {
    const { pathname, search } = new URL(path, 'http://register.example');
    const answer = await app.http.inject({ method: 'GET', url: pathname + search });
    return {
      status: answer.statusCode,
      text: answer.payload.replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' '),
      html: answer.payload,
    };
  };

  it('finds standards by number and title, and by level', async () => {
    expect((await page('/standards?q=38448')).text).toContain('GB 38448-2019');
    expect((await page('/standards?q=智能&level=national')).text).toContain('GB 38448-2025');
    expect((await page('/standards?level=sector')).text).toContain('目录中没有符合的标准');
    expect((await page('/en/standards?q=smart')).text).toContain('Smart toilets');
    expect((await page('/standards?level=')).html).toContain('href="/standards/GB%2FT%201-2000"');
  });

  it.each([
    [TEST_STANDARD.number, ['本标准现行有效', '自 2005-08-01 起实施', '≤ 90 dB(A)', '有 1 项现行声明执行本标准']],
    ['GB 38448-2019', ['现行有效', '将于 2090-04-01 废止', '被下列标准代替', 'GB 38448-2025', '即将实施']],
    ['GB 38448-2025', ['尚未实施', '自 2090-04-01 起实施', '代替下列标准', 'GB 38448-2019']],
    ['GB/T 1-2000', ['已废止', '自 2010-01-01 起废止', '部分代替', '目录中未载']],
  ] as const)(
    'say of %s its status, what stands before and after it, what it sets, who executes it',
    async (number, said) => {
      const { status, text } = await page(`/standards/${encodeURIComponent(number)}`);
      expect(status).toBe(200);
      for (const one of said) expect(text).toContain(one);
    },
  );

  it('answer a number that the catalogue lacks, or that is none, with a page', async () => {
    expect((await page('/standards/GB 1-1999')).status).toBe(404);
    expect((await page('/standards/none')).status).toBe(422);
  });
});
