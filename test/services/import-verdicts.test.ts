import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { parseShape } from '../../src/domain/shape.ts';
import { type ImportedRow, readDeclarations } from '../../src/formats/read-declarations.ts';
import { checkOnly } from '../../src/services/declarations/check-content.ts';
import { standing } from '../../src/domain/declarations/finding.ts';
import { judgeRows } from '../../src/services/imports/judge-rows.ts';
import {
  airPurifier,
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { bytesOf, sheetCsv, sheetRow } from '../support/sheets.ts';

type Content = Record<string, unknown> & {
  standard: Record<string, unknown>;
  products: Record<string, unknown>[];
  indicators: Record<string, unknown>[];
  commitment?: unknown;
  category?: unknown;
};

/** One fault as it is sent to the API and as it stands in a sheet. */
interface Mistake {
  readonly inContent: (content: Content) => void;
  readonly inCells: Readonly<Record<string, string>>;
}

const indicator = (i: number, field: string, value: unknown) => (content: Content) => {
  const one = content.indicators[i];
  if (!one) return;
  if (value === undefined) delete one[field];
  else one[field] = value;
};

const MISTAKES: readonly Mistake[] = [
  { inContent: indicator(2, 'unit', '分贝哟'), inCells: { '噪声 单位': '分贝哟' } },
  { inContent: indicator(2, 'value', '很低'), inCells: { '噪声 要求': '≤ 很低' } },
  { inContent: indicator(0, 'value', '1,284'), inCells: { '颗粒物洁净空气量 要求': '≥ 1,284' } },
  { inContent: indicator(0, 'value', '1e3'), inCells: { '颗粒物洁净空气量 要求': '≥ 1e3' } },
  { inContent: indicator(1, 'testMethod', undefined), inCells: { '颗粒物净化能效 试验方法': '' } },
  { inContent: indicator(0, 'kind', undefined), inCells: { '颗粒物洁净空气量 性质': '' } },
  { inContent: indicator(0, 'kind', 'performance'), inCells: { '颗粒物洁净空气量 性质': '性能' } },
  { inContent: ({ standard }) => delete standard['name'], inCells: { 标准名称: '' } },
  {
    inContent: ({ standard }) => (standard['name'] = 'ＣＡＤＲ标准\u2f64'),
    inCells: { 标准名称: 'ＣＡＤＲ标准\u2f64' },
  },
  { inContent: ({ standard }) => (standard['effectiveOn'] = '2026-13-01'), inCells: { 实施日期: '2026-13-01' } },
  { inContent: ({ standard }) => (standard['effectiveOn'] = '2026-03-01'), inCells: { 实施日期: '2026-03-01' } },
  { inContent: ({ standard }) => delete standard['effectiveOn'], inCells: { 实施日期: '' } },
  { inContent: ({ standard }) => (standard['number'] = 'Q/'), inCells: { 标准编号: 'Q/' } },
  { inContent: ({ standard }) => (standard['number'] = 'Q/ВЕ 1-2026'), inCells: { 标准编号: 'Q/ВЕ 1-2026' } },
  { inContent: (content) => (content.category = 'C9999.nothing'), inCells: { 产品类别: 'C9999.nothing' } },
  { inContent: (content) => (content.category = '家电'), inCells: { 产品类别: '家电' } },
  { inContent: ({ products: [one] }) => one && (one['models'] = []), inCells: { 型号: '' } },
  { inContent: ({ products: [one] }) => one && (one['models'] = ['A', 'A']), inCells: { 型号: 'A；A' } },
  {
    inContent: ({ products: [one] }) => one && (one['name'] = 'x'.repeat(300)),
    inCells: { 产品名称: 'x'.repeat(300) },
  },
  { inContent: (content) => delete content.commitment, inCells: { 签署人: '', 签署人身份: '' } },
  {
    inContent: (content) => (content.commitment = { version: 1, signer: '王示例', capacity: '总经理' }),
    inCells: { 签署人: '王示例', 签署人身份: '总经理' },
  },
];
const ROWS = 1000;

describe('1,000 generated bad rows', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());

  /** One to three mistakes by the row's number; each combination its own. */
  const mistakesOf = (n: number) => {
    const picked = [n, Math.floor(n / MISTAKES.length) * 7 + 3, n * 13 + 5].slice(0, 1 + (n % 3));
    return [...new Set(picked.map((at) => at % MISTAKES.length))].flatMap((at) => MISTAKES[at] ?? []);
  };
  const contentOf = (n: number): Content => {
    const products = [{ name: '空气净化器', models: ['KJ520G', 'KJ520F'] }];
    const content = structuredClone(airPurifier({ number: `Q/GEN ${n}-2026`, products })) as unknown as Content;
    for (const { inContent } of mistakesOf(n)) inContent(content);
    return content;
  };
  const cellsOf = (n: number) =>
    sheetRow(
      `Q/GEN ${n}-2026`,
      Object.assign({}, ...mistakesOf(n).map(({ inCells }) => inCells)) as Record<string, string>,
    );
  const numbers = Array.from({ length: ROWS }, (_, i) => i + 1);

  /** What the API says of a body: the faults of its shape, or what the checks find. */
  async function byApi(content: unknown): Promise<readonly string[]> {
    const parsed = parseShape(DeclarationContent, content);
    if (!parsed.ok) return parsed.problem.map(({ code }) => `refuse ${code}`).toSorted();
    const { findings } = await checkOnly(contextAs(register, enterprise.admin), parsed.value);
    return standing(findings)
      .map(({ code, severity }) => `${severity} ${code}`)
      .toSorted();
  }

  async function byImport(text: string, format: 'csv' | 'jsonl'): Promise<readonly (readonly string[])[]> {
    const given = { category: null, signer: null, capacity: null, day: '2026-11-22' };
    const rows: ImportedRow[] = [];
    const file = { format, encoding: 'utf-8', bytes: bytesOf(text) } as const;
    for await (const row of readDeclarations(file, given)) rows.push(row);
    const judged = await judgeRows(contextAs(register, enterprise.admin), rows, null);
    return judged.map(({ faults }) => faults.map(({ code, severity }) => `${severity} ${code}`).toSorted());
  }

  it('get the same verdict, fault by fault, from the API and from imports of CSV and of JSON lines', async () => {
    const fromApi = await Promise.all(numbers.map((n) => byApi(contentOf(n))));
    const fromCsv = await byImport(sheetCsv(numbers.map(cellsOf)), 'csv');
    const fromLines = await byImport(numbers.map((n) => `${JSON.stringify(contentOf(n))}\n`).join(''), 'jsonl');
    const wrong = numbers.flatMap((n, i) => {
      const [api, csv, lines] = [fromApi[i], fromCsv[i], fromLines[i]].map(String);
      return api === csv && api === lines ? [] : [`${n}: API ${api} | CSV ${csv} | lines ${lines}`];
    });
    expect(wrong).toEqual([]);
    expect(fromApi.filter((codes) => codes.length === 0)).toEqual([]);
    expect(new Set(fromApi.flat()).size).toBeGreaterThan(12);
  }, 60_000);
});
