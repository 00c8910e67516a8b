/** Headings and rows of sheets of declarations, for tests of imports. */
export const SHEET_HEADINGS = [
  '标准编号',
  '标准名称',
  '类型',
  '产品类别',
  '发布日期',
  '实施日期',
  '产品名称',
  '型号',
  '签署人',
  '签署人身份',
  '额定功率 参数',
  ...['颗粒物洁净空气量', '颗粒物净化能效', '噪声'].flatMap((name) =>
    ['要求', '性质', '单位', '试验方法'].map((part) => `${name} ${part}`),
  ),
] as const;

/** The cells of an air purifier that passes every check; what is given goes before it. */
export function sheetRow(number: string, changes: Readonly<Record<string, string>> = {}): readonly string[] {
  const cells: Readonly<Record<string, string>> = {
    标准编号: number,
    标准名称: '家用空气净化器',
    类型: '产品',
    产品类别: 'C3464.air-purifier',
    发布日期: '2026/4/1',
    实施日期: '2026年5月1日',
    产品名称: '空气净化器',
    型号: 'KJ520G；KJ520F',
    签署人: '王示例',
    签署人身份: '法定代表人',
    '额定功率 参数': '60 W',
    '颗粒物洁净空气量 要求': '≥ 520',
    '颗粒物洁净空气量 性质': '功能',
    '颗粒物洁净空气量 单位': 'm³/h',
    '颗粒物洁净空气量 试验方法': 'GB/T 18801-2022',
    '颗粒物净化能效 要求': '≥ 12.00 m³/(W·h)',
    '颗粒物净化能效 性质': '性能',
    '颗粒物净化能效 试验方法': 'GB/T 18801-2022',
    '噪声 要求': '≤ 58.0',
    '噪声 性质': '性能',
    '噪声 单位': 'dB(A)',
    '噪声 试验方法': 'GB/T 4214.1-2017',
    ...changes,
  };
  return SHEET_HEADINGS.map((heading) => cells[heading] ?? '');
}

/** CSV as spreadsheet programs write it. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (value: string) => (/[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

export function sheetCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${csvText([SHEET_HEADINGS, ...rows])}`;
}

export async function* bytesOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
