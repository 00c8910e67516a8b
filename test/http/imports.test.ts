import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../../src/http/fastify.ts';
import { type Credential, cookieOf, openApi, sendTo } from '../support/api.ts';
import { joinOrganisation, openTestRegister, type TestOrganisation, type TestRegister } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { sheetCsv, sheetRow } from '../support/sheets.ts';
import { deliver } from '../workers/suite.ts';

describe('the API of imports', () => {
  let register: TestRegister;
  let http: Http;
  let enterprise: TestOrganisation;
  let as: Credential;
  let address: string;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
    http = await openApi(register.database);
    address = await http.listen({ port: 0, host: '127.0.0.1' });
    as = await cookieOf(register.database, enterprise.loginName);
  });
  afterAll(async () => {
    await http?.close();
    await register?.close();
  });
  const send = (raw: string, headers: Record<string, string> = {}, query = '') =>
    sendTo(http, {
      method: 'POST',
      path: `/imports${query}`,
      as,
      raw,
      headers: { 'content-type': 'text/csv', ...headers },
    });
  const get = (path: string) => sendTo(http, { method: 'GET', path, as });
  const work = (key: string, name: string, data: object) => {
    const organisation = enterprise.admin.kind === 'member' ? enterprise.admin.organisation.id : '';
    return deliver(register, key, name, { organisation, ...data });
  };

  it('takes a file, says what is wrong with it cell by cell, and declares the good rows on a decision', async () => {
    const rows = [sheetRow('Q/API 1-2026'), sheetRow('Q/API 2-2026', { '噪声 单位': '哟' })];
    const sent = await send(sheetCsv(rows), { 'idempotency-key': 'import-key-1' }, '?name=a.csv');
    expect([sent.statusCode, sent.json()]).toMatchObject([202, { state: 'checking', fileName: 'a.csv', lines: 3 }]);
    const again = await send(sheetCsv(rows), { 'idempotency-key': 'import-key-1' }, '?name=a.csv');
    expect([again.statusCode, again.json<{ id: string }>().id]).toEqual([202, sent.json<{ id: string }>().id]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { id } = sent.json<{ id: string }>();
    await work(`check-import.${id}`, 'check-import', { import: id });
    expect((await get(`/imports/${id}`)).json()).toMatchObject({
      state: 'checked',
      good: 1,
      bad: 1,
      waiting: { asIs: 1, waived: 1 },
      groups: [{ code: 'unit.unknown', header: '噪声 单位', count: 1, example: { at: 'V3', found: '哟', row: 3 } }],
    });
    expect((await get(`/imports/${id}/faults?limit=1`)).json()).toMatchObject({ faults: [{ at: 'V3' }] });
    const report = await get(`/imports/${id}/report.csv`);
    expect([report.headers['content-type'], report.payload.split('\r\n').length]).toEqual([
      'text/csv; charset=utf-8',
      3,
    ]);
    expect((await get(`/imports/${id}/workbook`)).statusCode).toBe(409);
    const decide = (body: object) => sendTo(http, { method: 'POST', path: `/imports/${id}/decision`, as, body });
    expect((await decide({ rows: 2 })).statusCode).toBe(409);
    expect((await decide({ rows: 1 })).json()).toEqual({ id, state: 'importing', rows: 1 });
    await work(`import-rows.${id}.1`, 'import-rows', { import: id, decision: 1 });
    expect((await get('/imports')).json()).toMatchObject({ imports: [{ id, state: 'imported', imported: 1 }] });
    const same = await send(sheetCsv(rows), {}, '?name=b.csv');
    expect([same.statusCode, same.json<{ id: string }>().id]).toEqual([200, id]);
  });

  it('gives templates of any category, and none of what is no category', async () => {
    const csv = await get('/import-templates/C3464.air-purifier.csv');
    expect(csv.payload).toContain('"标准编号"');
    const xlsx = await get('/import-templates/C3464.air-purifier.xlsx');
    expect(xlsx.rawPayload.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'));
    expect((await get('/import-templates/C9999.nothing.xlsx')).statusCode).toBe(404);
  });

  it.each([
    ['a body of JSON', 'application/json', 415, 'media-type'],
    ['a workbook of another kind', 'application/vnd.ms-excel', 415, 'media-type'],
    [
      'a workbook by its type alone',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      422,
      'file.magic',
    ],
  ])('refuses %s', async (_, type, status, code) => {
    const answer = await send('{}', { 'content-type': type });
    expect([answer.statusCode, answer.json<{ errors: { code: string }[] }>().errors[0]?.code]).toEqual([status, code]);
  });

  it('cuts a stream without end at the limit of its kind, keeps nothing of it, and serves others meanwhile', async () => {
    const { port } = new URL(address);
    const cookie = as && 'cookie' in as ? as.cookie : '';
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const head = [
      'POST /api/v1/imports HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      `Cookie: ${cookie}`,
      'Sec-Fetch-Site: same-origin',
      'Idempotency-Key: endless-stream-1',
      'Transfer-Encoding: chunked',
      '\r\n',
    ].join('\r\n');
    let sent = 0;
    let open = true;
    const closed = new Promise((resolve) => socket.once('close', resolve)).then(() => (open = false));
    socket.on('error', () => undefined);
    socket.write(head);
    const piece = Buffer.concat([
      Buffer.from('10000\r\n'),
      Buffer.from('PK\u0003\u0004'),
      Buffer.alloc(65_532, 1),
      Buffer.from('\r\n'),
    ]);
    while (open && sent < 64 * 1024 * 1024) {
      sent += 65_536;
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
      if (sent % (1024 * 1024) === 0) expect((await get('/imports')).statusCode).toBe(200);
    }
    await closed;
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    if (answer !== '') expect(answer).toContain('file.too-large');
    const left = await withTestClient(register.ownerUrl, (owner) =>
      owner.query(`select count(*)::int as n from imports where state = 'receiving'`),
    );
    expect(left.rows).toEqual([{ n: 0 }]);
  }, 60_000);

  it('lets no more than three files of one enterprise in at once', async () => {
    const { port } = new URL(address);
    const cookie = as && 'cookie' in as ? as.cookie : '';
    const open = Array.from({ length: 4 }, (_, i) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nCookie: ${cookie}\r\nSec-Fetch-Site: same-origin\r\nIdempotency-Key: many-at-once-${i}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n`,
      );
      return socket;
    });
    const answer = await Promise.race(open.map(async (socket) => String((await once(socket, 'data'))[0])));
    expect(answer).toContain('HTTP/1.1 429');
    for (const socket of open) socket.destroy();
  });
});
