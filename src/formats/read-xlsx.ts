import { buffer } from 'node:stream/consumers';
import { text } from '../domain/fault.ts';
import { columnIndex, columnName, type SheetRow } from '../domain/imports/sheet.ts';
import { LIMITS } from './limits.ts';
import { tooMany } from './refusal.ts';
import { type CellType, cellText } from './xlsx-cell.ts';
import { openXlsx, type XlsxPackage } from './xlsx-package.ts';
import { type NumberForm, readNumberForms, readWorkbook } from './xlsx-workbook.ts';
import { XmlReader } from './xml.ts';

/** Characters of all shared strings together: 32 MiB in memory. */
const MOST_SHARED = 16 * 1024 * 1024;
const MOST_CELLS = LIMITS.workbookRows * LIMITS.columns;

/** The filled rows of a workbook's sheet, behind the gate; read part by part, so that a large one holds nobody up. */
export async function* readXlsx(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SheetRow> {
  const opened = await openXlsx(await takeAll(bytes));
  const { sheet, sharedStrings, styles, since1904 } = await readWorkbook(opened);
  const forms = await readNumberForms(opened, styles);
  const shared = await readSharedStrings(opened, sharedStrings);
  const reading = new SheetReading(sheet, { forms, shared, since1904 });
  for await (const chunk of opened.open(sheet)) yield* reading.write(chunk);
  yield* reading.end();
}

/** The filled rows of several sheets by their names; a sheet that the workbook lacks is left out. */
export async function readSheets(
  bytes: AsyncIterable<Uint8Array>,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly SheetRow[]>> {
  const opened = await openXlsx(await takeAll(bytes));
  const sheets = new Map<string, readonly SheetRow[]>();
  let shared: readonly string[] | null = null;
  for (const name of names) {
    const { sheet, sheetName, sharedStrings, styles, since1904 } = await readWorkbook(opened, name);
    if (sheetName !== name) continue;
    shared ??= await readSharedStrings(opened, sharedStrings);
    const reading = new SheetReading(sheet, { forms: await readNumberForms(opened, styles), shared, since1904 });
    const rows: SheetRow[] = [];
    for await (const chunk of opened.open(sheet)) rows.push(...reading.write(chunk));
    sheets.set(name, [...rows, ...reading.end()]);
  }
  return sheets;
}

async function takeAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  async function* counted() {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > LIMITS.workbookBytes)
        throw tooMany('file.too-large', '', `> ${LIMITS.workbookBytes}`, LIMITS.workbookBytes, text('字节', 'bytes'));
      yield chunk;
    }
  }
  return buffer(counted());
}

/** Shared strings by their index; of runs the texts are joined, and phonetic hints left out. */
async function readSharedStrings(opened: XlsxPackage, part: string | null): Promise<readonly string[]> {
  if (part === null) return [];
  const strings: string[] = [];
  let size = 0;
  let current = '';
  let inText = false;
  let inPhonetic = false;
  const reader = new XmlReader(part, {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') inPhonetic = true;
      inText = name === 't' && !inPhonetic;
    },
    text(value) {
      if (inText) current += value;
    },
    close(name) {
      if (name === 'rPh') inPhonetic = false;
      if (name === 't') inText = false;
      if (name !== 'si') return;
      size += current.length;
      strings.push(current);
      if (size > MOST_SHARED || strings.length > MOST_CELLS)
        throw tooMany('file.strings', part, String(size), MOST_SHARED, text('个字符的文字', 'characters of text'));
    },
  });
  for await (const chunk of opened.open(part)) reader.write(chunk);
  reader.end();
  return strings;
}

interface Context {
  readonly forms: readonly NumberForm[];
  readonly shared: readonly string[];
  readonly since1904: boolean;
}

/** What is known of the cell that is being read. */
interface OpenCell {
  readonly column: number;
  readonly type: CellType;
  readonly form: NumberForm;
  value: string | null;
  inline: string;
  hasFormula: boolean;
}

class SheetReading {
  readonly #reader: XmlReader;
  readonly #context: Context;
  #done: SheetRow[] = [];
  #row = 0;
  #filled = 0;
  #cells: string[] = [];
  #remarks: NonNullable<SheetRow['remarks']>[number][] = [];
  #cell: OpenCell | null = null;
  #column = -1;
  #into: 'value' | 'inline' | null = null;

  constructor(part: string, context: Context) {
    this.#context = context;
    this.#reader = new XmlReader(part, {
      open: (name, attributes) => this.#open(name, attributes),
      text: (value) => this.#text(value),
      close: (name) => this.#close(name),
    });
  }

  write(chunk: Uint8Array): readonly SheetRow[] {
    this.#reader.write(chunk);
    return this.#done.splice(0);
  }

  end(): readonly SheetRow[] {
    this.#reader.end();
    return this.#done.splice(0);
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      const given = Number(attributes['r'] ?? this.#row + 1);
      this.#row = Number.isSafeInteger(given) && given > 0 ? given : this.#row + 1;
      this.#column = -1;
    } else if (name === 'c') {
      const given = columnIndex(/^[A-Z]+/u.exec(attributes['r'] ?? '')?.[0] ?? '');
      this.#column = given === -1 ? this.#column + 1 : given;
      const type = (attributes['t'] ?? 'n') as CellType;
      const form = this.#context.forms[Number(attributes['s'] ?? 0)] ?? null;
      this.#cell = { column: this.#column, type, form, value: null, inline: '', hasFormula: false };
    } else if (this.#cell && name === 'f') this.#cell.hasFormula = true;
    else if (this.#cell && name === 'v') this.#into = 'value';
    else if (this.#cell && name === 't') this.#into = 'inline';
    else if (name === 'rPh') this.#into = null;
  }

  #text(value: string): void {
    if (!this.#cell || !this.#into) return;
    if (this.#into === 'value') this.#cell.value = (this.#cell.value ?? '') + value;
    else this.#cell.inline += value;
  }

  #close(name: string): void {
    if (name === 'v' || name === 't') this.#into = null;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (!cell) return;
    const shown = cellText(cell, this.#context);
    const { column } = cell;
    if (cell.type === 'e') this.#remarks.push({ column, kind: 'error' });
    else if (cell.hasFormula)
      this.#remarks.push({ column, kind: shown === '' && cell.type !== 'str' ? 'formula-empty' : 'formula' });
    if (shown === '') return;
    const at = `${columnName(column)}${this.#row}`;
    if (column >= LIMITS.columns)
      throw tooMany('file.columns', at, String(column + 1), LIMITS.columns, text('列', 'columns'));
    if (shown.length > LIMITS.cell)
      throw tooMany('file.cell', at, String(shown.length), LIMITS.cell, text('个字符的单元格', 'characters in a cell'));
    while (this.#cells.length < column) this.#cells.push('');
    this.#cells[column] = shown;
  }

  #endRow(): void {
    const [cells, remarks] = [this.#cells, this.#remarks];
    this.#cells = [];
    this.#remarks = [];
    if (cells.length === 0 && remarks.length === 0) return;
    this.#filled += 1;
    // The heading is no row of the limit.
    if (this.#filled > LIMITS.workbookRows + 1)
      throw tooMany(
        'file.rows',
        String(this.#row),
        `> ${LIMITS.workbookRows}`,
        LIMITS.workbookRows,
        text('行', 'rows'),
      );
    this.#done.push({ row: this.#row, cells, ...(remarks.length > 0 ? { remarks } : {}) });
  }
}
