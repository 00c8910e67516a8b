import { describe, expect, it } from 'vitest';
import { readColumns } from '../../../src/domain/imports/columns.ts';
import { dateOf, type GivenForAll, readDeclaration } from '../../../src/domain/imports/row.ts';
import { columnIndex, columnName } from '../../../src/domain/imports/sheet.ts';
import { templateColumns } from '../../../src/domain/imports/template.ts';
import { gradingScheme } from '../../support/filled-register.ts';
import { SHEET_HEADINGS, sheetRow } from '../../support/sheets.ts';

const GIVEN: GivenForAll = { category: null, signer: null, capacity: null, day: '2026-11-22' };

/** The content of one row, or the codes of its faults with their columns. */
function read(
  changes: Readonly<Record<string, string>>,
  given: Partial<GivenForAll> = {},
  more: readonly string[] = [],
) {
  const headings = [...SHEET_HEADINGS, ...more];
  const columns = readColumns(headings, 1, { ...GIVEN, ...given });
  if (!columns.ok) throw new Error(columns.problem.map(({ code }) => code).join());
  const cells = [...sheetRow('Q/ROW 1-2026', changes), ...more.map((heading) => changes[heading] ?? '')];
  const { content, columnOf, statement } = readDeclaration(cells, columns.value, { ...GIVEN, ...given });
  const faults = content.ok
    ? []
    : content.problem.map(({ code, at }) => `${headings[columnOf(at) ?? -1] ?? '?'} ${code}`);
  return { content: content.ok ? content.value : null, faults, columnOf, headings, statement };
}

describe('a row of a sheet', () => {
  it.each([
    ['≥ 520', '', { comparator: '≥', value: '520', unit: '' }],
    ['≥ 520 m³/h', '', { comparator: '≥', value: '520', unit: 'm³/h' }],
    ['不低于520 m3/h', 'm³/h', { comparator: '≥', value: '520', unit: 'm³/h' }],
    ['≥ 520 m³/h', 'L/min', { comparator: '≥', value: '520', unit: 'm³/h / L/min' }],
    ['50～60', 'Hz', { comparator: '~', value: '50', second: '60', unit: 'Hz' }],
    ['0.30±0.02', '', { comparator: '±', value: '0.30', second: '0.02', unit: '' }],
    ['12.00', '%', { comparator: '=', value: '12.00', unit: '%' }],
    ['符合 GB 4706.1', '', { comparator: 'text', value: '符合 GB 4706.1', unit: '' }],
    ['3 级以上', '', { comparator: 'text', value: '3 级以上', unit: '' }],
    ['≥ 1,284 m³/h', '', { comparator: '≥', value: '1,284', unit: 'm³/h' }],
    ['1e3', 'm³/h', { comparator: '=', value: '1e3', unit: 'm³/h' }],
    ['≤ 很低', 'dB(A)', { comparator: '≤', value: '很低', unit: 'dB(A)' }],
    ['60～50', 'Hz', { comparator: '~', value: '60', second: '50', unit: 'Hz' }],
  ])('reads the requirement %s with the unit %s', (requirement, unit, expected) => {
    const { content } = read({ '噪声 要求': requirement, '噪声 单位': unit });
    expect(content?.indicators[2]).toMatchObject({ name: '噪声', ...expected });
  });

  it.each([
    ['2026-05-01', '2026-05-01'],
    ['2026/5/1', '2026-05-01'],
    ['2026.05.01', '2026-05-01'],
    ['2026年5月1日', '2026-05-01'],
    ['２０２６－０５－０１', '2026-05-01'],
    ['20260501', '2026-05-01'],
    ['2026-05-01 00:00:00', '2026-05-01'],
    ['1/5/2026', '1/5/2026'],
    ['明天', '明天'],
  ])('reads the day %s as %s', (typed, day) => expect(dateOf(typed)).toBe(day));

  it('splits lists, reads words of closed lists, and leaves out indicators without a requirement', () => {
    const more = ['采用国际标准', '商品条码', '自定指标1 名称', '自定指标1 要求', '自定指标1 性质'];
    const { content } = read(
      {
        类型: '服务',
        采用国际标准: 'ISO 5167-1（MOD）；IEC 60335-2-65 IDT',
        商品条码: '6901234567892;\n06901234567892',
        '噪声 要求': '',
        '自定指标1 名称': '静音模式',
        '自定指标1 要求': '有',
        '自定指标1 性质': '功能指标',
      },
      {},
      more,
    );
    expect(content?.subject).toBe('service');
    expect(content?.standard.adopts).toEqual([
      { number: 'ISO 5167-1', relation: 'MOD' },
      { number: 'IEC 60335-2-65', relation: 'IDT' },
    ]);
    expect(content?.products[0]?.barcodes).toEqual(['6901234567892', '06901234567892']);
    expect(content?.indicators.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '颗粒物洁净空气量 function',
      '颗粒物净化能效 performance',
      '静音模式 function',
    ]);
    expect(content?.parameters).toEqual([{ name: '额定功率', value: '60', unit: 'W' }]);
  });

  it('takes what was given for all rows where its own cell is empty', () => {
    const given = { category: 'C3464.heat-pump', signer: '李示例', capacity: 'authorised-person' } as const;
    expect(read({ 产品类别: '', 签署人: '', 签署人身份: '' }, given).content).toMatchObject({
      category: 'C3464.heat-pump',
      commitment: { version: 1, signer: '李示例', capacity: 'authorised-person' },
    });
    expect(read({}, given).content).toMatchObject({ category: 'C3464.air-purifier', commitment: { signer: '王示例' } });
  });

  it('leads every fault back to its cell', () => {
    const { faults } = read({ 标准名称: '', 实施日期: '明天', 型号: '', '噪声 性质': '响', 签署人身份: '总经理' });
    expect(faults.toSorted()).toEqual([
      '噪声 性质 field.invalid-value',
      '型号 field.too-small',
      '实施日期 field.invalid-format',
      '标准名称 field.missing',
      '签署人身份 field.invalid-value',
    ]);
    const { columnOf, headings } = read({});
    const cell = (pointer: string) => headings[columnOf(pointer) ?? -1];
    expect(cell('/indicators/2/second')).toBe('噪声 要求');
    expect(cell('/indicators/1/unit')).toBe('颗粒物净化能效 单位');
    expect(cell('/products/0/models/4')).toBe('型号');
    expect(cell('/commitment')).toBe('签署人');
    expect(cell('/indicators')).toBe('标准编号');
  });

  it('offers its statement only with the person who makes it', () => {
    const more = ['明示说明', '明示人'];
    expect(read({ 明示说明: '暂未检测', 明示人: '李示例' }, {}, more).statement).toEqual({
      reason: '暂未检测',
      person: '李示例',
    });
    expect(read({ 明示说明: '暂未检测' }, {}, more).statement).toBeNull();
  });
});

