import { DeclarationContent } from '../domain/declarations/content.ts';
import { type Fault, text } from '../domain/fault.ts';
import { readColumns, type SheetColumns } from '../domain/imports/columns.ts';
import { type GivenForAll, type ReadDeclaration, readDeclaration } from '../domain/imports/row.ts';
import { type CellFault, columnName, type SheetRow } from '../domain/imports/sheet.ts';
import { err, type Result } from '../domain/result.ts';
import { parseShape } from '../domain/shape.ts';
import { unstorable } from '../domain/text/storable.ts';
import type { Encoding } from './encoding.ts';
import { readCsv } from './read-csv.ts';
import { type JsonLine, readJsonLines } from './read-json-lines.ts';
import type { Format } from './limits.ts';
import { FileRefusal, refuseFile } from './refusal.ts';
import { readXlsx } from './read-xlsx.ts';

/** One declaration of a file, with a way back from whatever is found in it to the cell that it stands in. */
export interface ImportedRow {
  readonly row: number;
  readonly content: Result<DeclarationContent, readonly Fault[]>;
  readonly statement: ReadDeclaration['statement'];
  /** What the reader itself remarks: formulas, error values. */
  readonly remarks: readonly CellFault[];
  /** Names the cell of a fault. */
  readonly place: (fault: Fault) => CellFault;
}

export interface ImportedFile {
  readonly format: Format;
  readonly encoding: Encoding;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The declarations of a CSV, JSON-lines or XLSX file, one at a time; the same for the service and for the command line.
 * Throws FileRefusal where the file as a whole is refused.
 */
export async function* readDeclarations(file: ImportedFile, given: GivenForAll): AsyncGenerator<ImportedRow> {
  if (file.format === 'jsonl') {
    for await (const line of readJsonLines(file.bytes, file.encoding)) yield fromJson(line);
    return;
  }
  const rows = file.format === 'csv' ? readCsv(file.bytes, file.encoding) : readXlsx(file.bytes);
  let columns: SheetColumns | null = null;
  for await (const row of rows) {
    if (columns) yield fromSheet(row, columns, given);
    else columns = headingOf(row, given);
  }
  if (!columns)
    throw refuseFile(
      'file.empty',
      '',
      null,
      text('第一行为列名', 'a heading in its first row'),
      text('请使用模板', 'use the template'),
    );
}

function headingOf({ cells, row }: SheetRow, given: GivenForAll): SheetColumns {
  // What trails empty behind the last heading is no column.
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  const columns = readColumns(cells.slice(0, last + 1), row, given);
  if (!columns.ok) throw new FileRefusal(columns.problem);
  return columns.value;
}

function fromSheet({ row, cells, remarks = [] }: SheetRow, columns: SheetColumns, given: GivenForAll): ImportedRow {
  const { content, columnOf, statement } = readDeclaration(cells, columns, given);
  const at = (column: number | null) => ({
    row,
    column,
    header: column === null ? null : (columns.headers[column] ?? null),
    at: `${column === null ? '' : columnName(column)}${row}`,
  });
  const remarked = remarks.map(({ column, kind }) => ({
    ...REMARKS[kind],
    ...at(column),
    found: cells[column] ?? null,
  }));
  return {
    row,
    content: stray(cells, columns) ?? content,
    statement,
    remarks: remarked,
    place: (fault) => ({ ...fault, severity: fault.severity ?? 'refuse', ...at(columnOf(fault.at)) }),
  };
}

/** More cells than headings: a comma too many moves every cell behind it, so nothing of the row can be trusted. */
function stray(cells: readonly string[], { headers }: SheetColumns): ImportedRow['content'] | null {
  const column = cells.findLastIndex((cell) => cell.trim() !== '');
  if (column < headers.length) return null;
  return err([
    {
      at: '',
      code: 'row.cells',
      found: `${columnName(column)}: ${cells[column]?.slice(0, 100)}`,
      expected: text(
        `至多 ${headers.length} 个单元格，与列名一一对应`,
        `at most ${headers.length} cells, one for each heading`,
      ),
      remedy: text('请检查该行是否多了分隔符', 'look for a separator too many in this row'),
    },
  ]);
}

function fromJson({ row, value }: JsonLine): ImportedRow {
  const place = (fault: Fault): CellFault => ({
    ...fault,
    severity: fault.severity ?? 'refuse',
    row,
    column: null,
    header: null,
    at: `${row}#${fault.at}`,
  });
  return { row, content: contentOf(value), statement: null, remarks: [], place };
}

function contentOf(value: JsonLine['value']): ImportedRow['content'] {
  if (!value.ok) return err([value.problem]);
  const problem = unstorable(value.value);
  return problem ? err([problem]) : parseShape(DeclarationContent, value.value);
}

const REMARKS = {
  formula: {
    code: 'cell.formula',
    severity: 'note',
    expected: text('数值本身；已采用公式上次算出的结果', 'a plain value; the last result of the formula was taken'),
    remedy: text('请核对该值，或粘贴为数值', 'check it, or paste it as a value'),
  },
  'formula-empty': {
    code: 'cell.formula-empty',
    severity: 'refuse',
    expected: text('数值本身；该公式没有保存结果', 'a plain value; the formula carries no result'),
    remedy: text(
      '请用表格软件打开并保存，或粘贴为数值',
      'open and save it with a spreadsheet program, or paste it as a value',
    ),
  },
  error: {
    code: 'cell.error',
    severity: 'refuse',
    expected: text('没有错误值的单元格', 'a cell without an error value'),
    remedy: text('请改正公式，或填写数值', 'correct the formula, or give the value'),
  },
} as const;
