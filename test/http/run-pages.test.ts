import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import { addPerson, declare, purifierIndicators, sequence, type TestOrganisation } from '../support/builders.ts';
import { stateInterests } from '../support/bodies.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';

describe('the pages of a body’s comparisons', () => {
  let register: FilledRegister;
  let app: TestApp;
  let second: TestOrganisation;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 14 });
    app = await openTestApp(register.database);
    const { loginName } = await addPerson(register, register.body, 'publisher');
    second = { ...register.body, loginName };
    await stateInterests(register, register.body, [], [register.body.loginName, loginName]);
    const [maker] = register.enterprises;
    const [first, ...rest] = purifierIndicators({ cleanAir: '520', efficacy: '12.00', noise: '58.0' });
    if (maker && first)
      await declare(register, maker, {
        number: 'Q/HZHJ 800-2026',
        indicators: [{ ...first, name: '洁净空气输出量' }, ...rest],
      });
    await sequence(register);
  });
  afterAll(async () => {
    await app?.http.close();
    await register?.close();
  });

  const runOf = (body: string) => /\/desk\/runs\/(run-[A-Za-z0-9]+)/u.exec(body)?.[1] ?? '';
  const fieldsOf = (body: string, verdict: string) => ({
    ...Object.fromEntries(
      [...body.matchAll(/name="(declaration-\d)" value="([^"]+)"/gu)].flatMap(([, name = '', value = '']) => [
        [name, value],
        [name.replace('declaration', 'agrees'), verdict],
      ]),
    ),
    cutOffChecked: 'yes',
    objectionsChecked: 'yes',
    note: '',
  });

  it('lead from asking through the checks of one person to the release by another', async () => {
    const browser = await app.logIn(register.body);
    const asked = await browser('POST', '/desk/runs', {
      scheme: 'M-KQJHQ/1',
      kind: 'regular',
      reason: '',
      logSize: '',
    });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('已提出');
    const run = runOf(asked.body);
    expect((await browser('GET', `/desk/runs/${run}`)).body).toContain('等待处理');
    await runComparison(register.database, run);
    const result = (await browser('GET', `/desk/runs/${run}`)).body;
    expect(result).toContain('较上一期的变动');
    expect(result).toContain('有 1 个声明名称未能对应方案的指标');
    const refused = await browser('POST', `/desk/runs/${run}/preparation`, fieldsOf(result, 'differs'));
    expect(refused.statusCode).toBe(422);
    const prepared = await browser('POST', `/desk/runs/${run}/preparation`, fieldsOf(result, 'agrees'));
    expect([prepared.statusCode, prepared.body.includes('核对已完成')]).toEqual([200, true]);
    const alone = await browser('POST', `/desk/runs/${run}/publication`, {});
    expect(alone.statusCode).toBe(403);
    const other = await app.logIn(second);
    const released = await other('POST', `/desk/runs/${run}/publication`, {});
    expect(released.body).toContain('M-KQJHQ 第 2 期已发布');
    expect((await other('GET', '/boards/M-KQJHQ/2')).body).toContain('公示中，异议截止');
  });

  it('map a declared name with its reason, and take it back', async () => {
    const browser = await app.logIn(register.body);
    const page = (await browser('GET', '/desk/mapping/M-KQJHQ/1')).body;
    expect(page).toContain('洁净空气输出量');
    expect(page).toContain('颗粒物洁净空气量 · 相似');
    const nothing = await browser('POST', '/desk/mapping/M-KQJHQ/1', { as: '', reason: '' });
    expect(nothing.statusCode).toBe(422);
    const fields = { 'name-0': '洁净空气输出量', 'count-0': '1', as: '颗粒物洁净空气量', reason: '同一量' };
    const decided = await browser('POST', '/desk/mapping/M-KQJHQ/1', fields);
    expect(decided.body).toContain('已对齐');
    expect(decided.body).toContain('没有待对齐的名称');
    const mapping = /name="mapping" value="([^"]+)"/u.exec(decided.body)?.[1] ?? '';
    const undone = await browser('POST', '/desk/mapping/M-KQJHQ/1/undo', { mapping, reason: '定义不同' });
    expect(undone.body).toContain('撤销：定义不同');
  });

  it('refuse a wrong cut-off at its field, and keep what was typed', async () => {
    const browser = await app.logIn(register.body);
    const refused = await browser('POST', '/desk/runs', {
      scheme: 'M-KQJHQ/1',
      kind: 'regular',
      reason: '',
      logSize: '九',
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="九"');
  });

  it('show one grade of a list, counted, and no other', async () => {
    const browser = app.browser();
    const all = (await browser('GET', '/boards/M-KQJHQ/1')).body;
    const counts = [...all.matchAll(/<a href="[^"]*"[^>]*>(全部|一级|二级|三级) (\d+)</gu)].map(
      ([, name, n]) => [name, Number(n)] as const,
    );
    expect(counts.map(([name]) => name)).toEqual(['全部', '一级', '二级', '三级']);
    const [total, ...grades] = counts.map(([, n]) => n);
    expect(grades.reduce((sum, n) => sum + n, 0)).toBe(total);
    for (const [i, count] of grades.entries()) {
      const { body } = await browser('GET', `/boards/M-KQJHQ/1?grade=${i + 1}`);
      const rows = [...body.matchAll(/class="tag grade-(\d)"/gu)].map(([, grade]) => Number(grade));
      expect([i + 1, rows]).toEqual([i + 1, Array.from({ length: count }, () => i + 1)]);
    }
  });

  it('of a declaration lead to where it stands on the newest edition', async () => {
    const { body } = await app.browser()('GET', `/s/${register.declarations[0]?.id}`);
    expect(body).toMatch(/三级，名次第 \d+（共 \d+ 行，同级并列）/u);
    const leftOut = await app.browser()('GET', `/s/${register.declarations[6]?.id}`);
    expect(leftOut.body).toContain('参与比对，未上榜：核心指标不可比');
  });

  it('are closed to others', async () => {
    const [enterprise] = register.enterprises;
    if (!enterprise) throw new Error('no enterprise');
    const browser = await app.logIn(enterprise);
    for (const path of ['/desk/runs', `/desk/runs/${register.graded.run}`, '/desk/mapping/M-KQJHQ/1'])
      expect([path, [403, 404].includes((await browser('GET', path)).statusCode)]).toEqual([path, true]);
  });
});
