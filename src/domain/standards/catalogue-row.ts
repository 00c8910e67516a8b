import { type Fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { type CatalogueEntry, readCatalogueEntry } from './catalogue-entry.ts';
import { type StandardStatus, statusOn } from './in-force.ts';
import { CORRECT_ENTRY, entryFault } from './import-fault.ts';
import { parseStandardNumber } from './number.ts';

type Field =
  | 'number'
  | 'nameZh'
  | 'nameEn'
  | 'property'
  | 'issuedOn'
  | 'effectiveOn'
  | 'withdrawnOn'
  | 'status'
  | 'replaces'
  | 'replacedBy'
  | 'ics'
  | 'ccs'
  | 'adopts';

/** The headers that lists of standards are printed with; the last ones are read by nobody. */
const HEADERS: Readonly<Record<string, Field | null>> = {
  编号: 'number',
  标准编号: 'number',
  标准号: 'number',
  名称: 'nameZh',
  标准名称: 'nameZh',
  中文名称: 'nameZh',
  英文名称: 'nameEn',
  属性: 'property',
  标准属性: 'property',
  标准性质: 'property',
  发布日期: 'issuedOn',
  实施日期: 'effectiveOn',
  废止日期: 'withdrawnOn',
  作废日期: 'withdrawnOn',
  状态: 'status',
  标准状态: 'status',
  代替: 'replaces',
  代替标准: 'replaces',
  被代替: 'replacedBy',
  被代替标准: 'replacedBy',
  ICS: 'ics',
  CCS: 'ccs',
  采标: 'adopts',
  采用国际标准: 'adopts',
  序号: null,
  分类: null,
  备注: null,
};

const STATUSES: ReadonlyMap<string, StandardStatus> = new Map([
  ['现行', 'current'],
  ['即将实施', 'upcoming'],
  ['废止', 'withdrawn'],
  ['作废', 'withdrawn'],
  ['被代替', 'withdrawn'],
]);
const ORDER: readonly StandardStatus[] = ['upcoming', 'current', 'withdrawn'];

/** A row of a table, with the standards that it says it takes the place of (代替). */
export interface CatalogueRow extends CatalogueEntry {
  readonly replaces: readonly Replacement[];
}

interface Replacement {
  readonly compact: string;
  readonly partial: boolean;
}

/** Which column holds what. Errors: no number or name column, one given twice, or one that is not known. */
export function readCatalogueHeader(
  header: readonly string[],
  at: string,
): Result<ReadonlyMap<Field, number>, readonly Fault[]> {
  const columns = new Map<Field, number>();
  const faults: Fault[] = [];
  for (const [i, printed] of header.entries()) {
    const name = printed.normalize('NFKC').replace(/\s/gu, '');
    if (name === '') continue;
    const field = Object.hasOwn(HEADERS, name) ? HEADERS[name] : undefined;
    if (field === null) continue;
    if (field === undefined || columns.has(field)) {
      const known = Object.keys(HEADERS).join('、');
      const expected = text(`以下列名，各一次：${known}`, `these names, each once: ${known.replaceAll('、', ', ')}`);
      faults.push(
        entryFault(at, 'column', printed, expected, text('请改正或删去该列', 'correct or remove the column')),
      );
    } else columns.set(field, i);
  }
  for (const [field, name] of [
    ['number', '编号'],
    ['nameZh', '名称'],
  ] as const) {
    if (columns.has(field)) continue;
    faults.push(
      entryFault(at, 'column', null, text(`列 ${name}`, `a column ${name}`), text('请在首行加上', 'add it to line 1')),
    );
  }
  return faults.length > 0 ? err(faults) : ok(columns);
}

/**
 * Reads one row of a table. The printed status must follow from the dates; a status that time has passed by since the table
 * was printed is no fault.
 */
export function readCatalogueRow(
  cells: readonly string[],
  columns: ReadonlyMap<Field, number>,
  day: string,
  at: string,
): Result<CatalogueRow, readonly Fault[]> {
  const cell = (field: Field) => cells[columns.get(field) ?? -1]?.trim() ?? '';
  const faults: Fault[] = [];
  const property = readProperty(cell('property'), cell('number'));
  if (property === null) faults.push(wrong(`${at}/属性`, cell('property'), text('强制性或推荐性', '强制性 or 推荐性')));
  const replaces = list(cell('replaces')).flatMap((printed): readonly Replacement[] => {
    const { number, partial } = readReplacement(printed);
    const parsed = parseStandardNumber(number, `${at}/代替`);
    if (!parsed.ok) faults.push(parsed.problem);
    return parsed.ok ? [{ compact: parsed.value.compact, partial }] : [];
  });
  const entry = readCatalogueEntry(
    {
      number: cell('number'),
      nameZh: cell('nameZh'),
      ...(cell('nameEn') ? { nameEn: cell('nameEn') } : {}),
      mandatory: property ?? false,
      ...dateOf('issuedOn', cell('issuedOn')),
      ...dateOf('effectiveOn', cell('effectiveOn')),
      ...dateOf('withdrawnOn', cell('withdrawnOn')),
      replacedBy: list(cell('replacedBy')).map(readReplacement),
      ics: list(cell('ics')),
      ccs: list(cell('ccs')),
      adopts: cell('adopts')
        .split(/[;；、\n]/u)
        .filter((part) => part.trim() !== '')
        .map(readAdoption),
    },
    at,
  );
  if (!entry.ok) faults.push(...entry.problem);
  else faults.push(...checkStatus(cell('status'), entry.value, day, at));
  return entry.ok && faults.length === 0 ? ok({ ...entry.value, replaces }) : err(faults);
}

function checkStatus(printed: string, { standard }: CatalogueEntry, day: string, at: string): readonly Fault[] {
  if (printed === '') return [];
  const said = STATUSES.get(printed);
  if (!said) {
    const known = [...STATUSES.keys()].join('、');
    return [wrong(`${at}/状态`, printed, text(`以下之一：${known}`, `one of ${known.replaceAll('、', ', ')}`))];
  }
  const byDates = statusOn(standard, day);
  if (said === 'upcoming' ? standard.effectiveOn : ORDER.indexOf(byDates) >= ORDER.indexOf(said)) return [];
  const expected =
    said === 'withdrawn'
      ? text(`状态为“${printed}”时，${day} 或更早的废止日期`, `with this status, a date of withdrawal by ${day}`)
      : said === 'upcoming'
        ? text('即将实施的标准的实施日期', 'the effective date of a standard that is upcoming')
        : text(`状态为“现行”时，${day} 或更早的实施日期`, `with this status, an effective date by ${day}`);
  const [column, date] = said === 'withdrawn' ? ['废止日期', standard.withdrawnOn] : ['实施日期', standard.effectiveOn];
  return [wrong(`${at}/${column}`, date ?? null, expected)];
}

function readProperty(printed: string, number: string): boolean | null {
  if (printed === '') {
    const parsed = parseStandardNumber(number);
    return parsed.ok && parsed.value.level === 'national' && parsed.value.mandatory;
  }
  if (/^强制性?$/u.test(printed)) return true;
  return /^(推荐性?|指导性?(技术文件)?)$/u.test(printed) ? false : null;
}

/** `GB 1-2000（部分代替）` or `部分代替 GB 1-2000`. */
function readReplacement(printed: string): { readonly number: string; readonly partial: boolean } {
  const number = printed.replace(/[(（]?(部分)?(被)?代替[)）]?|[(（]部分[)）]/gu, '').trim();
  return { number, partial: printed.includes('部分') };
}

/** `ISO 3741:2010,IDT`, `MOD ISO 3741:2010`, `等同采用 ISO 3741:2010`. */
function readAdoption(printed: string): { readonly number: string; readonly relation: string } {
  const words: readonly (readonly [RegExp, string])[] = [
    [/IDT|等同采用|等同/u, 'IDT'],
    [/MOD|修改采用|修改/u, 'MOD'],
    [/NEQ|非等效采用|非等效/u, 'NEQ'],
  ];
  const [pattern, relation] = words.find(([word]) => word.test(printed)) ?? [/$/u, ''];
  return {
    number: printed
      .replace(pattern, '')
      .replace(/[,，()（）]/gu, ' ')
      .trim(),
    relation,
  };
}

/** 2024-5-1, 2024/05/01, 2024.5.1, 20240501 and 2024年5月1日; another text stays and is refused as it is. */
function dateOf(field: string, printed: string): Readonly<Record<string, string>> {
  if (printed === '') return {};
  const parts = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/u.exec(printed.normalize('NFKC'));
  if (!parts) return { [field]: printed };
  const [, year = '', month = parts[4] ?? '', day = parts[5] ?? ''] = parts;
  return { [field]: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
}

function list(printed: string): readonly string[] {
  return printed
    .split(/[;；,，、\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wrong(at: string, found: string | null, expected: Text): Fault {
  return entryFault(at, 'row', found === '' ? null : found, expected, CORRECT_ENTRY);
}
