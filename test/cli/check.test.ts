import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { help, run } from '../../src/cli/check.ts';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';
import type { Finding } from '../../src/domain/declarations/finding.ts';
import { checkContent } from '../../src/services/declarations/check-content.ts';
import { readRulePack } from '../../src/services/declarations/rule-pack.ts';
import {
  accredit,
  airPurifier,
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestRegister,
} from '../support/builders.ts';
import { importPart, TEST_LIMIT } from '../support/catalogue.ts';
import { gradingScheme } from '../support/filled-register.ts';
import { bringSchemeIntoForce } from '../support/schemes.ts';
import { sheetCsv, sheetRow } from '../support/sheets.ts';

const STANDARDS = [
  {
    number: 'GB/T 18801-2015',
    nameZh: '空气净化器',
    mandatory: false,
    withdrawnOn: '2023-05-01',
    replacedBy: [{ number: 'GB/T 18801-2022' }],
  },
  { number: 'GB/T 18801-2022', nameZh: '空气净化器', mandatory: false },
  {
    number: 'GB/T 4214.1-2009',
    nameZh: '噪声测试方法',
    mandatory: false,
    replacedBy: [{ number: 'GB/T 4214.1-2017', partial: true }],
  },
  {
    number: 'GB/T 4214.1-2017',
    nameZh: '噪声测试方法',
    mandatory: false,
    replacedBy: [{ number: 'GB/T 4214.1-2090' }],
  },
  { number: 'GB/T 4214.1-2090', nameZh: '噪声测试方法', mandatory: false, effectiveOn: '2090-01-01' },
  { number: 'GB 19606-2004', nameZh: '噪声限值', mandatory: true, effectiveOn: '2005-08-01' },
  { number: 'GB 4706.45-2008', nameZh: '空气净化器的特殊要求', mandatory: true, withdrawnOn: '2026-08-01' },
];
const LIMITS = [
  { ...TEST_LIMIT, value: '65' },
  {
    ...TEST_LIMIT,
    code: 'GBT-18801-efficacy',
    category: 'C3464.air-purifier',
    force: 'recommended',
    indicator: '颗粒物净化能效',
    direction: 'higher',
    value: '9',
    unit: 'm³/(W·h)',
    standard: 'GB/T 18801-2022',
  },
];

/** Declarations that meet the rules of the register in every way: right, wrong, below, outdated, unreadable. */
const declaration: fc.Arbitrary<DeclarationContent> = fc
  .record({
    number: fc.constantFrom(
      'Q/ABC 1-2026',
      'Q/ABC 3-2026',
      'Q/ABC 4-2026',
      'Q/ABC 2',
      'GB/T 18801-2015',
      'GB/T 18801-2022',
      'GB 4706.45-2008',
      'Q/榕 1',
      'GB/T 1-1990',
    ),
    category: fc.constantFrom(
      'C3464.air-purifier',
      'C3464.air-purifier',
      'C3464',
      'C3464.heat-pump',
      'C3951.television',
    ),
    references: fc.oneof(
      fc.constant<string[]>([]),
      fc.subarray(['GB/T 18801—2015', 'GB/T 4214.1-2009', 'GB/T 4214.1-2017', 'GB/T 5-2000', 'x']),
    ),
    noise: fc.record({
      comparator: fc.constantFrom('≤', '≤', '≥', '=', 'text'),
      value: fc.constantFrom('64', '65', '65.1', '0', '符合 GB 19606-2004', '安静'),
      unit: fc.constantFrom('dB(A)', 'dB(A)', 'dBA', 'dB', 'W', 'x'),
      testMethod: fc.constantFrom('GB/T 4214.1-2009', 'GB/T 4214.1-2017', '本标准附录A', null),
    }),
    efficacy: fc.constantFrom('8.99', '9', '12.00', null),
    signed: fc.boolean(),
    statement: fc.boolean(),
    waiver: fc.boolean(),
  })
  .map(({ number, category, references, noise, efficacy, signed, statement, waiver }) => {
    const base = airPurifier({ number, category });
    const [air, second, third] = base.indicators;
    if (!air || !second || !third) throw new Error('three indicators');
    return {
      ...base,
      standard: { ...base.standard, references },
      indicators: [
        air,
        ...(efficacy === null ? [] : [{ ...second, value: efficacy }]),
        { ...third, ...noise } as typeof third,
      ],
      commitment: signed ? base.commitment : null,
      statements: statement
        ? [{ code: 'recommended.lower', about: '颗粒物净化能效', reason: '成本', person: '王示例' }]
        : null,
      waivers: waiver
        ? [{ code: 'cited-standard.withdrawn', about: 'GB/T 18801-2015', reason: '沿用', person: '王示例' }]
        : null,
    };
  });

