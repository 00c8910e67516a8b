import {
  FACT_COLUMNS,
  INDICATOR_COLUMNS,
  LEVEL_COLUMNS,
  REQUIREMENT_COLUMNS,
  type Column,
} from '../domain/schemes/columns.ts';
import { SCHEME_SHEETS, type SchemeSheets, type SheetRows } from '../domain/schemes/sheets.ts';
import { type Choice, type NewSheet, writeXlsx } from './write-xlsx.ts';

const ADVICE = [
  '填写说明 / How to fill in',
  '“方案”一行一项；“指标”一行一个指标；“水平”一行一套限值，以指标代号对应；“基本要求”一行一条。“示例”各表为填好的样子，不会被读取。',
  'One fact a row in 方案, one indicator a row in 指标, one set of thresholds a row in 水平 (named by the indicator’s code), one requirement a row in 基本要求. The sheets that begin with 示例 are a filled example and are not read.',
  '多个值用“；”分隔。条件写参数、符号和值，如：额定制热量 ≤ 6 kW；型式 = 壁挂式|柜式。文字本身含“；”等符号时，在符号前加“\\”。',
  'Several values are separated by “；”. A condition is a parameter, a sign and a value: 额定制热量 ≤ 6 kW；型式 = 壁挂式|柜式. A sign that is meant as itself stands behind “\\”.',
  '更低各档写名称与限值，如：4级 = 2.80；5级 = 2.60（未核对）。区间写 20～30；趋近目标时写允许的最大偏差。',
  'Lower tiers are names and thresholds: 4级 = 2.80；5级 = 2.60（未核对）. A range is 20～30; near a target, the greatest deviation.',
  '评估不向企业收费，也不以团体标准为前提，故没有这两项。自用的列以“#”开头。',
  'No fee is taken for an assessment and no association standard is needed, so there are no fields for them. Columns of your own begin with “#”.',
];

/** A scheme as a workbook of its four sheets, with drop-downs and how to fill them in. */
export function writeSchemeWorkbook(sheets: SchemeSheets): Promise<Buffer> {
  return writeXlsx([...ownSheets(sheets), { name: '填写说明', rows: ADVICE.map((line) => [line]), widths: [120] }]);
}

/** The empty workbook, with a filled example on sheets of its own. */
export function writeSchemeTemplate(empty: SchemeSheets, example: SchemeSheets): Promise<Buffer> {
  return writeXlsx([
    ...ownSheets(empty),
    { name: '填写说明', rows: ADVICE.map((line) => [line]), widths: [120] },
    ...ownSheets(example).map((sheet) => ({ ...sheet, name: `示例-${sheet.name}`, choices: [] })),
  ]);
}

function ownSheets({ facts, indicators, levels, requirements }: SchemeSheets): readonly NewSheet[] {
  return [
    {
      name: SCHEME_SHEETS.facts,
      isTable: true,
      rows: facts,
      widths: [24, 50, 60],
      choices: FACT_COLUMNS.flatMap(({ choices = [] }, i) =>
        choices.length > 0 ? [{ column: 1, values: labels(choices), row: i + 2 }] : [],
      ),
    },
    table(SCHEME_SHEETS.indicators, indicators, INDICATOR_COLUMNS, 0),
    table(SCHEME_SHEETS.levels, levels, LEVEL_COLUMNS, 1),
    table(SCHEME_SHEETS.requirements, requirements, REQUIREMENT_COLUMNS, 0),
  ];
}

function table(name: string, rows: SheetRows, columns: readonly Column[], before: number): NewSheet {
  return {
    name,
    isTable: true,
    rows,
    widths: (rows[0] ?? []).map((heading) => Math.max(12, heading.length * 2 + 2)),
    choices: columns.flatMap(({ choices = [] }, i): readonly Choice[] =>
      choices.length > 0 ? [{ column: i + before, values: labels(choices) }] : [],
    ),
  };
}

function labels(choices: NonNullable<Column['choices']>): readonly string[] {
  return choices.map(({ label }) => label.zh);
}
