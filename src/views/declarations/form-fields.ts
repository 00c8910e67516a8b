/** The five tasks of declaring; each holds its own part of a draft, in any order. */
export const TASKS = ['standard', 'products', 'indicators', 'text', 'submit'] as const;
export type Task = (typeof TASKS)[number];

/** Inputs of one value. Their names are pointers into the draft. */
export const FIELDS: Readonly<Record<Task, readonly string[]>> = {
  standard: [
    '/standard/number',
    '/standard/name',
    '/standard/issuedOn',
    '/standard/effectiveOn',
    '/standard/replaces',
    '/standard/drafters',
    '/standard/references',
    '/migratedFrom/platform',
    '/migratedFrom/id',
    '/migratedFrom/publishedOn',
    '/migratedFrom/address',
    '/draft/change/reason',
  ],
  products: ['/subject', '/category'],
  indicators: [],
  text: ['/draft/text'],
  submit: ['/commitment/version', '/commitment/signer', '/commitment/capacity'],
};

interface ListOf {
  readonly task: Task;
  /** Pointer of the list; `/list/3/name` is one input of a row. */
  readonly at: string;
  readonly columns: readonly string[];
}

/** Lists of rows, by the last step of their pointer. Columns stand in the order in which a spreadsheet is pasted. */
export const LISTS = {
  adopts: { task: 'standard', at: '/standard/adopts', columns: ['number', 'relation'] },
  jointWith: { task: 'standard', at: '/standard/jointWith', columns: ['enterprise', 'number'] },
  products: {
    task: 'products',
    at: '/products',
    columns: ['name', 'genericName', 'brand', 'specification', 'models', 'barcodes'],
  },
  parameters: { task: 'products', at: '/parameters', columns: ['name', 'value', 'unit'] },
  indicators: {
    task: 'indicators',
    at: '/indicators',
    columns: ['name', 'kind', 'comparator', 'value', 'second', 'unit', 'testMethod', 'note', 'raw'],
  },
  statements: { task: 'submit', at: '/statements', columns: ['code', 'about', 'reason', 'person'] },
  waivers: { task: 'submit', at: '/waivers', columns: ['code', 'about', 'reason', 'person'] },
} as const satisfies Readonly<Record<string, ListOf>>;
export type RowList = keyof typeof LISTS;
/** Lists that are typed as rows; answers to findings stand at what they answer. */
export type TypedList = Exclude<RowList, 'statements' | 'waivers'>;
export const ROW_LISTS = Object.keys(LISTS) as readonly RowList[];

/** Boxes of lines: one entry on each line. */
const SEVERAL: readonly string[] = ['/standard/replaces', '/standard/references', 'models', 'barcodes'];
/** What an input holds although nobody typed anything; a row with only these is blank. */
const PRESELECTED: readonly string[] = ['kind', 'comparator', 'relation', 'code', 'about'];

/** Text as typed, by column; `rest` is the JSON of what no input shows, so that it stays with its row. */
export type Row = Readonly<Record<string, string>>;

/** What the form of some tasks holds: text as typed, nothing checked. */
export interface DeclarationForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly rows: Readonly<Partial<Record<RowList, readonly Row[]>>>;
}

export type FormFields = Readonly<Record<string, unknown>>;

export function listsOf(task: Task): readonly RowList[] {
  return ROW_LISTS.filter((list) => LISTS[list].task === task);
}

/** Reads the posted fields of some tasks; blank rows are left out, so that a blank last row is no mistake. */
export function readForm(posted: FormFields, tasks: readonly Task[] = TASKS, keepsBlank = false): DeclarationForm {
  const names = tasks.flatMap((task) => FIELDS[task]);
  const lists = tasks.flatMap(listsOf);
  return {
    fields: Object.fromEntries(names.map((name) => [name, textOf(posted[name])])),
    rows: Object.fromEntries(lists.map((list) => [list, readRows(posted, list, keepsBlank)])),
  };
}

/** The form of a stored draft, whoever wrote it; what does not fit an input is shown empty. */
export function formOf(draft: unknown, tasks: readonly Task[] = TASKS): DeclarationForm {
  const names = tasks.flatMap((task) => FIELDS[task]);
  const rows = (list: RowList): readonly Row[] =>
    arrayOf(valueAt(draft, LISTS[list].at)).map((row) => rowOf(list, row));
  return {
    fields: Object.fromEntries(names.map((name) => [name, shownText(valueAt(draft, name))])),
    rows: Object.fromEntries(tasks.flatMap(listsOf).map((list) => [list, rows(list)])),
  };
}

/** The posted fields of a form: the inverse of `readForm`. */
export function fieldsOf(form: DeclarationForm): readonly (readonly [name: string, value: string])[] {
  const rows = ROW_LISTS.flatMap((list) =>
    (form.rows[list] ?? []).flatMap((row, i) =>
      Object.entries(row).map(([column, value]): [string, string] => [`${LISTS[list].at}/${i}/${column}`, value]),
    ),
  );
  return [...Object.entries(form.fields), ...rows];
}

/**
 * The draft with what was typed in it. Whatever was not changed stays as the draft holds it, also what no input can show:
 * a draft that a program wrote loses nothing when a person saves a part of it.
 */
