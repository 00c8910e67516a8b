import { type Fault, fault, text } from '../fault.ts';
import { columnName, type SheetRow } from '../imports/sheet.ts';
import { err, ok, type Result } from '../result.ts';
import { type Loose, readCells, writeCells } from './cells.ts';
import { type Column, FACT_COLUMNS, INDICATOR_COLUMNS, LEVEL_COLUMNS, REQUIREMENT_COLUMNS } from './columns.ts';
import { listOf } from './draft.ts';

/** The four sheets of a scheme; in that of the levels, the first column names the indicator. */
export const SCHEME_SHEETS = { facts: '方案', indicators: '指标', levels: '水平', requirements: '基本要求' } as const;
const FACT_HEADINGS = ['项目', '内容', '说明'];
const OF_INDICATOR = '指标代号';

export type SheetRows = readonly (readonly string[])[];
export interface SchemeSheets {
  readonly facts: SheetRows;
  readonly indicators: SheetRows;
  readonly levels: SheetRows;
  readonly requirements: SheetRows;
}

/** A scheme, or a draft of one, as the rows of its sheets, headings first. */
export function writeSheets(scheme: Loose): SchemeSheets {
  const facts = writeCells(FACT_COLUMNS, scheme);
  const indicators = listOf(scheme, 'indicators');
  return {
    facts: [
      FACT_HEADINGS,
      ...FACT_COLUMNS.map(({ path, label, hint }) => [label.zh, facts[path] ?? '', hint?.zh ?? '']),
    ],
    indicators: [headings(INDICATOR_COLUMNS), ...indicators.map((one) => rowOf(INDICATOR_COLUMNS, one))],
    levels: [
      [OF_INDICATOR, ...headings(LEVEL_COLUMNS)],
      ...indicators.flatMap((one) =>
        listOf(one, 'levels').map((levels) => [String(one['code'] ?? ''), ...rowOf(LEVEL_COLUMNS, levels)]),
      ),
    ],
    requirements: [
      headings(REQUIREMENT_COLUMNS),
      ...listOf(scheme, 'requirements').map((one) => rowOf(REQUIREMENT_COLUMNS, one)),
    ],
  };
}

function headings(columns: readonly Column[]): readonly string[] {
  return columns.map(({ label }) => label.zh);
}

function rowOf(columns: readonly Column[], object: Loose): readonly string[] {
  const cells = writeCells(columns, object);
  return columns.map(({ path }) => cells[path] ?? '');
}

export interface ReadSheets {
  /** What the sheets say, as the content of a draft; cells that cannot be read are in it as they were typed. */
  readonly content: Loose;
  /** The cell of a pointer into the content: `指标!F3`; the nearest one that is known. */
  readonly cellOf: (pointer: string) => string;
}

/** Reads the sheets by their headings, in any order of columns. Refused: a sheet or a heading that is not there or unknown. */
export function readSheets(sheets: ReadonlyMap<string, readonly SheetRow[]>): Result<ReadSheets, readonly Fault[]> {
  const places = new Map<string, string>();
  const faults: Fault[] = [];
  const facts = readFacts(sheets.get(SCHEME_SHEETS.facts), places, faults);
  const table = (sheet: 'indicators' | 'levels' | 'requirements', columns: readonly Column[]) =>
    readTable(SCHEME_SHEETS[sheet], sheets.get(SCHEME_SHEETS[sheet]), columns, faults);
  const indicators = table('indicators', INDICATOR_COLUMNS);
  const requirements = table('requirements', REQUIREMENT_COLUMNS);
  const levels = table('levels', [OF_INDICATOR_COLUMN, ...LEVEL_COLUMNS]);
  const codes = indicators.map(({ cells }) => (cells['code'] ?? '').trim());
  for (const { cells, cellAt } of levels) {
    const code = (cells['of'] ?? '').trim();
    if (codes.includes(code)) continue;
    const known = text(`“指标”表中的代号：${codes.join('、')}`, `a code of the sheet 指标: ${codes.join(', ')}`);
    faults.push(fault(cellAt('of'), 'cell.unknown-indicator', code || null, known, CORRECT));
  }
  if (faults.length > 0) return err(faults);
  const content = {
    ...facts,
    ...(requirements.length > 0
      ? { requirements: requirements.map((row, i) => placed(row, REQUIREMENT_COLUMNS, `/requirements/${i}`, places)) }
      : {}),
    indicators: indicators.map((row, i) => ({
      ...placed(row, INDICATOR_COLUMNS, `/indicators/${i}`, places),
      levels: levels
        .filter(({ cells }) => (cells['of'] ?? '').trim() === codes[i])
        .map((one, j) => placed(one, LEVEL_COLUMNS, `/indicators/${i}/levels/${j}`, places)),
    })),
  };
  return ok({ content, cellOf: (pointer) => nearest(pointer, places) });
}