describe('lingpao check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-check-'));
  let register: TestRegister;
  let rules: string;
  beforeAll(async () => {
    register = await openTestRegister();
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    const regulator = await joinOrganisation(register, { kind: 'regulator', name: '监管部门' });
    const body = await joinOrganisation(register, { kind: 'assessment-body', name: '评估机构' });
    await accredit(register, body, { coordinator, regulator });
    await importPart(contextAs(register, coordinator.admin), 'standards', STANDARDS);
    const scheme = gradingScheme();
    const indicators = scheme.indicators.map((one) =>
      one.code === 'noise' ? { ...one, testMethods: ['GB/T4214.1-2017'] } : one,
    );
    await bringSchemeIntoForce(register, body, { ...scheme, indicators });
    // After it: a scheme with a tier below them would not come into force.
    await importPart(contextAs(register, coordinator.admin), 'limits', LIMITS);
    rules = file('rules.json', (await readRulePack(register.database, null)).bytes);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await register?.close();
  });

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }
  async function check(...args: string[]) {
    let [out, err] = ['', ''];
    const status = await run(args, { stdout: (text) => void (out += text), stderr: (text) => void (err += text) });
    return { status, out, err };
  }

  it('finds offline exactly what the register finds, for declarations of every kind', async () => {
    const contents = fc.sample(declaration, { numRuns: 1500, seed: 20261122 });
    const path = file('many.jsonl', contents.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const { out } = await check(path, '--rules', rules, '--json');
    const verdicts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { publishable: boolean; findings: Finding[] });
    expect(verdicts).toHaveLength(contents.length);
    const codes = new Map<string, number>();
    let publishable = 0;
    for (const [i, content] of contents.entries()) {
      const { findings, accepted } = await checkContent(register.database, content);
      const offline = verdicts[i]?.findings.map((one) => ({ ...one, at: one.at.split('#')[1] }));
      expect(offline, JSON.stringify(content)).toEqual(JSON.parse(JSON.stringify(findings)));
      expect(verdicts[i]?.publishable).toBe(accepted !== null);
      if (accepted) publishable++;
      for (const { code } of findings) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(publishable).toBeGreaterThan(10);
    for (const code of [
      'executed-standard.withdrawn',
      'cited-standard.withdrawn',
      'cited-standard.replaced',
      'limit.below',
      'limit.words',
      'test-method.own',
      'commitment.missing',
      'value.implausible',
      'unit.not-comparable',
    ])
      expect([...codes.keys()].includes(code), `${code} of ${[...codes.keys()].join(' ')}`).toBe(true);
  });

  it('tells every finding with its severity and how to mend it, and ends with 1; with 0 when all may be published', async () => {
    const wrong = file('wrong.json', JSON.stringify(airPurifier({ number: 'GB/T 18801-2015' })));
    const answer = await check(wrong, '--rules', rules);
    expect(answer.status).toBe(1);
    expect(answer.out).toContain(`✗ ${wrong}# GB/T 18801-2015`);
    expect(answer.out).toContain('必须改正 correct executed-standard.withdrawn');
    expect(answer.out).toContain('改法 mend: 请改为 GB/T 18801-2022');
    expect(answer.out).toContain('1 份已校验，1 份有问题');
    const good = file(
      'good.json',
      JSON.stringify([airPurifier({ number: 'Q/A 1-2026' }), airPurifier({ number: 'Q/A 2-2026' })]),
    );
    expect(await check(good, '--rules', rules)).toMatchObject({
      status: 0,
      out: expect.stringContaining('✓') as string,
    });
  });

  it('says of each line what is wrong with it, and reads on', async () => {
    const path = file('lines.jsonl', `{\n${JSON.stringify(airPurifier({ number: 'Q/A 1-2026' }))}\n{"subject":"x"}\n`);
    const { status, out } = await check(path, '--rules', rules, '--json');
    expect(status).toBe(1);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { publishable: boolean }).publishable),
    ).toEqual([false, true, false]);
  });

  it('reads a table as the import does: each finding at its cell, what all rows share given once', async () => {
    const path = file(
      'table.csv',
      sheetCsv([
        sheetRow('Q/A 1-2026'),
        sheetRow('Q/A 2-2026', { '噪声 要求': '≤ 66' }),
        sheetRow('Q/A 3-2026', { 产品类别: '', 签署人: '', 签署人身份: '' }),
      ]),
    );
    const shared = ['--category', 'C3464.air-purifier', '--signer', '王示例', '--capacity', 'legal-representative'];
    const { status, out } = await check(path, '--rules', rules, '--json', ...shared);
    const verdicts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { publishable: boolean; findings: Finding[] });
    expect([status, verdicts.map(({ publishable }) => publishable)]).toEqual([1, [true, false, true]]);
    expect(verdicts[1]?.findings.map(({ at, code }) => `${at} ${code}`)).toEqual([`${path}:T3 limit.below`]);
  });

  it('checks for the day of the pack, whatever day it is here', async () => {
    const early = file(
      'early.json',
      (await readRulePack(register.database, null)).bytes.replace(/"day":"[^"]+"/u, '"day":"2020-01-01"'),
    );
    const path = file('old.json', JSON.stringify(airPurifier({ number: 'GB/T 18801-2015' })));
    const { out } = await check(path, '--rules', early);
    expect(out).not.toContain('executed-standard.withdrawn');
  });

  it('tells in one line how to call it, what cannot be read, and what the pack does not have', async () => {
    const good = file('one.json', JSON.stringify(airPurifier({ number: 'Q/A 1-2026' })));
    const television = file('tv.json', (await readRulePack(register.database, 'C3951.television')).bytes);
    const newer = file(
      'newer.json',
      (await readRulePack(register.database, null)).bytes.replace('"version":1}', '"version":7}'),
    );
    const cases: readonly (readonly [args: string[], err: RegExp])[] = [
      [[], /缺少文件 FILE/u],
      [[good], /缺少 --rules/u],
      [[good, good, '--rules', rules], /多余的参数/u],
      [[good, '--rule', rules], /选项有误/u],
      [[good, '--rules', join(folder, 'none')], /ENOENT/u],
      [[join(folder, 'none.json'), '--rules', rules], /ENOENT/u],
      [[join(folder, 'none.csv'), '--rules', rules], /ENOENT/u],
      [[good, '--rules', good], /规则包有误/u],
      [[file('broken.json', '{'), '--rules', rules], /不是合法的 JSON/u],
      [[file('zip.csv', 'PK\u0003\u0004'), '--rules', rules], /文件无法读取/u],
      [[good, '--rules', television], /规则包只含 C3951.television/u],
      [[good, '--rules', newer], /比本程序新/u],
      [[good, '--rules', rules, '--capacity', 'x'], /--capacity/u],
    ];
    for (const [args, err] of cases)
      expect(await check(...args), args.join(' ')).toMatchObject({
        status: 2,
        err: expect.stringMatching(err) as string,
      });
    expect(await check('--help')).toEqual({ status: 0, out: help, err: '' });
  });
});
