import { COMPARATORS, type Comparator } from '../../domain/indicators/requirement.ts';

/** What the form of a declaration holds: text as typed, nothing checked. Names of inputs are pointers into the content. */
export interface DeclarationForm {
  readonly subject: string;
  readonly category: string;
  readonly number: string;
  readonly name: string;
  readonly issuedOn: string;
  readonly effectiveOn: string;
  readonly products: readonly ProductRow[];
  readonly parameters: readonly ParameterRow[];
  readonly indicators: readonly IndicatorRow[];
  /** Edition of the commitment that was ticked; empty while it is not. */
  readonly commitment: string;
  readonly signer: string;
  readonly capacity: string;
}
export type ProductRow = Readonly<Record<(typeof PRODUCT_FIELDS)[number], string>>;
export type ParameterRow = Readonly<Record<(typeof PARAMETER_FIELDS)[number], string>>;
export type IndicatorRow = Readonly<Record<(typeof INDICATOR_FIELDS)[number], string>>;

export const PRODUCT_FIELDS = ['name', 'brand', 'models'] as const;
export const PARAMETER_FIELDS = ['name', 'value', 'unit'] as const;
export const INDICATOR_FIELDS = ['name', 'kind', 'comparator', 'value', 'second', 'unit', 'testMethod'] as const;
export const ROW_LISTS = ['products', 'parameters', 'indicators'] as const;
export type RowList = (typeof ROW_LISTS)[number];

/** Most rows of each list, as the content's own limits. */
const MOST_ROWS: Readonly<Record<RowList, number>> = { products: 50, parameters: 50, indicators: 200 };
/** What a select holds although nobody typed anything; a row with only these is empty. */
const PRESELECTED = ['kind', 'comparator'];

export type FormFields = Readonly<Record<string, unknown>>;

/** Reads posted fields; rows that are empty throughout are left out, so that a blank last row is no mistake. */
export function readForm(fields: FormFields): DeclarationForm {
  return {
    subject: textOf(fields['/subject']),
    category: textOf(fields['/category']),
    number: textOf(fields['/standard/number']),
    name: textOf(fields['/standard/name']),
    issuedOn: textOf(fields['/standard/issuedOn']),
    effectiveOn: textOf(fields['/standard/effectiveOn']),
    products: readRows(fields, 'products', PRODUCT_FIELDS),
    parameters: readRows(fields, 'parameters', PARAMETER_FIELDS),
    indicators: readRows(fields, 'indicators', INDICATOR_FIELDS),
    commitment: textOf(fields['/commitment/version']),
    signer: textOf(fields['/commitment/signer']),
    capacity: textOf(fields['/commitment/capacity']),
  };
}

/** The content that posted fields stand for: what the API would be sent, valid or not. */
export function readDeclarationForm(fields: FormFields): unknown {
  return contentOf(readForm(fields));
}

export function contentOf(form: DeclarationForm): unknown {
  return withoutEmpty({
    subject: form.subject,
    category: form.category,
    standard: { number: form.number, name: form.name, issuedOn: form.issuedOn, effectiveOn: form.effectiveOn },
    products: orOneEmpty(form.products).map(({ name, brand, models }) => ({ name, brand, models: linesOf(models) })),
    parameters: form.parameters,
    indicators: form.indicators,
    ...(form.commitment || form.signer || form.capacity ? { commitment: commitmentOf(form) } : {}),
  });
}

function commitmentOf({ commitment, signer, capacity }: DeclarationForm): unknown {
  return { version: commitment === '' ? '' : Number(commitment), signer, capacity };
}

/** The form of a stored draft, whoever wrote it; what does not fit is shown empty. */
export function formOf(content: unknown): DeclarationForm {
  const given = recordOf(content);
  const standard = recordOf(given['standard']);
  const signed = recordOf(given['commitment']);
  const rows = <Field extends string>(value: unknown, names: readonly Field[]) =>
    arrayOf(value).map((row) => pick(names, (field) => textOf(recordOf(row)[field])));
  return {
    subject: textOf(given['subject']),
    category: textOf(given['category']),
    number: textOf(standard['number']),
    name: textOf(standard['name']),
    issuedOn: textOf(standard['issuedOn']),
    effectiveOn: textOf(standard['effectiveOn']),
    products: arrayOf(given['products']).map((row) => {
      const { name, brand, models } = recordOf(row);
      return { name: textOf(name), brand: textOf(brand), models: arrayOf(models).map(textOf).join('\n') };
    }),
    parameters: rows(given['parameters'], PARAMETER_FIELDS),
    indicators: rows(given['indicators'], INDICATOR_FIELDS),
    commitment: textOf(signed['version']),
    signer: textOf(signed['signer']),
    capacity: textOf(signed['capacity']),
  };
}

