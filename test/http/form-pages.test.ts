import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { createDraft, listDrafts } from '../../src/services/declarations/drafts.ts';
import { readVersion } from '../../src/services/declarations/read-declaration.ts';
import { fieldsOf, formOf, type Task } from '../../src/views/declarations/form-fields.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { addPerson, airPurifier, contextAs, declare, type TestOrganisation } from '../support/builders.ts';
import { importPart, TEST_STANDARD } from '../support/catalogue.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';
import { pdf } from '../support/pdf.ts';

let register: FilledRegister;
let app: TestApp;
let enterprise: TestOrganisation;
let browser: TestBrowser;

const RECOMMENDED = {
  code: 'GBT-18801-noise',
  category: 'C3464',
  force: 'recommended',
  indicator: '噪声',
  direction: 'lower',
  value: '55',
  unit: 'dB(A)',
  standard: 'GB/T 18801-2022',
  validFrom: '2023-05-01',
};

beforeAll(async () => {
  register = await buildRegister({ declarations: 14 });
  const coordinator = contextAs(register, register.coordinator.admin);
  await importPart(coordinator, 'standards', [
    TEST_STANDARD,
    {
      number: 'GB/T 18801-2022',
      nameZh: '空气净化器',
      mandatory: false,
      issuedOn: '2022-04-15',
      effectiveOn: '2023-05-01',
    },
  ]);
  await importPart(coordinator, 'limits', [RECOMMENDED]);
  app = await openTestApp(register.database);
  [enterprise] = register.enterprises as [TestOrganisation];
  browser = await app.logIn(enterprise);
});
afterAll(async () => {
  await app?.http.close();
  await register?.close();
});

/** A draft of this content, by its address. */
async function draftOf(content: unknown): Promise<string> {
  const { id } = await createDraft(contextAs(register, enterprise.admin), content);
  return `/desk/decl/${id}`;
}

/** What the page of a task posts when it holds this content. */
function posted(content: unknown, task: Task): Record<string, string> {
  return Object.fromEntries(fieldsOf(formOf(content, [task])));
}

const quiet = (number: string) => {
  const content = airPurifier({ number });
  return {
    ...content,
    indicators: content.indicators.map((one) => (one.name === '噪声' ? { ...one, value: '52' } : one)),
  };
};

describe('the entry page', () => {
  test('asks which kind of standard, and says so where nothing was chosen', async () => {
    expect((await browser('GET', '/desk/decl/new')).body).toContain('执行哪类标准');
    const answer = await browser('POST', '/desk/decl/new', {});
    expect([answer.statusCode, answer.body.match(/请选择一项/gu)?.length]).toEqual([422, 2]);
    expect(answer.body).toContain('<title>错误：');
  });

  test('finds a public standard in the catalogue, and fills in its number, name and dates', async () => {
    const found = await browser('GET', '/desk/decl/new?kind=common&q=18801');
    expect(found.body).toContain('value="GB/T 18801-2022"');
    const unpicked = await browser('POST', '/desk/decl/new', { kind: 'common', q: '18801' });
    expect(unpicked.statusCode).toBe(422);
    const begun = await browser('POST', '/desk/decl/new', { kind: 'common', q: '18801', standard: 'GB/T 18801-2022' });
    const task = await browser('GET', `${begun.headers.location}/standard`);
    for (const value of ['GB/T 18801-2022', '空气净化器', '2022-04-15', '2023-05-01'])
      expect(task.body).toContain(`value="${value}"`);
  });

  test('takes a number that the catalogue lacks, and says that it will be marked', async () => {
    const none = await browser('GET', '/desk/decl/new?kind=common&q=GB/T 99999-2020');
    expect(none.body).toContain('未入库');
    const begun = await browser('POST', '/desk/decl/new', { kind: 'common', q: 'GB/T 99999-2020', standard: '' });
    expect((await browser('GET', `${begun.headers.location}/standard`)).body).toContain('value="GB/T 99999-2020"');
  });
});