export function mergeForm(draft: unknown, form: DeclarationForm): Readonly<Record<string, unknown>> {
  let merged = recordOf(draft);
  for (const [at, typed] of Object.entries(form.fields)) {
    if (typed !== shownText(valueAt(draft, at))) merged = withValue(merged, stepsOf(at), valueOf(at, typed));
  }
  for (const [name, rows] of Object.entries(form.rows)) {
    const list = name as RowList;
    const before = valueAt(draft, LISTS[list].at);
    if (rows.length === 0 && arrayOf(before).length === 0) continue;
    merged = withValue(merged, stepsOf(LISTS[list].at), rows.map(mergedRow));
  }
  return merged;
}

/** `add-indicators` or `remove-indicators-2`: what a button of a list of rows asks for; null for any other button. */
export function changeRows(form: DeclarationForm, posted: FormFields, action: string): RowChange | null {
  const [, verb, list, at] = /^(add|remove)-(\w+?)(?:-(\d{1,3}))?$/u.exec(action) ?? [];
  const name = ROW_LISTS.find((known) => known === list);
  const rows = name && form.rows[name];
  if (!name || !rows) return null;
  if (verb === 'add') return { form, list: name, added: true };
  // Rows are counted as they were posted, blank ones too, because the button's number is that of the page.
  const places = filledPlaces(posted, name);
  const kept = rows.filter((_, i) => places[i] !== Number(at));
  return { form: { ...form, rows: { ...form.rows, [name]: kept } }, list: name, added: false };
}

export interface RowChange {
  readonly form: DeclarationForm;
  readonly list: RowList;
  readonly added: boolean;
}

/** Whether nothing was typed in a task; a preselected input is nothing. */
export function isUntouched(form: DeclarationForm): boolean {
  const isBlank = Object.entries(form.fields).every(([at, typed]) => at === '/subject' || typed.trim() === '');
  return isBlank && Object.values(form.rows).every((rows) => rows.every(isBlankRow));
}

/** Entries of a box of lines. */
export function linesOf(typed: string): readonly string[] {
  return typed.split('\n').flatMap((line) => line.trim() || []);
}

function rowOf(list: RowList, row: unknown): Row {
  const given = recordOf(row);
  const typed = Object.fromEntries(LISTS[list].columns.map((column) => [column, shownText(given[column])]));
  const rest = Object.entries(given).filter(([key]) => (typed[key] ?? '') === '');
  return { ...typed, rest: rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : '' };
}

function mergedRow({ rest = '', ...typed }: Row): unknown {
  const values = Object.entries(typed).map(([column, value]) => [column, valueOf(column, value)]);
  return { ...restOf(rest), ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) };
}

function restOf(json: string): Readonly<Record<string, unknown>> {
  try {
    return json === '' ? {} : recordOf(JSON.parse(json));
  } catch {
    return {};
  }
}

function readRows(posted: FormFields, list: RowList, keepsBlank: boolean): readonly Row[] {
  const columns = [...LISTS[list].columns, 'rest'];
  const places = keepsBlank ? postedPlaces(posted, list) : filledPlaces(posted, list);
  return places.map((i) => rowAt(posted, list, i, columns));
}

function rowAt(posted: FormFields, list: RowList, i: number, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, textOf(posted[`${LISTS[list].at}/${i}/${column}`])]));
}

function postedPlaces(posted: FormFields, list: RowList): readonly number[] {
  const pattern = new RegExp(`^${LISTS[list].at}/(\\d{1,3})/`, 'u');
  const found = new Set(Object.keys(posted).flatMap((name) => pattern.exec(name)?.[1] ?? []));
  return [...found].map(Number).sort((a, b) => a - b);
}

function filledPlaces(posted: FormFields, list: RowList): readonly number[] {
  return postedPlaces(posted, list).filter(
    (i) => !isBlankRow(rowAt(posted, list, i, [...LISTS[list].columns, 'rest'])),
  );
}

function isBlankRow(row: Row): boolean {
  return Object.entries(row).every(([column, typed]) => PRESELECTED.includes(column) || typed.trim() === '');
}

/** What an input's text stands for; undefined where nothing was typed, so that a missing value is missing. */
function valueOf(name: string, typed: string): unknown {
  if (SEVERAL.includes(name)) return linesOf(typed).length > 0 ? linesOf(typed) : undefined;
  if (typed.trim() === '') return undefined;
  return name === '/commitment/version' && /^\d{1,6}$/u.test(typed) ? Number(typed) : typed;
}

function shownText(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value);
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}

function stepsOf(at: string): readonly string[] {
  return at.split('/').slice(1);
}

function valueAt(value: unknown, at: string): unknown {
  return stepsOf(at).reduce((inner, step) => recordOf(inner)[step], value);
}

/** A copy with one value set, or taken out together with an object that holds nothing else. */
function withValue(
  record: Readonly<Record<string, unknown>>,
  [step = '', ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const inner = rest.length > 0 ? withValue(recordOf(record[step]), rest, value) : value;
  const isEmpty = inner === undefined || (rest.length > 0 && Object.keys(inner as object).length === 0);
  const { [step]: _old, ...others } = record;
  return isEmpty ? others : { ...record, [step]: inner };
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}