const OF_INDICATOR_COLUMN: Column = { path: 'of', label: text(OF_INDICATOR, 'Indicator'), kind: 'text' };
const CORRECT = text('请改正这一格，或使用模板', 'correct this cell, or use the template');

interface TableRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly cellAt: (path: string) => string;
}

function placed(row: TableRow, columns: readonly Column[], at: string, places: Map<string, string>): Loose {
  places.set(at, row.cellAt(columns[0]?.path ?? ''));
  for (const { path } of columns) places.set(`${at}/${path}`, row.cellAt(path));
  return readCells(columns, row.cells);
}

function readFacts(rows: readonly SheetRow[] | undefined, places: Map<string, string>, faults: Fault[]): Loose {
  if (!rows) {
    faults.push(missingSheet(SCHEME_SHEETS.facts));
    return {};
  }
  const cells: Record<string, string> = {};
  for (const { row, cells: found } of rows) {
    const label = (found[0] ?? '').trim();
    if (label === '' || label === FACT_HEADINGS[0]) continue;
    const column = FACT_COLUMNS.find((one) => one.label.zh === label);
    if (column) {
      cells[column.path] = found[1] ?? '';
      places.set(`/${column.path}`, `${SCHEME_SHEETS.facts}!B${row}`);
    } else faults.push(unknownHeading(`${SCHEME_SHEETS.facts}!A${row}`, label, FACT_COLUMNS));
  }
  return readCells(FACT_COLUMNS, cells);
}

function readTable(
  sheet: string,
  rows: readonly SheetRow[] | undefined,
  columns: readonly Column[],
  faults: Fault[],
): readonly TableRow[] {
  const [heading, ...body] = rows ?? [];
  if (!heading) {
    if (sheet !== SCHEME_SHEETS.requirements) faults.push(missingSheet(sheet));
    return [];
  }
  const columnOf = new Map<string, number>();
  heading.cells.forEach((cell, i) => {
    const label = cell.trim();
    const column = columns.find((one) => one.label.zh === label);
    if (column) columnOf.set(column.path, i);
    // Columns of one's own begin with #, as in every template of the register.
    else if (label !== '' && !label.startsWith('#'))
      faults.push(unknownHeading(`${sheet}!${columnName(i)}${heading.row}`, label, columns));
  });
  return body
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ row, cells }) => ({
      cells: Object.fromEntries([...columnOf].map(([path, i]) => [path, cells[i] ?? ''])),
      cellAt: (path) => `${sheet}!${columnName(columnOf.get(path) ?? 0)}${row}`,
    }));
}

function missingSheet(sheet: string): Fault {
  const expected = text(`工作表“${sheet}”`, `the sheet ${sheet}`);
  return fault(`${sheet}!A1`, 'sheet.missing', null, expected, text('请使用模板', 'use the template'));
}

function unknownHeading(at: string, found: string, columns: readonly Column[]): Fault {
  const known = columns.map(({ label }) => label.zh).join('、');
  return fault(at, 'sheet.unknown-heading', found, text(`以下之一：${known}`, `one of ${known}`), CORRECT);
}

/** Faults point deeper than cells go, and at what was never typed: then the cell of what holds it is named. */
function nearest(pointer: string, places: ReadonlyMap<string, string>): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at) ?? [...places].find(([known]) => known.startsWith(`${at}/`))?.[1];
    if (place) return place;
  }
  return `${SCHEME_SHEETS.facts}!A1`;
}
