import { sha256Hex } from '../domain/bytes.ts';
import type { TemplateColumn } from '../domain/imports/template.ts';
import { csvLine } from '../domain/text/csv-cell.ts';
import { writeXlsx } from './write-xlsx.ts';
import { SHEET_NAME } from './xlsx-workbook.ts';

/** The name of the hidden sheet that says which template a workbook was made from. */
const VERSION_SHEET = '_lingpao';

const ADVICE = [
  '填写说明 / How to fill in',
  '一行一项声明；带 ★ 的列必填；同一单元格内多个值用“；”分隔。',
  'One declaration a row; columns with ★ must be given; several values in a cell are separated by “；”.',
  '“要求”写关系、数值，如 ≥ 520、50～60、0.3±0.02；单位写在“单位”列或数值之后。',
  'A requirement is a relation and a value, such as ≥ 520, 50～60, 0.3±0.02, with its unit in its own column or behind.',
  '“性质”填功能或性能；自用的列以“#”开头，不会被读取。',
  'The kind is 功能 (function) or 性能 (performance); columns that begin with “#” are your own and are not read.',
  '示例 / Example',
];

/** A workbook to fill in: headings, drop-downs, an example on a sheet of its own, and a hidden version. */
export async function writeTemplate(category: string, columns: readonly TemplateColumn[]): Promise<Buffer> {
  const headings = columns.map(({ heading, required }) => (required ? `${heading} ★` : heading));
  const version = sha256Hex(JSON.stringify(columns)).slice(0, 16);
  return writeXlsx([
    {
      name: SHEET_NAME,
      isTable: true,
      rows: [headings],
      widths: headings.map((heading) => Math.min(30, Math.max(12, heading.length * 2 + 2))),
      choices: columns.flatMap(({ choices }, column) => (choices.length > 0 ? [{ column, values: choices }] : [])),
    },
    {
      name: '填写说明',
      rows: [...ADVICE.map((line) => [line]), headings, columns.map(({ example }) => example)],
      widths: headings.map(() => 16),
    },
    {
      name: VERSION_SHEET,
      rows: [
        ['template', '1'],
        ['category', category],
        ['version', version],
      ],
      hidden: true,
    },
  ]);
}

/** The same headings as CSV, for those who fill them from a database. */
export function writeCsvTemplate(columns: readonly TemplateColumn[]): string {
  return `\ufeff${csvLine(columns.map(({ heading }) => heading))}`;
}
