import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { Http } from '../../src/http/fastify.ts';
import { confirmWithholding, requestWithholding } from '../../src/services/texts/withhold-text.ts';
import { type ApiAnswer, type Credential, cookieOf, openApi } from '../support/api.ts';
import {
  addPerson,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { pdf } from '../support/pdf.ts';

describe('the API of standard texts', () => {
  let register: TestRegister;
  let http: Http;
  let enterprise: TestOrganisation;
  let regulator: TestOrganisation;
  let session: Credential;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '甲企业', region: '3301' });
    regulator = await joinOrganisation(register, { kind: 'regulator', name: '国家监管部门' });
    http = await openApi(register.database);
    session = await cookieOf(register.database, enterprise.loginName);
  });
  afterAll(async () => {
    await http?.close();
    await register?.close();
  });

  const send = (payload: Buffer, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
    http.inject({
      method: 'POST',
      url: '/api/v1/standard-texts',
      payload,
      headers: {
        ...(session && 'cookie' in session ? { cookie: session.cookie } : {}),
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/pdf',
        'idempotency-key': crypto.randomUUID(),
        ...headers,
      },
    });
  const get = (path: string, headers: Record<string, string> = {}) =>
    http.inject({ method: 'GET', url: `/api/v1${path}`, headers });
  const codeOf = (answer: ApiAnswer) => [
    answer.statusCode,
    answer.json<{ errors: { code: string }[] }>().errors[0]?.code,
  ];

  it('takes a PDF as the body, and gives it back as it came, as a file to save', async () => {
    const bytes = pdf({ text: 'as it came', pages: 4 });
    const sha256 = sha256Hex(bytes);
    const made = await send(bytes);
    expect([made.statusCode, made.json()]).toEqual([
      201,
      { sha256, bytes: bytes.length, pages: 4, hasTextLayer: true },
    ]);
    expect((await get(`/standard-texts/${sha256}`)).statusCode).toBe(404);
    const text = { sha256, bytes: bytes.length, name: '标准.pdf' };
    await declare(register, enterprise, { number: 'Q/API 1-2026', text });
    const answer = await get(`/standard-texts/${sha256}`);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${sha256}.pdf"`,
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, no-cache',
      etag: `"${sha256}"`,
    });
    expect((await get(`/standard-texts/${sha256}`, { 'if-none-match': `"${sha256}"` })).statusCode).toBe(304);
    expect((await get('/standard-texts/x')).statusCode).toBe(400);
    expect((await get(`/standard-texts/${sha256}/notice`)).statusCode).toBe(404);
  });

  it('answers a text that is withheld with 451 and its notice', async () => {
    const bytes = pdf({ text: 'to be withheld' });
    const sha256 = sha256Hex(bytes);
    await send(bytes);
    await declare(register, enterprise, { number: 'Q/API 2-2026', text: { sha256, bytes: bytes.length, name: 'x' } });
    const order = { reason: '泄露商业秘密', article: '第三十五条' };
    const { id } = await requestWithholding(contextAs(register, regulator.admin), sha256, order);
    const second = await addPerson(register, regulator, 'publisher');
    const { notice } = await confirmWithholding(contextAs(register, second.actor), id);
    const answer = await get(`/standard-texts/${sha256}`, { 'if-none-match': `"${sha256}"` });
    expect(codeOf(answer)).toEqual([451, 'withheld']);
    expect(answer.payload).toContain('泄露商业秘密');
    const told = await get(`/standard-texts/${sha256}/notice`);
    expect([told.headers['etag'], sha256Hex(told.rawPayload)]).toEqual([`"${notice}"`, notice]);
  });

  it.each([
    ['no PDF', Buffer.from('<html>'), {}, 422, 'text.magic'],
    ['a PDF with a script', pdf({ catalog: '/OpenAction << /S /JavaScript >>' }), {}, 422, 'text.javascript'],
    ['another type', pdf(), { 'content-type': 'text/html' }, 415, 'media-type'],
    ['more than 20 MiB', Buffer.alloc(20 * 2 ** 20 + 1), {}, 413, 'too-large'],
    ['a length that says so', Buffer.from('x'), { 'content-length': '99999999' }, 413, 'too-large'],
  ] as const)('refuses %s', async (_, bytes, headers, status, code) => {
    expect(codeOf(await send(bytes, headers))).toEqual([status, code]);
  });
});
