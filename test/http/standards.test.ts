import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { type CanonicalValue, canonicalJson } from '../../src/domain/canonical.ts';
import { RulePack } from '../../src/domain/declarations/rule-pack.ts';
import type { Http } from '../../src/http/fastify.ts';
import { type ApiAnswer, type Credential, cookieOf, openApi, sendTo } from '../support/api.ts';
import { joinOrganisation, openTestRegister, sequence, type TestRegister } from '../support/builders.ts';

const TABLE = `编号,名称,属性,实施日期,状态,被代替
GB 34914-2016,净水机水效限定值及水效等级,强制性,2018-02-01,现行,GB 34914-2021
GB 34914-2021,净水机水效限定值及水效等级,强制性,2022-07-01,现行,
`;

describe('the API of the catalogue', () => {
  let register: TestRegister;
  let http: Http;
  let coordinator: Credential;
  beforeAll(async () => {
    register = await openTestRegister();
    const body = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
    http = await openApi(register.database);
    coordinator = await cookieOf(register.database, body.loginName);
  });
  afterAll(async () => {
    await http?.close();
    await register?.close();
  });

  const send = (raw: string, headers: Record<string, string> = {}, query = 'kind=standards&extent=whole&source=test') =>
    sendTo(http, {
      method: 'POST',
      path: `/catalogue-snapshots?${query}`,
      as: coordinator,
      raw,
      headers: { 'content-type': 'text/csv; charset=utf-8', ...headers },
    });
  const get = (path: string, headers: Record<string, string> = {}) => sendTo(http, { method: 'GET', path, headers });
  const fault = (answer: ApiAnswer) => [
    answer.statusCode,
    answer.json<{ errors: { at: string; code: string }[] }>().errors[0],
  ];

  it('takes the file as the body, and answers a repeat with the same snapshot', async () => {
    const key = { 'idempotency-key': 'catalogue-1' };
    const answer = await send(TABLE, key);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe('/api/v1/catalogue-snapshots/1');
    expect(answer.json()).toMatchObject({ snapshot: 1, added: 2, file: sha256Hex(TABLE) });
    const again = await send(TABLE, key);
    expect([again.statusCode, again.json(), again.headers['idempotency-replayed']]).toEqual([
      201,
      answer.json(),
      'true',
    ]);
    expect(fault(await send(`${TABLE} `, key))).toMatchObject([422, { code: 'key-reused' }]);
  });

  it('gives the report byte for byte, as the log holds its hash', async () => {
    await sequence(register);
    const report = await get('/catalogue-snapshots/1');
    const { snapshots } = (await get('/catalogue-snapshots')).json<{ snapshots: { report: string; file: string }[] }>();
    expect(sha256Hex(report.rawPayload)).toBe(snapshots[0]?.report);
    const { entries } = (await get('/log/entries?limit=1000')).json<{ entries: { leaf: string }[] }>();
    const leaf = entries
      .map((entry) => JSON.parse(entry.leaf) as { t: string })
      .find(({ t }) => t === 'catalogue.snapshot');
    expect(leaf).toMatchObject({ id: 'standards', rev: 1, doc: snapshots[0]?.report, file: snapshots[0]?.file });
    const etag = String(report.headers['etag']);
    expect((await get('/catalogue-snapshots/1', { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await get('/catalogue-snapshots/9')).statusCode).toBe(404);
  });

  it('finds standards by number and name, page by page, and one by its number in any form', async () => {
    const first = (await get('/standards?q=34914&limit=1')).json<{
      standards: { standard: { number: string } }[];
      next: string;
    }>();
    expect(first.standards[0]?.standard.number).toBe('GB 34914-2016');
    const second = (await get(`/standards?q=34914&limit=1&page=${first.next}`)).json<typeof first>();
    expect(second.standards[0]?.standard.number).toBe('GB 34914-2021');
    for (const typed of ['GB 34914-2016', 'gb34914—2016', 'ＧＢ34914-2016']) {
      const one = await get(`/standards/${encodeURIComponent(typed)}`);
      expect(one.json()).toMatchObject({
        status: 'current',
        since: 1,
        successors: [{ number: 'GB 34914-2021', partial: false, status: 'current' }],
        declarations: 0,
      });
    }
    expect((await get(`/standards/${encodeURIComponent('GB/T 1-1990')}`)).statusCode).toBe(404);
    expect((await get('/standards/%20')).statusCode).toBe(422);
    expect((await get('/standards?page=x')).statusCode).toBe(400);
  });

  it('says what is wrong with a file, its type, its length and its query', async () => {
    expect(fault(await send(`${TABLE}GB 1,甲,强,,,\n`))).toMatchObject([
      422,
      { at: 'file:4/属性', code: 'catalogue.row' },
    ]);
    expect(fault(await send(TABLE, { 'content-type': 'application/xml' }))).toMatchObject([
      415,
      {
        at: '#header/Content-Type',
        found: 'application/xml',
        expected: { en: 'application/json, application/x-ndjson, text/csv' },
      },
    ]);
    expect(fault(await send(TABLE, { 'content-length': '' }, 'kind=standards&extent=half&source=x'))).toMatchObject([
      400,
      { at: '#query/extent' },
    ]);
    expect((await send('x'.repeat(64 * 2 ** 20 + 1))).statusCode).toBe(413);
    expect((await get('/standards')).json<{ standards: unknown[] }>().standards).toHaveLength(2);
  });

  it('takes JSON arrays and JSON lines, of limits too', async () => {
    const limit = {
      code: 'GB-34914-yield',
      category: 'C3859',
      force: 'mandatory',
      indicator: '净水产水率',
      direction: 'higher',
      value: '45',
      unit: '%',
      standard: 'GB 34914-2021',
      validFrom: '2022-07-01',
    };
    const query = 'kind=limits&extent=part&source=test';
    expect((await send(JSON.stringify([limit]), { 'content-type': 'application/json' }, query)).json()).toMatchObject({
      added: 1,
    });
    const line = `${JSON.stringify({ ...limit, value: '46' })}\n`;
    expect((await send(line, { 'content-type': 'application/x-ndjson' }, query)).json()).toMatchObject({ changed: 1 });
    expect(fault(await send('a,b\n', {}, query))).toMatchObject([422, { code: 'catalogue.format' }]);
  });

  it('gives the rules of the day as one document, by its hash', async () => {
    const pack = await get('/rule-pack?category=C3859');
    expect(pack.headers['etag']).toBe(`"${sha256Hex(pack.rawPayload)}"`);
    expect(canonicalJson(pack.json<CanonicalValue>())).toBe(pack.payload);
    expect(RulePack.parse(pack.json())).toMatchObject({
      category: 'C3859',
      snapshots: { standards: 1, limits: 3 },
      limits: [{ code: 'GB-34914-yield', value: '46' }],
      standards: [{ number: 'GB 34914-2016' }, { number: 'GB 34914-2021' }],
    });
    expect((await get('/rule-pack?category=C3859', { 'if-none-match': String(pack.headers['etag']) })).statusCode).toBe(
      304,
    );
    expect((await get('/rule-pack?category=C3951')).json()).toMatchObject({ limits: [] });
    expect((await get('/rule-pack?category=x')).statusCode).toBe(400);
  });
});
