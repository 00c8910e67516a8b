import { type Fault, fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { foldForSearch } from '../text/fold.ts';
import { FIELD_NAMES, FIELDS, type FieldName } from './fields.ts';
import { columnName } from './sheet.ts';

/** The columns of one indicator: its name stands in the heading, or in a cell of each row (`自定指标1 名称`). */
export interface IndicatorColumns {
  readonly title: string;
  readonly parts: Readonly<Partial<Record<IndicatorPart, number>>>;
}
export interface ParameterColumns {
  readonly title: string;
  readonly value: number;
  readonly unit: number | null;
}

/** What each column of a sheet holds; columns whose heading begins with `#` or `备注` are the sender's own and not read. */
export interface SheetColumns {
  readonly headers: readonly string[];
  readonly fields: ReadonlyMap<FieldName, number>;
  readonly indicators: readonly IndicatorColumns[];
  readonly parameters: readonly ParameterColumns[];
}

const INDICATOR_PARTS = {
  name: text('名称', 'name'),
  kind: text('性质', 'kind'),
  requirement: text('要求', 'requirement'),
  unit: text('单位', 'unit'),
  method: text('试验方法', 'test method'),
} as const;
export type IndicatorPart = keyof typeof INDICATOR_PARTS;
const PARAMETER_PARTS = { unit: text('参数单位', 'parameter unit'), value: text('参数', 'parameter') } as const;
type ParameterPart = keyof typeof PARAMETER_PARTS;

/** The heading of an indicator's column, as templates write it. */
export function indicatorHeader(name: string, part: IndicatorPart): string {
  return `${name} ${INDICATOR_PARTS[part].zh}`;
}

export function parameterHeader(name: string, part: ParameterPart): string {
  return `${name} ${PARAMETER_PARTS[part].zh}`;
}

type Heading =
  | { readonly holds: 'field'; readonly field: FieldName }
  | { readonly holds: 'indicator'; readonly title: string; readonly part: IndicatorPart }
  | { readonly holds: 'parameter'; readonly title: string; readonly part: ParameterPart }
  | { readonly holds: 'nothing' };

const FIELD_TITLES: ReadonlyMap<string, FieldName> = new Map(
  FIELD_NAMES.flatMap((name) => Object.values(FIELDS[name].title).map((title): [string, FieldName] => [title, name])),
);
type PartTitle =
  | { readonly holds: 'indicator'; readonly part: IndicatorPart }
  | { readonly holds: 'parameter'; readonly part: ParameterPart };
const PART_TITLES: ReadonlyMap<string, PartTitle> = new Map([
  ...titles(INDICATOR_PARTS).map(([title, part]): [string, PartTitle] => [title, { holds: 'indicator', part }]),
  ...titles(PARAMETER_PARTS).map(([title, part]): [string, PartTitle] => [title, { holds: 'parameter', part }]),
]);
const TITLED =
  /^(?<title>\S.*?)\s+(?<part>名称|性质|要求|单位|试验方法|参数单位|参数|name|kind|requirement|(?:parameter )?unit|test method|parameter)$/iu;

function titles<Part extends string>(parts: Readonly<Record<Part, Text>>): readonly (readonly [string, Part])[] {
  return Object.entries<Text>(parts).flatMap(([part, { zh, en }]) => [
    [zh, part as Part] as const,
    [en, part as Part] as const,
  ]);
}

function readHeading(typed: string): Heading | null {
  const header = typed.trim();
  if (header === '' || /^(#|＃|备注)/u.test(header)) return { holds: 'nothing' };
  if (header.length > 200) return null;
  // A template marks what must be given.
  const folded = foldForSearch(header.replace(/\s*[*★]$/u, ''));
  const field = FIELD_TITLES.get(folded);
  if (field) return { holds: 'field', field };
  const { title, part } = TITLED.exec(header)?.groups ?? {};
  const found = part === undefined ? undefined : PART_TITLES.get(foldForSearch(part));
  if (!found || title === undefined) return null;
  return { ...found, title };
}

/** Reads the heading of a sheet. A heading that says nothing known is refused: its cells would be lost in silence. */
export function readColumns(
  headers: readonly string[],
  row: number,
  given: { readonly category: string | null },
): Result<SheetColumns, readonly Fault[]> {
  const faults: Fault[] = [];
  const complain = (column: number, code: string, expected: Text, remedy: Text) =>
    faults.push(headerFault(row, column, headers[column] ?? null, code, expected, remedy));
  const fields = new Map<FieldName, number>();
  const indicators = new Map<string, Partial<Record<IndicatorPart, number>>>();
  const parameters = new Map<string, Partial<Record<ParameterPart, number>>>();
  for (const [column, header] of headers.entries()) {
    const heading = readHeading(header);
    if (!heading) {
      complain(
        column,
        'column.unknown',
        UNKNOWN,
        text(
          '请改用模板中的列名；自用的列以“#”开头',
          'use a heading of the template; begin columns of your own with “#”',
        ),
      );
    } else if (heading.holds === 'field') {
      if (fields.has(heading.field)) complain(column, 'column.twice', ONCE, REMOVE);
      else fields.set(heading.field, column);
    } else if (heading.holds !== 'nothing') {
      const groups: Map<string, Record<string, number>> = heading.holds === 'indicator' ? indicators : parameters;
      const parts = groups.get(heading.title) ?? {};
      if (heading.part in parts) complain(column, 'column.twice', ONCE, REMOVE);
      else groups.set(heading.title, { ...parts, [heading.part]: column });
    }
  }
  for (const name of FIELD_NAMES) {
    const isNeeded = 'required' in FIELDS[name] || (name === 'category' && given.category === null);
    if (isNeeded && !fields.has(name)) faults.push(missingColumn(row, FIELDS[name].title));
  }
  const unpaired = (parts: Readonly<Record<string, number>>, title: Text) =>
    complain(
      Math.min(...Object.values(parts)),
      'column.unpaired',
      text(`同时有“${title.zh}”列`, `a column “${title.en}” beside it`),
      text('请补上该列，或删去这一列', 'add that column, or remove this one'),
    );
  for (const parts of indicators.values())
    if (parts.requirement === undefined) unpaired(parts, INDICATOR_PARTS.requirement);
  for (const parts of parameters.values()) if (parts.value === undefined) unpaired(parts, PARAMETER_PARTS.value);
  if (faults.length > 0) return err(faults);
  return ok({
    headers,
    fields,
    indicators: [...indicators].map(([title, parts]) => ({ title, parts })),
    parameters: [...parameters].map(([title, { value, unit }]) => ({ title, value: value ?? 0, unit: unit ?? null })),
  });
}

const UNKNOWN = text(
  '模板中的列名，如“标准编号”“噪声 要求”',
  'a heading of the template, such as “标准编号” or “噪声 要求”',
);
const ONCE = text('每个列名只出现一次', 'each heading once');
const REMOVE = text('请删去或改名其中一列', 'remove or rename one of the two');

function missingColumn(row: number, title: Text): Fault {
  return headerFault(
    row,
    0,
    null,
    'column.missing',
    text(`有“${title.zh}”列`, `a column “${title.zh}” (${title.en})`),
    text('请补上该列，或下载最新模板', 'add the column, or download the template'),
  );
}

function headerFault(
  row: number,
  column: number,
  header: string | null,
  code: string,
  expected: Text,
  remedy: Text,
): Fault {
  return fault(`${columnName(column)}${row}`, code, header, expected, remedy);
}