export const EMPTY_FORM: DeclarationForm = formOf({ subject: 'product' });

/** The posted fields of a form: the inverse of `readForm`. */
export function fieldsOf(form: DeclarationForm): readonly (readonly [name: string, value: string])[] {
  const rows = ROW_LISTS.flatMap((list) =>
    form[list].flatMap((row, i) =>
      Object.entries(row).map(([field, value]): [string, string] => [`/${list}/${i}/${field}`, value]),
    ),
  );
  return [
    ['/subject', form.subject],
    ['/category', form.category],
    ['/standard/number', form.number],
    ['/standard/name', form.name],
    ['/standard/issuedOn', form.issuedOn],
    ['/standard/effectiveOn', form.effectiveOn],
    ...rows,
    ['/commitment/version', form.commitment],
    ['/commitment/signer', form.signer],
    ['/commitment/capacity', form.capacity],
  ];
}

/** `add-indicators` or `remove-indicators-2`: what a button of a list of rows asks for; null for any other button. */
export function changeRows(form: DeclarationForm, fields: FormFields, action: string): RowChange | null {
  const [, verb, list, at] = /^(add|remove)-(products|parameters|indicators)(?:-(\d{1,3}))?$/u.exec(action) ?? [];
  if (!list) return null;
  const name = list as RowList;
  // Rows are counted as they were posted, blank ones too, because the button's number is that of the page.
  const posted = postedIndices(fields, name);
  const kept =
    verb === 'add' ? form[name] : form[name].filter((_, i) => filled(fields, name, posted)[i] !== Number(at));
  return { form: { ...form, [name]: kept }, list: name, added: verb === 'add' };
}

export interface RowChange {
  readonly form: DeclarationForm;
  readonly list: RowList;
  readonly added: boolean;
}

export function asComparator(value: string): Comparator {
  return COMPARATORS.find((one) => one === value) ?? '≥';
}

function readRows<Field extends string>(fields: FormFields, list: RowList, names: readonly Field[]) {
  return filled(fields, list, postedIndices(fields, list)).map((i) =>
    pick(names, (field) => textOf(fields[`/${list}/${i}/${field}`])),
  );
}

function postedIndices(fields: FormFields, list: RowList): readonly number[] {
  const pattern = new RegExp(`^/${list}/(\\d{1,3})/`, 'u');
  const found = new Set(Object.keys(fields).flatMap((name) => pattern.exec(name)?.[1] ?? []));
  return [...found].map(Number).sort((a, b) => a - b);
}

function filled(fields: FormFields, list: RowList, indices: readonly number[]): readonly number[] {
  const names = { products: PRODUCT_FIELDS, parameters: PARAMETER_FIELDS, indicators: INDICATOR_FIELDS }[list];
  const isFilled = (i: number) =>
    names.some((field) => !PRESELECTED.includes(field) && textOf(fields[`/${list}/${i}/${field}`]).trim() !== '');
  return indices.filter(isFilled).slice(0, MOST_ROWS[list]);
}

function pick<Field extends string>(
  names: readonly Field[],
  value: (field: Field) => string,
): Readonly<Record<Field, string>> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Field, string>;
}

/** Drops empty text, so that a missing value is missing and not an empty one; lists stay. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, one]) => !(typeof one === 'string' && one.trim() === ''));
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutEmpty(one)]));
}

/** Nothing typed about products is one product with everything missing: that is what has to be said. */
function orOneEmpty(rows: readonly ProductRow[]): readonly ProductRow[] {
  return rows.length > 0 ? rows : [{ name: '', brand: '', models: '' }];
}

function linesOf(text: string): readonly string[] | string {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // No line at all is left out as empty text: "missing" is what the reader has to be told.
  return lines.length > 0 ? lines : '';
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
