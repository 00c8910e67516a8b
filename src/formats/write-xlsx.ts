import { columnName } from '../domain/imports/sheet.ts';
import { MAIN, PACKAGE, RELATIONS, XML, xmlText } from './xml-text.ts';
import { packPart, writeZip } from './zip.ts';

/** A drop-down for the cells of one column, from the second row down, or of one row; other values may be typed. */
export interface Choice {
  readonly column: number;
  readonly values: readonly string[];
  /** Counted from 1. */
  readonly row?: number;
}

export interface NewSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly widths?: readonly number[];
  readonly choices?: readonly Choice[];
  /** The first row stays in sight and is printed bold; every column is text, so that digits stay as they are typed. */
  readonly isTable?: true;
  readonly hidden?: true;
}

const LAST_ROW = 5001;

/** A workbook of texts: what templates need, and nothing more. */
export async function writeXlsx(sheets: readonly NewSheet[]): Promise<Buffer> {
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes(sheets)],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', workbook(sheets)],
    ['xl/_rels/workbook.xml.rels', workbookRelations(sheets)],
    ['xl/styles.xml', STYLES],
    ...sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, worksheet(sheet)] as const),
  ];
  return writeZip(await Promise.all(parts.map(([name, content]) => packPart(name, content))));
}

function contentTypes(sheets: readonly NewSheet[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...sheets.map((_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet'] as const),
  ].map(([name, kind]) => `<Override PartName="${name}" ContentType="${type}.${kind}+xml"/>`);
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function workbook(sheets: readonly NewSheet[]): string {
  const listed = sheets.map(
    ({ name, hidden }, i) =>
      `<sheet name="${xmlText(name)}" sheetId="${i + 1}"${hidden ? ' state="veryHidden"' : ''} r:id="rId${i + 1}"/>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${listed.join('')}</sheets></workbook>`;
}

function workbookRelations(sheets: readonly NewSheet[]): string {
  const listed = sheets.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${listed.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}

// Cell styles: 0 plain, 1 text, 2 heading; 49 is the number format "@".
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function worksheet({ rows, widths = [], choices = [], isTable }: NewSheet): string {
  const view = isTable
    ? '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    : '';
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="1" customWidth="1"/>`,
  );
  const cells = rows.map((row, i) => rowXml(row, i + 1, isTable && i === 0 ? 2 : 1));
  const lists = choices.map(validation);
  return `${XML}<worksheet xmlns="${MAIN}">${view}<sheetFormatPr defaultRowHeight="16"/>${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>${cells.join('')}</sheetData>${lists.length > 0 ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : ''}</worksheet>`;
}

function rowXml(row: readonly string[], number: number, style: number): string {
  const cells = row.flatMap((value, i) =>
    value === ''
      ? []
      : [
          `<c r="${columnName(i)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`,
        ],
  );
  return `<row r="${number}">${cells.join('')}</row>`;
}

function validation({ column, values, row }: Choice): string {
  const name = columnName(column);
  // Spreadsheet programs take at most 255 characters of a list written out.
  let list = '';
  for (const value of values) {
    const next = list === '' ? value : `${list},${value}`;
    if (next.length > 250) break;
    list = next;
  }
  return `<dataValidation type="list" errorStyle="information" allowBlank="1" showErrorMessage="1" sqref="${name}${row ?? 2}:${name}${row ?? LAST_ROW}"><formula1>"${xmlText(list)}"</formula1></dataValidation>`;
}