describe('the headings of a sheet', () => {
  const codes = (headings: readonly string[]) => {
    const columns = readColumns(headings, 1, { category: 'C3464.heat-pump' });
    return columns.ok ? [] : columns.problem.map(({ at, code }) => `${at} ${code}`);
  };
  const needed = ['标准编号 ★', 'name', 'Effective on*', '产品名称', ' 型号 '];

  it.each([
    ['are read in both languages, marked or not, with columns of one’s own', [...needed, '#mine', '备注 2', ''], []],
    ['that mean nothing known are refused', [...needed, '颜色'], ['F1 column.unknown']],
    [
      'that stand twice are refused',
      [...needed, 'number', '噪声 要求', '噪声 requirement'],
      ['F1 column.twice', 'H1 column.twice'],
    ],
    ['of an indicator without its requirement are refused', [...needed, '噪声 单位'], ['F1 column.unpaired']],
    ['that are needed and lack are named', ['标准编号', '标准名称', '实施日期', '产品名称'], ['A1 column.missing']],
  ])('%s', (_, headings, expected) => expect(codes(headings)).toEqual(expected));

  it('of a template are read, with the indicators, units and parameters of the category’s schemes', () => {
    const columns = templateColumns('C3464.air-purifier', [gradingScheme()]);
    expect(codes(columns.map(({ heading }) => heading))).toEqual([]);
    const choices = columns.find(({ heading }) => heading === '颗粒物洁净空气量 单位')?.choices;
    expect(choices).toEqual(['m³/h', 'm³/min', 'm³/s', 'L/min', 'L/s', 'L/h']);
  });
});

it('columns are named as spreadsheets name them', () => {
  for (const [index, name] of [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ] as const) {
    expect([columnName(index), columnIndex(name)]).toEqual([name, index]);
  }
  expect(columnIndex('a')).toBe(-1);
});
