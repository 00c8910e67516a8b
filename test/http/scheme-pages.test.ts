import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scheme } from '../../src/domain/schemes/scheme.ts';
import { createSchemeDraft, listSchemeDrafts, readSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { addPerson, contextAs } from '../support/builders.ts';
import { buildRegister, type FilledRegister, gradingScheme, tierScheme } from '../support/filled-register.ts';
import { bringSchemeIntoForce, proposeLongAgo } from '../support/schemes.ts';

describe('the pages of schemes', () => {
  let register: FilledRegister;
  let app: TestApp;
  let browser: TestBrowser;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 24 });
    app = await openTestApp(register.database);
    browser = await app.logIn(register.body);
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });
  const context = () => contextAs(register, register.body.admin);
  const draftOf = async (content: unknown) =>
    `/desk/schemes/drafts/${(await createSchemeDraft(context(), content)).id}`;
  const stored = async (address: string) => readSchemeDraft(context(), address.split('/').at(-1) ?? '');

  /** The fields that a browser would send of a page's form, as it stands. */
  function fieldsOf(body: string): Record<string, string> {
    const form = /<form class="declaration-form"[\s\S]*?<\/form>/u.exec(body)?.[0] ?? '';
    const text = (escaped: string) =>
      escaped
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
    const fields: Record<string, string> = {};
    for (const [, attributes = ''] of form.matchAll(/<input([^>]*)>/gu)) {
      const name = /name="([^"]+)"/u.exec(attributes)?.[1];
      if (name) fields[name] = text(/value="([^"]*)"/u.exec(attributes)?.[1] ?? '');
    }
    for (const [, attributes = '', options = ''] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/gu)) {
      const chosen = [...options.matchAll(/<option([^>]*)>/gu)].find(([, one = '']) => / selected/u.test(one))?.[1];
      fields[/name="([^"]+)"/u.exec(attributes)?.[1] ?? ''] = text(/value="([^"]*)"/u.exec(chosen ?? '')?.[1] ?? '');
    }
    for (const [, attributes = '', value = ''] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/gu))
      fields[/name="([^"]+)"/u.exec(attributes)?.[1] ?? ''] = text(value);
    return fields;
  }

  test('a version is shown in full, with what is known of each threshold, a real example, and its history', async () => {
    const { body } = await app.browser()('GET', `/schemes/${register.graded.list}/1`);
    for (const said of [
      '现行有效',
      '最弱核心指标',
      '≥ 500 m³/h',
      '≤ 50 dB(A)',
      '以一项真实声明为例',
      '公示',
      '生效',
      '不向企业收费',
    ])
      expect(body).toContain(said);
    expect(body).toContain(`/objections/new?object=scheme%2F${register.graded.list}%2F1`);
    expect(body).toContain('class="histogram"');
    expect(body).toMatch(/会有 \d+ 家（\d+ 项）为一级/u);
    const list = await app.browser()('GET', '/schemes');
    expect(list.body).toContain(register.graded.list);
    expect(list.body).toContain('tag-in-force');
  });

  test('DOMAIN 7.1 (14): no fee and no association standard is asked for, and the pages say so', async () => {
    for (const path of ['/schemes', `/schemes/${register.graded.list}/1`])
      expect((await app.browser()('GET', path)).body).toContain('评估不向企业收费，也不以团体标准（T/）为前提。');
  });

  test('what a version changed of the last one stands on its page', async () => {
    await bringSchemeIntoForce(register, register.body, tierScheme('M-CHANGED'));
    const [only] = tierScheme().indicators;
    const next = {
      ...tierScheme('M-CHANGED'),
      version: 2,
      indicators: [{ ...only, levels: [{ ...only?.levels[0], advanced: '560' }] }],
    };
    await bringSchemeIntoForce(register, register.body, Scheme.parse(next));
    const { body } = await app.browser()('GET', '/schemes/M-CHANGED/2');
    expect(body).toContain('与第 1 版相比');
    expect(body).toContain('<del>500</del>');
    expect(body).toContain('<ins>560</ins>');
    expect((await app.browser()('GET', '/schemes/M-CHANGED/1')).body).toContain('已退役');
  });

  test('the graded tables are there to begin from, with unchecked thresholds marked', async () => {
    const page = await app.browser()('GET', '/schemes/templates/gas-hob');
    for (const said of ['未经标准原文核对', '已核对标准原文', '同名多行：取最不利的一行', '不定总等级'])
      expect(page.body).toContain(said);
    expect((await app.browser()('GET', '/schemes/templates/water-purifier-2016')).body).toContain(
      '已由 GB 34914-2021 代替',
    );
    expect((await app.browser()('GET', '/schemes/templates/none')).statusCode).toBe(404);
    const begun = await browser('POST', '/desk/schemes', { action: 'template', template: 'fridge' });
    const address = String(begun.headers.location);
    expect((await stored(address)).content).toMatchObject({ code: '', category: 'C3851.refrigerator' });
  });

  test('the form gives back what it was given: saving it unchanged changes nothing', async () => {
    const scheme = gradingScheme('M-ROUND');
    const address = await draftOf(scheme);
    const page = await browser('GET', address);
    const saved = await browser('POST', address, { ...fieldsOf(page.body), action: 'save' });
    expect(saved.statusCode).toBe(303);
    const { content, revision } = await stored(address);
    expect(Scheme.parse({ v: 1, ...(content as object) })).toEqual(scheme);
    expect(revision).toBeLessThanOrEqual(2);
    await browser('POST', address, { ...fieldsOf((await browser('GET', address)).body), action: 'save' });
    expect((await stored(address)).revision).toBe(revision);
  });

  test('rows are added and removed by buttons, and what was typed beside them is kept', async () => {
    const begun = await browser('POST', '/desk/schemes', { action: 'blank' });
    const address = String(begun.headers.location);
    const typed = {
      ...fieldsOf((await browser('GET', address)).body),
      '/code': 'M-ROWS',
      '/indicators/0/name/zh': '噪声',
    };
    const added = await browser('POST', address, { ...typed, action: 'add /indicators' });
    expect(String(added.headers.location)).toContain('opened=');
    await browser('POST', address, {
      ...fieldsOf((await browser('GET', address)).body),
      action: 'add /indicators/1/levels',
    });
    await browser('POST', address, { ...fieldsOf((await browser('GET', address)).body), action: 'add /requirements' });
    expect((await stored(address)).content).toMatchObject({
      code: 'M-ROWS',
      requirements: [{}],
      indicators: [{ name: { zh: '噪声' }, levels: [{}] }, { levels: [{}, {}] }],
    });
    await browser('POST', address, {
      ...fieldsOf((await browser('GET', address)).body),
      action: 'remove /indicators/1',
    });
    expect((await stored(address)).content).toMatchObject({ indicators: [{ name: { zh: '噪声' } }] });
  });

  test('a draft that changed elsewhere is told (412), with nothing of either lost', async () => {
    const address = await draftOf({ code: 'M-STALE' });
    const old = fieldsOf((await browser('GET', address)).body);
    await browser('POST', address, { ...old, '/code': 'M-FIRST', action: 'save' });
    const second = await browser('POST', address, { ...old, '/code': 'M-SECOND', action: 'save' });
    expect(second.statusCode).toBe(412);
    expect(second.body).toContain('M-SECOND');
    expect((await stored(address)).content).toMatchObject({ code: 'M-FIRST' });
    await browser('POST', address, { ...fieldsOf(second.body), action: 'save' });
    expect((await stored(address)).content).toMatchObject({ code: 'M-SECOND' });
  });

  test('a form that grew beyond what is kept is refused with all that was typed still in it', async () => {
    const full = { code: 'M-FULL', requirements: Array.from({ length: 60 }, (_, i) => ({ code: `r-${i}` })) };
    const address = await draftOf(full);
    const fields = fieldsOf((await browser('GET', address)).body);
    const grown = await browser('POST', address, { ...fields, '/basis': '没有丢', action: 'add /requirements' });
    expect(grown.statusCode).toBe(422);
    expect(grown.body).toContain('没有丢');
    expect((await stored(address)).revision).toBe(1);
  });

  test('checking names each fault at its field; what cannot be read stays as it was typed', async () => {
    const address = await draftOf({ ...gradingScheme('M-CHECK'), version: 'eins' });
    const fields = fieldsOf((await browser('GET', address)).body);
    const wrong = { ...fields, '/indicators/2/levels/0/when': '额定功率 最多 100', '/indicators/0/unit': '立方' };
    const checked = await browser('POST', address, { ...wrong, action: 'check' });
    expect(checked.statusCode).toBe(422);
    for (const field of ['/version', '/indicators/2/levels/0/when', '/indicators/0/unit'])
      expect(checked.body).toContain(`href="#${field}"`);
    expect(checked.body).toContain('额定功率 最多 100');
    expect(checked.body).toContain('错误：');
  });

  test('the preview counts by the engine: with a lower threshold more are of grade 1, without saving anything', async () => {
    const address = await draftOf(gradingScheme('M-LIVE'));
    const fields = fieldsOf((await browser('GET', address)).body);
    const { revision } = await stored(address);
    const first = async (change: Record<string, string>) => {
      const answer = await browser('POST', `${address}/preview`, { ...fields, ...change });
      expect(answer.statusCode).toBe(200);
      return Number(/（(\d+) 项）为一级/u.exec(answer.body)?.[1]);
    };
    const [strict, loose] = [
      await first({}),
      await first({ '/indicators/0/levels/0/advanced': '401', '/indicators/1/levels/0/advanced': '11.1' }),
    ];
    expect(loose).toBeGreaterThan(strict);
    expect((await stored(address)).revision).toBe(revision);
    const half = await browser('POST', `${address}/preview`, { ...fields, '/version': '' });
    expect(half.body).toContain('只比对已填好的指标');
  });

  test('a draft is proposed, brought into force by another person, and retired, by forms alone', async () => {
    const address = await draftOf(gradingScheme('M-FORM'));
    const proposed = await browser('POST', address, {
      ...fieldsOf((await browser('GET', address)).body),
      action: 'propose',
    });
    expect(String(proposed.headers.location)).toContain('/desk/schemes?proposed=M-FORM');
    expect((await browser('GET', String(proposed.headers.location))).body).toContain('M-FORM 已提交公示');
    expect((await app.browser()('GET', '/schemes/M-FORM/1')).body).toContain('公示中');
    const returned = await browser('POST', '/desk/schemes/M-FORM/1', { action: 'return', 'reason-M-FORM-1': '' });
    expect(returned.statusCode).toBe(422);
    await browser('POST', '/desk/schemes/M-FORM/1', { action: 'return', 'reason-M-FORM-1': '意见成立，须修改' });
    expect((await app.browser()('GET', '/schemes/M-FORM/1')).body).toContain('已退回草稿');
    await proposeLongAgo(register, register.body, gradingScheme('M-BY-FORM'));
    expect((await browser('POST', '/desk/schemes/M-BY-FORM/1', { action: 'bring-into-force' })).statusCode).toBe(403);
    const second = await app.logIn(await addPerson(register, register.body, 'publisher'));
    expect((await second('POST', '/desk/schemes/M-BY-FORM/1', { action: 'bring-into-force' })).body).toContain(
      '起生效',
    );
    const retired = await second('POST', '/desk/schemes/M-BY-FORM/1', {
      action: 'retire',
      'reason-M-BY-FORM-1': '有了新的标准',
    });
    expect(retired.body).toContain('M-BY-FORM 已退役');
  });

  test('a file becomes a draft: JSON as it is, what is wrong named; anything else is refused', async () => {
    const upload = (name: string, content: string) => {
      const boundary = '----a-boundary';
      return browser(
        'POST',
        '/desk/schemes/import',
        undefined,
        { 'content-type': `multipart/form-data; boundary=${boundary}` },
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--${boundary}--\r\n`,
      );
    };
    const before = (await listSchemeDrafts(context())).length;
    const sent = await upload('scheme.json', JSON.stringify(gradingScheme('M-JSON')));
    expect(sent.statusCode).toBe(303);
    expect((await stored(String(sent.headers.location).split('?')[0] ?? '')).content).toEqual(gradingScheme('M-JSON'));
    const wrong = await upload('scheme.json', JSON.stringify({ ...gradingScheme('M-JSON'), version: 0 }));
    expect(wrong.body).toContain('/version');
    expect((await listSchemeDrafts(context())).length).toBe(before + 2);
    for (const [name, content] of [
      ['scheme.json', '[1, 2]'],
      ['scheme.json', '{"code": "\\u0000"}'],
      ['scheme.json', 'no JSON'],
      ['scheme.xlsx', 'no workbook'],
      ['', ''],
    ] as const)
      expect([name, content, (await upload(name, content)).statusCode]).toEqual([name, content, 422]);
    expect((await listSchemeDrafts(context())).length).toBe(before + 2);
  });

  test('the desk of schemes is for bodies; others and their drafts stay apart', async () => {
    const enterprise = await app.logIn(register.enterprises[0] ?? register.body);
    expect((await enterprise('GET', '/desk/schemes')).statusCode).toBe(403);
    expect((await app.browser()('GET', '/desk/schemes')).headers.location).toContain('/login');
    const address = await draftOf({ code: 'M-OWN' });
    expect((await enterprise('GET', address)).statusCode).toBe(403);
    expect((await enterprise('POST', `${address}/preview`, {})).statusCode).toBe(403);
  });

  test.each(['/schemes', '/schemes/templates', '/desk/schemes'])('%s is there in English', async (path) => {
    const { body, statusCode } = await browser('GET', `/en${path}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="en">');
  });
});
