import { text } from '../domain/fault.ts';
import { refuseFile } from './refusal.ts';
import { XmlReader } from './xml.ts';
import type { XlsxPackage } from './xlsx-package.ts';

/** The sheet of a template; any other workbook is read by its first visible sheet. */
export const SHEET_NAME = '声明';

/** Where the sheet to read and what it needs lie in the package. */
export interface Workbook {
  readonly sheet: string;
  readonly sheetName: string;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Days count from 1904 in workbooks of old Macs. */
  readonly since1904: boolean;
}

/** The workbook by the sheet of that name, or else its first visible one. */
export async function readWorkbook(opened: XlsxPackage, wanted: string = SHEET_NAME): Promise<Workbook> {
  const sheets: { readonly name: string; readonly id: string; readonly hidden: boolean }[] = [];
  let since1904 = false;
  readPart('xl/workbook.xml', await opened.text('xl/workbook.xml'), (name, attributes) => {
    if (name === 'sheet') {
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/u.test(key) && key !== 'sheetId')?.[1] ?? '';
      sheets.push({ name: attributes['name'] ?? '', id, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    }
    if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
  });
  const targets = new Map<string, { readonly target: string; readonly type: string }>();
  const relations = 'xl/_rels/workbook.xml.rels';
  readPart(relations, await opened.text(relations), (name, attributes) => {
    if (name !== 'Relationship') return;
    targets.set(attributes['Id'] ?? '', {
      target: resolve(attributes['Target'] ?? ''),
      type: attributes['Type'] ?? '',
    });
  });
  const chosen = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ hidden }) => !hidden);
  const sheet = targets.get(chosen?.id ?? '')?.target;
  if (!chosen || !sheet || !opened.has(sheet)) {
    throw refuseFile(
      'file.structure',
      'xl/workbook.xml',
      chosen?.name ?? null,
      text('至少一张可见的工作表', 'a visible sheet'),
      text('请使用模板', 'use the template'),
    );
  }
  const ofType = (type: string) =>
    [...targets.values()].find((one) => one.type.endsWith(`/${type}`) && opened.has(one.target))?.target ?? null;
  return { sheet, sheetName: chosen.name, sharedStrings: ofType('sharedStrings'), styles: ofType('styles'), since1904 };
}

/** A relation's target is relative to the folder xl, or begins at the root. */
function resolve(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//u, '')}`;
}

function readPart(
  name: string,
  source: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  const reader = new XmlReader(name, { open });
  reader.write(source);
  reader.end();
}

/** How numbers of a style are shown, where that changes what is read: as a day, as percent, with so many decimals. */
export type NumberForm =
  | { readonly kind: 'date' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'decimals'; readonly count: number }
  | null;

/** The number form of each cell style, by its index. */
export async function readNumberForms(opened: XlsxPackage, part: string | null): Promise<readonly NumberForm[]> {
  if (part === null) return [];
  const custom = new Map<string, string>();
  const styles: string[] = [];
  let inCellStyles = false;
  const reader = new XmlReader(part, {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '');
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) styles.push(attributes['numFmtId'] ?? '0');
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  reader.write(await opened.text(part, 16 * 1024 * 1024));
  reader.end();
  return styles.map((id) => formOf(id, custom.get(id)));
}

/** ECMA-376 part 1, 18.8.30: the formats that have no code of their own. */
function formOf(id: string, code: string | undefined): NumberForm {
  const number = Number(id);
  if (code === undefined) {
    if (
      (number >= 14 && number <= 17) ||
      number === 22 ||
      (number >= 27 && number <= 36) ||
      (number >= 50 && number <= 58)
    )
      return { kind: 'date' };
    if (number === 9 || number === 10) return { kind: 'percent' };
    return number === 2 ? { kind: 'decimals', count: 2 } : null;
  }
  // Words in quotes, brackets and after a backslash are shown as they are.
  const bare = code.slice(0, 200).replace(/"[^"]*"|\[[^\]]*\]|\\./gu, '');
  if (/[yd]/iu.test(bare)) return { kind: 'date' };
  if (bare.includes('%')) return { kind: 'percent' };
  const decimals = /^0\.(0+)(_ |;|$)/u.exec(bare)?.[1];
  return decimals ? { kind: 'decimals', count: decimals.length } : null;
}