describe('someone whose session has ended', () => {
  test('is led to the log-in by a page, and told by a form that what was typed is still there', async () => {
    const stranger = app.browser();
    const address = await draftOf({});
    const { id } = register.declarations[0] as { id: string };
    for (const path of [
      `${address}`,
      `${address}/standard`,
      `${address}/text`,
      `${address}/submit`,
      `/desk/s/${id}/withdraw`,
    ])
      expect([path, (await stranger('GET', path)).headers.location]).toEqual([
        path,
        `/login?next=${encodeURIComponent(path)}`,
      ]);
    for (const path of [
      '/desk/decl/new',
      address,
      `${address}/standard`,
      `${address}/submit`,
      `/desk/s/${id}/revise`,
      `/desk/s/${id}/withdraw`,
    ])
      expect([path, (await stranger('POST', path, { action: 'publish' })).statusCode]).toEqual([path, 401]);
  });
});

describe('the task list', () => {
  test('says of each task where it stands', async () => {
    const states = async (address: string) =>
      [...(await browser('GET', address)).body.matchAll(/tag-task-(\w+)/gu)].map(([, state]) => state);
    expect(await states(await draftOf({ subject: 'product', standard: {} }))).toEqual([
      'untouched',
      'untouched',
      'untouched',
      'untouched',
      'waiting',
    ]);
    const { commitment: _unsigned, category: _unknown, ...begun } = airPurifier({ number: 'Q/榕净 1' });
    expect(await states(await draftOf(begun))).toEqual(['wrong', 'begun', 'done', 'untouched', 'waiting']);
    const full = { ...quiet('Q/HZHJ 700-2026'), draft: { text: 'withheld' } };
    expect(await states(await draftOf(full))).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  test('lets a draft be deleted', async () => {
    const address = await draftOf({});
    await browser('POST', address, { action: 'discard', revision: '1' });
    expect((await browser('GET', address)).statusCode).toBe(404);
  });

  test('shows no draft of another enterprise', async () => {
    const other = await app.logIn(register.enterprises[1] as TestOrganisation);
    const address = await draftOf({});
    for (const path of ['', '/standard', '/text', '/submit'])
      expect((await other('GET', address + path)).statusCode).toBe(404);
  });
});

describe('a task', () => {
  test('keeps what was typed, says each thing that is wrong twice in the same words, and leads to it', async () => {
    const address = `${await draftOf({})}/standard`;
    const fields = { '/standard/number': 'Q/榕净 1', revision: '1', action: 'done' };
    const answer = await browser('POST', address, fields);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>错误：');
    expect(answer.body).toContain('有 3 处需要修改');
    expect(answer.body.match(/请填写标准名称/gu)).toHaveLength(2);
    expect(answer.body).toContain('href="#/standard/number"');
    expect(answer.body).toContain('value="Q/榕净 1"');
    // It is kept although it is wrong, and shown with its faults when the list leads back.
    expect((await browser('GET', `${address}?check`)).body.match(/请填写标准名称/gu)).toHaveLength(2);
  });

  test('adds and removes rows with plain buttons', async () => {
    const content = airPurifier({ number: 'Q/ABCD 002-2026' });
    const address = `${await draftOf(content)}/indicators`;
    const count = (body: string) =>
      body.replaceAll(/<template.*?<\/template>/gsu, '').match(/name="\/indicators\/\d+\/name"/gu)?.length;
    const before = { ...posted(content, 'indicators'), revision: '1' };
    const added = await browser('POST', address, { ...before, action: 'add-indicators' });
    expect(count(added.body)).toBe(4);
    const removed = await browser('POST', address, { ...before, action: 'remove-indicators-0' });
    expect(count(removed.body)).toBe(2);
    expect(removed.body).not.toContain('value="颗粒物洁净空气量"');
  });

  test('finds any class of industry for the category', async () => {
    const address = `${await draftOf({})}/products`;
    const answer = await browser('POST', address, { action: 'find', find: '风机', revision: '1' });
    expect(answer.body).toMatch(/<option value="C346\d">/u);
    expect(answer.body).toContain('已列入“产品类别”');
    const entered = await browser('POST', address, { action: 'enter', find: '风机', revision: '1' });
    expect(entered.body).toContain('已列入“产品类别”');
    expect((await browser('POST', address, { action: 'enter', find: '', revision: '1' })).statusCode).toBe(303);
  });

  test('shows both versions where two people changed it; what they typed alike is no conflict', async () => {
    const address = `${await draftOf({})}/standard`;
    const save = (name: string, revision: string) =>
      browser('POST', address, { '/standard/name': name, revision, action: 'save' });
    expect((await save('甲', '1')).statusCode).toBe(303);
    expect((await save('甲', '1')).statusCode).toBe(303);
    const stale = await save('乙', '1');
    expect(stale.statusCode).toBe(412);
    expect(stale.body).toMatch(/<td class="typed">乙<\/td><td class="typed">甲<\/td>/u);
    expect((await save('乙', '2')).statusCode).toBe(303);
  });

  test('written in two windows is no conflict where each wrote another task', async () => {
    const address = await draftOf({});
    const base = async (task: string) =>
      /name="base" value="(\w+)"/u.exec((await browser('GET', `${address}/${task}`)).body)?.[1] ?? '';
    const [standard, products] = [await base('standard'), await base('products')];
    const send = (task: string, fields: Readonly<Record<string, string>>) =>
      browser('POST', `${address}/${task}`, { ...fields, revision: '1', action: 'save' });
    expect((await send('standard', { '/standard/name': '甲', base: standard })).statusCode).toBe(303);
    expect((await send('products', { '/products/0/name': '乙', base: products })).statusCode).toBe(303);
    expect((await send('standard', { '/standard/name': '丙', base: standard })).statusCode).toBe(412);
    const shown = await browser('GET', `${address}/submit`);
    for (const kept of ['甲', '乙']) expect(shown.body).toContain(kept);
  });

  test('is saved while it is written: the answer names the revision, a stale or logged-out page is told so', async () => {
    const address = `${await draftOf({})}/standard`;
    const fields = { '/standard/name': '甲', action: 'autosave' };
    const saved = await browser('POST', address, { ...fields, revision: '1' });
    expect(saved.json()).toMatchObject({ revision: 2 });
    const again = await browser('POST', address, { ...fields, revision: '2' });
    expect(again.json()).toMatchObject({ revision: 2 });
    expect((await browser('POST', address, { ...fields, '/standard/name': '乙', revision: '1' })).statusCode).toBe(412);
    expect((await app.browser()('POST', address, { ...fields, revision: '2' })).statusCode).toBe(401);
  });

  test('of a draft that a program made loses nothing of it', async () => {
    const address = await draftOf({ later: { kept: [1] }, standard: { number: 'Q/A 1-2026', also: true } });
    await browser('POST', `${address}/standard`, { '/standard/number': 'Q/A 2-2026', revision: '1', action: 'save' });
    const drafts = await listDrafts(contextAs(register, enterprise.admin));
    const stored = drafts.find(({ id }) => address.endsWith(id))?.content;
    expect(stored).toEqual({ later: { kept: [1] }, standard: { number: 'Q/A 2-2026', also: true } });
  });
});

describe('the text', () => {
  const multipart = (fields: Readonly<Record<string, string>>, file?: Buffer) => {
    const boundary = 'x'.repeat(24);
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="文本.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    const body = parts.join('') + (file ? `${head}${file.toString('latin1')}\r\n` : '');
    return {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      raw: `${body}--${boundary}--\r\n`,
    };
  };
  const send = (address: string, fields: Readonly<Record<string, string>>, file?: Buffer) => {
    const { headers, raw } = multipart(fields, file);
    return browser('POST', `${address}/text`, undefined, headers, raw);
  };

  test('is uploaded by a plain form, and named by the draft; it can be taken out, or withheld', async () => {
    const address = await draftOf({});
    const file = pdf({ text: 'by a form' });
    const sent = await send(address, { revision: '1', '/draft/text': 'upload' }, file);
    expect(sent.headers.location).toBe(`${address}?saved`);
    expect((await browser('GET', `${address}/text`)).body).toContain(sha256Hex(file.toString('latin1')));
    const removed = await send(address, { revision: '2', '/draft/text': 'upload', action: 'remove' });
    expect(removed.body).not.toContain('已上传');
    expect((await send(address, { revision: '3', '/draft/text': 'withheld' })).statusCode).toBe(303);
    expect((await browser('GET', address)).body).toContain('tag-task-done');
  });

  test('that is none is refused at its field', async () => {
    const address = await draftOf({});
    const none = await send(address, { revision: '1', '/draft/text': 'upload' });
    expect([none.statusCode, none.body.includes('id="/text-error"')]).toEqual([422, true]);
    const wrong = await send(address, { revision: '1', '/draft/text': 'upload' }, Buffer.from('<html>'));
    expect([wrong.statusCode, wrong.body.includes('id="/text-error"')]).toEqual([422, true]);
  });
});

describe('the last task', () => {
  const submit = (address: string, content: unknown, fields: Readonly<Record<string, string>>) =>
    browser('POST', `${address}/submit`, { ...posted(content, 'submit'), revision: '1', ...fields });

  test('checks and publishes nothing, then publishes once however often it is sent, and forgets the draft', async () => {
    const content = quiet('Q/HZHJ 900-2026');
    const address = await draftOf(content);
    const page = await browser('GET', `${address}/submit`);
    const key = /name="key" value="([^"]+)"/u.exec(page.body)?.[1] ?? '';
    const checked = await submit(address, content, { action: 'check', key });
    expect([checked.statusCode, checked.body.includes('校验通过')]).toEqual([200, true]);
    const publish = () => submit(address, content, { action: 'publish', key });
    const answers = [...(await Promise.all([publish(), publish()])), await publish()];
    const receipts = answers.filter(({ statusCode }) => statusCode === 303).map(({ headers }) => headers.location);
    expect(new Set(receipts).size).toBe(1);
    expect(answers[2]?.statusCode).toBe(303);
    expect((await browser('GET', address)).statusCode).toBe(404);
    const receipt = await browser('GET', String(receipts[0]));
    const id = String(receipts[0]).split('/').at(-1) ?? '';
    const { document, documentSha256 } = await readVersion(register.database, id, 1);
    expect(sha256Hex(document)).toBe(documentSha256);
    expect(receipt.body).toContain(documentSha256);
    expect(receipt.body).toContain(`https://register.example/s/${id}`);
    const other = await app.logIn(register.enterprises[1] as TestOrganisation);
    expect((await other('GET', String(receipts[0]))).headers.location).toBe(`/s/${id}`);
  });

  test('is not passed without the commitment', async () => {
    const { commitment: _unsigned, ...content } = quiet('Q/HZHJ 903-2026');
    const address = await draftOf(content);
    const answer = await submit(address, content, { action: 'publish' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('id="/commitment/version-error"');
  });

  test('refuses what is wrong, with the way to the field of its task', async () => {
    const content = airPurifier({ number: register.declarations[0]?.number ?? '' });
    const taken = await draftOf(quiet(content.standard.number));
    const answer = await submit(taken, content, { action: 'publish' });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain(`href="${taken}/standard?check#/standard/number"`);
    const incomplete = await draftOf({ standard: {} });
    const missing = await submit(incomplete, {}, { action: 'publish' });
    expect(missing.statusCode).toBe(422);
    expect(missing.body).toContain(`href="${incomplete}/standard?check#/standard/name"`);
  });

  test('asks for the reason and the person of what must be stated, and publishes with them', async () => {
    const content = airPurifier({ number: 'Q/HZHJ 904-2026' });
    const address = await draftOf(content);
    const asked = await submit(address, content, { action: 'publish', key: randomUUID() });
    expect(asked.statusCode).toBe(422);
    expect(asked.body).toContain('必须明示');
    const inputs = Object.fromEntries(
      [...asked.body.matchAll(/name="(\/statements\/0\/\w+)" value="([^"]*)"/gu)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    expect(inputs).toMatchObject({ '/statements/0/code': 'recommended.lower', '/statements/0/about': '噪声' });
    const half = { ...inputs, '/statements/0/reason': '用于车间' };
    const halfSaid = await submit(address, content, { ...half, action: 'check' });
    expect(halfSaid.body).toContain('请填写第 1 行 说明人');
    const full = { ...half, '/statements/0/person': '王示例', revision: '2', action: 'publish', key: randomUUID() };
    const published = await submit(address, content, full);
    const id = String(published.headers.location).split('/').at(-1) ?? '';
    const shown = await browser('GET', `/s/${id}`);
    expect(shown.body).toContain('用于车间');
  });

  test('takes out what a program put there and no declaration has, when asked', async () => {
    const content = { ...quiet('Q/HZHJ 907-2026'), later: 1 };
    const odd = { ...content, products: [{ ...content.products[0], colour: '白' }] };
    const address = await draftOf(odd);
    const first = await submit(address, odd, { action: 'check' });
    expect(first.body.match(/value="drop-[^"]+"/gu)).toEqual([
      'value="drop-/products/0/colour"',
      'value="drop-/later"',
    ]);
    await submit(address, odd, { action: 'drop-/products/0/colour' });
    const clean = await submit(address, odd, { action: 'drop-/later', revision: '2' });
    expect([clean.statusCode, clean.body.includes('校验通过')]).toEqual([200, true]);
  });

  test('shows a draft anew that changed after it was seen, in place of publishing it', async () => {
    const content = quiet('Q/HZHJ 905-2026');
    const address = await draftOf(content);
    await browser('POST', `${address}/standard`, {
      ...posted(content, 'standard'),
      '/standard/name': '另一名称',
      revision: '1',
      action: 'save',
    });
    const answer = await submit(address, content, { action: 'publish' });
    expect([answer.statusCode, answer.body.includes('另一名称')]).toEqual([412, true]);
  });

  test('lets a drafter prepare and check, and says who may submit', async () => {
    const { loginName } = await addPerson(register, enterprise, 'drafter');
    const drafter = await app.logIn({ loginName });
    const content = quiet('Q/HZHJ 906-2026');
    const address = await draftOf(content);
    const page = await drafter('GET', `${address}/submit`);
    expect(page.body).toContain('管理员、发布人');
    expect(page.body).not.toContain('value="publish"');
    const fields = { ...posted(content, 'submit'), revision: '1' };
    expect((await drafter('POST', `${address}/submit`, { ...fields, action: 'check' })).statusCode).toBe(200);
    expect((await drafter('POST', `${address}/submit`, { ...fields, action: 'publish' })).statusCode).toBe(403);
  });
});

describe('a change of a declaration', () => {
  const begin = async (id: string, path: 'revise' | 'correct') =>
    String((await browser('POST', `/desk/s/${id}/${path}`, { key: randomUUID() })).headers.location);
  const sign = {
    '/commitment/version': '1',
    '/commitment/signer': '王示例',
    '/commitment/capacity': 'authorised-person',
  };
  const publish = (address: string, revision: string) =>
    browser('POST', `${address}/submit`, { ...sign, revision, action: 'publish', key: randomUUID() });

  test('is offered to members of its enterprise only', async () => {
    const { id } = await declare(register, enterprise, { ...quiet('Q/CH 1-2026'), number: 'Q/CH 1-2026' });
    expect((await browser('GET', `/s/${id}`)).body).toContain(`/desk/s/${id}/revise`);
    const other = await app.logIn(register.enterprises[1] as TestOrganisation);
    expect((await other('GET', `/s/${id}`)).body).not.toContain(`/desk/s/${id}/revise`);
    expect((await app.browser()('GET', `/s/${id}`)).body).not.toContain(`/desk/s/${id}/revise`);
    expect((await other('POST', `/desk/s/${id}/revise`, {})).statusCode).toBe(404);
    expect((await other('GET', `/desk/s/${id}/withdraw`)).statusCode).toBe(404);
  });

  test('as a correction needs a reason and something corrected, then shows old and new', async () => {
    const { id } = await declare(register, enterprise, { ...quiet('Q/CH 2-2026'), number: 'Q/CH 2-2026' });
    const address = await begin(id, 'correct');
    expect((await publish(address, '1')).body).toContain(`${address}/standard?check#/draft/change/reason`);
    const content = quiet('Q/CH 2-2026');
    await browser('POST', `${address}/standard`, {
      ...posted(content, 'standard'),
      '/standard/name': '空气净化器（第二次）',
      '/draft/change/reason': '名称录入有误',
      revision: '2',
      action: 'done',
    });
    const published = await publish(address, '3');
    expect(published.headers.location).toBe(`/desk/receipt/${id}`);
    const shown = await browser('GET', `/s/${id}`);
    expect(shown.body).toContain('名称录入有误');
    expect(shown.body).toContain('空气净化器（第二次）');
  });

  test('as a revision gets a new number and names the old one', async () => {
    const { id } = await declare(register, enterprise, { ...quiet('Q/CH 3-2025'), number: 'Q/CH 3-2025' });
    const address = await begin(id, 'revise');
    const task = await browser('GET', `${address}/standard`);
    expect(task.body).toMatch(/name="\/standard\/number"[^>]* value(?:=""| |>)/u);
    expect(task.body).toMatch(/name="\/standard\/replaces"[^>]*>Q\/CH 3-2025</u);
    const { replaces: _none, ...standard } = { ...quiet('Q/CH 3-2026').standard, replaces: [] };
    await browser('POST', `${address}/standard`, {
      ...posted({ standard: { ...standard, replaces: ['Q/CH 3-2025'] } }, 'standard'),
      revision: '1',
      action: 'done',
    });
    const published = await publish(address, '2');
    expect(published.headers.location).toBe(`/desk/receipt/${id}`);
    expect((await browser('GET', `/s/${id}`)).body).toContain('Q/CH 3-2026');
  });

  test('made on a version that is no longer the newest is told so, with the way to the newest', async () => {
    const { id } = await declare(register, enterprise, { ...quiet('Q/CH 4-2026'), number: 'Q/CH 4-2026' });
    const [first, second] = [await begin(id, 'correct'), await begin(id, 'correct')];
    const content = quiet('Q/CH 4-2026');
    for (const [address, name] of [
      [first, '甲'],
      [second, '乙'],
    ] as const) {
      const fields = { ...posted(content, 'standard'), '/standard/name': name, '/draft/change/reason': '更正' };
      await browser('POST', `${address}/standard`, { ...fields, revision: '1', action: 'save' });
    }
    expect((await publish(first, '2')).statusCode).toBe(303);
    const stale = await publish(second, '2');
    expect([stale.statusCode, stale.body.includes(`href="/s/${id}"`)]).toEqual([412, true]);
  });

  test('as a withdrawal is done with reason and date, not of a day to come', async () => {
    const { id } = await declare(register, enterprise, { ...quiet('Q/CH 5-2026'), number: 'Q/CH 5-2026' });
    const address = `/desk/s/${id}/withdraw`;
    expect((await browser('GET', address)).body).toContain('废止 Q/CH 5-2026');
    const send = (fields: Readonly<Record<string, string>>) =>
      browser('POST', address, { key: randomUUID(), revision: '1', ...fields });
    const empty = await send({ '/on': '2026-01-01' });
    expect([empty.statusCode, empty.body.match(/请填写废止原因/gu)?.length]).toEqual([422, 2]);
    expect((await send({ '/reason': '停产', '/on': '2999-01-01' })).statusCode).toBe(422);
    expect((await send({ '/reason': '停产', '/on': '2026-01-01', revision: '7' })).statusCode).toBe(412);
    expect((await send({ '/reason': '停产', '/on': '2026-01-01' })).statusCode).toBe(303);
    const shown = await browser('GET', `/s/${id}`);
    expect(shown.body).toContain('已废止');
    expect(shown.body).not.toContain(`/desk/s/${id}/revise`);
  });
});
