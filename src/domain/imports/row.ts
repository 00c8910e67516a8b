import { commitmentOn, type SignerCapacity } from '../declarations/commitment.ts';
import { DeclarationContent } from '../declarations/content.ts';
import type { Fault } from '../fault.ts';
import { COMPARATORS, parseRequirement } from '../indicators/requirement.ts';
import { findUnit } from '../indicators/units.ts';
import { err, type Result } from '../result.ts';
import { parseShape } from '../shape.ts';
import { unstorable } from '../text/storable.ts';
import type { IndicatorColumns, ParameterColumns, SheetColumns } from './columns.ts';
import { FIELD_NAMES, FIELDS, type FieldName, KIND_WORDS, wordOf } from './fields.ts';

/** Given once for all rows of a file; a cell of the row itself goes before it. */
export interface GivenForAll {
  readonly category: string | null;
  readonly signer: string | null;
  readonly capacity: SignerCapacity | null;
  /** Today in the register; which edition of the commitment is signed. */
  readonly day: string;
}

export interface ReadDeclaration {
  readonly content: Result<DeclarationContent, readonly Fault[]>;
  /** The column of what a pointer into the content names; null where no column holds it. */
  readonly columnOf: (pointer: string) => number | null;
  /** 明示: offered by the row for whatever must be stated of it. */
  readonly statement: { readonly reason: string; readonly person: string } | null;
}

/** Turns the cells of one row into what an enterprise declares; nothing is judged here but its shape. */
export function readDeclaration(cells: readonly string[], columns: SheetColumns, given: GivenForAll): ReadDeclaration {
  const cell = (column: number | null | undefined) => (column == null ? '' : (cells[column]?.trim() ?? ''));
  const field = (name: FieldName) => wordOf(name, cell(columns.fields.get(name)));
  const places = new Map<string, number>();
  for (const name of FIELD_NAMES) {
    const column = columns.fields.get(name);
    if (column !== undefined) places.set(FIELDS[name].at, column);
  }
  const indicators = columns.indicators
    .filter(({ parts }) => cell(parts.requirement) !== '')
    .map((group, i) => readIndicator(group, cell, `/indicators/${i}`, places));
  const parameters = columns.parameters
    .filter(({ value }) => cell(value) !== '')
    .map((group, i) => readParameter(group, cell, `/parameters/${i}`, places));
  const signer = field('signer') || given.signer;
  const capacity = field('capacity') || given.capacity;
  const content = {
    subject: field('subject') || 'product',
    // A list offers a code with its name after it.
    category: field('category').split(/\s/u)[0] || (given.category ?? undefined),
    standard: {
      number: field('number') || undefined,
      name: field('name') || undefined,
      ...optional('issuedOn', dateOf(field('issuedOn'))),
      effectiveOn: dateOf(field('effectiveOn')) || undefined,
      ...optional('replaces', listOf(field('replaces'))),
      ...optional('drafters', field('drafters')),
      ...optional('adopts', listOf(field('adopts')).map(adoption)),
      ...optional('references', listOf(field('references'))),
    },
    products: [
      {
        name: field('productName') || undefined,
        ...optional('genericName', field('genericName')),
        ...optional('brand', field('brand')),
        ...optional('specification', field('specification')),
        models: listOf(field('models')),
        ...optional('barcodes', listOf(field('barcodes'))),
      },
    ],
    parameters,
    indicators,
    ...(signer || capacity
      ? {
          commitment: {
            version: commitmentOn(given.day).version,
            signer: signer || undefined,
            capacity: capacity || undefined,
          },
        }
      : {}),
  };
  const [reason, person] = [field('statement'), field('statementPerson')];
  const problem = unstorable(content);
  return {
    content: problem ? err([problem]) : parseShape(DeclarationContent, content),
    columnOf: (pointer) => nearest(places, pointer),
    statement: reason && person ? { reason, person } : null,
  };
}

/** The column of a pointer or of what it stands in: a third model is in the cell of the models. */
function nearest(places: ReadonlyMap<string, number>, pointer: string): number | null {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const column = places.get(at);
    if (column !== undefined) return column;
  }
  return places.get(pointer.startsWith('/commitment') ? '/commitment/signer' : '/standard/number') ?? null;
}

function optional<Name extends string, Value extends string | readonly unknown[]>(
  name: Name,
  value: Value,
): Partial<Record<Name, Value>> {
  return (value.length > 0 ? { [name]: value } : {}) as Partial<Record<Name, Value>>;
}

function listOf(typed: string): readonly string[] {
  return typed
    .split(/[;；\n]/u)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** 2026/5/1, 2026.5.1, 20260501, 2026年5月1日: year first, so that each is one day only; what is no date stays as it is. */
export function dateOf(typed: string): string {
  const { year, month, day } =
    /^(?<year>\d{4})(?:[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?|(?<month>\d{2})(?<day>\d{2}))(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$/u.exec(
      typed.normalize('NFKC'),
    )?.groups ?? {};
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed;
}

/** `ISO 5167-1 MOD`, `ISO 5167-1（IDT）`. */
function adoption(typed: string): { readonly number: string; readonly relation: string } {
  if (typed.length > 200) return { number: typed, relation: '' };
  const { number, relation } = /^(?<number>.*\S)[\s(（]+(?<relation>[A-Za-z]{3})[)）]?$/u.exec(typed)?.groups ?? {};
  return number && relation ? { number, relation: relation.toUpperCase() } : { number: typed, relation: '' };
}

type Cell = (column: number | undefined) => string;

function readIndicator({ title, parts }: IndicatorColumns, cell: Cell, at: string, places: Map<string, number>) {
  const requirement = parts.requirement ?? 0;
  places.set(at, requirement);
  for (const [part, field] of [
    ['name', 'name'],
    ['kind', 'kind'],
    ['unit', 'unit'],
    ['method', 'testMethod'],
  ] as const) {
    const column = parts[part];
    if (column !== undefined) places.set(`${at}/${field}`, column);
  }
  const kind = cell(parts.kind);
  return {
    name: parts.name === undefined ? title : cell(parts.name) || undefined,
    kind: KIND_WORDS[kind] ?? (kind || undefined),
    ...splitRequirement(cell(requirement), cell(parts.unit)),
    ...optional('testMethod', cell(parts.method)),
  };
}

const RELATION =
  /^(?<relation>[≥≤><=＞＜＝⩾⩽≧≦]=?|不低于|不小于|至少|不高于|不大于|不超过|至多|大于|小于|等于)?\s*(?<rest>.*)$/su;
/** A number with a thousands separator, an exponent or two points: read by two people as two numbers. */
const BROKEN_NUMBER =
  /^(?<relation>[≥≤><=＞＜＝⩾⩽≧≦]=?|不低于|不小于|至少|不高于|不大于|不超过|至多|大于|小于|等于)?\s*(?<number>[+\-−]?\d+(?:\.\d+)?(?:[,，'’.]\d|[eE][+-]?\d)[\d,，'’.]*)\s*(?<symbol>.*)$/su;
const RELATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  ['≥ >= ⩾ ≧ 不低于 不小于 至少', '≤ <= ⩽ ≦ 不高于 不大于 不超过 至多', '> ＞ 大于', '< ＜ 小于', '= ＝ 等于'].flatMap(
    (words, i) => words.split(' ').map((word) => [word, COMPARATORS[i] ?? '=']),
  ),
);

/**
 * The parts of a printed requirement, with the unit of its own column where the text has none. What cannot be read is split
 * and left as typed, so that the checks of declarations say what is wrong, in the words of every other door.
 */
function splitRequirement(printed: string, unit: string) {
  // Longer than any requirement may be: not worth reading, and refused for its length.
  if (printed.length > 300) return { comparator: 'text', value: printed, unit };
  const parsed = parseRequirement(printed);
  const broken = BROKEN_NUMBER.exec(printed)?.groups;
  // "≥ 1,284 m³/h" would else be kept as words that nobody compares.
  if (parsed.ok && parsed.value.comparator === 'text' && broken) {
    const { relation = '', number = '', symbol = '' } = broken;
    return { comparator: RELATIONS[relation] ?? '=', value: number, unit: unit || symbol };
  }
  if (parsed.ok) {
    const { comparator, value, second } = parsed.value;
    const inside = parsed.value.unit;
    const isSame = inside === '' || unit === '' || findUnit(unit)?.symbol === inside;
    // Two units that differ: both are shown as the unit found, which no table has.
    return {
      comparator,
      value,
      ...(second === null ? {} : { second }),
      unit: isSame ? unit || inside : `${inside} / ${unit}`,
    };
  }
  const { relation, rest } = RELATION.exec(printed)?.groups ?? {};
  const [value = '', second] = (rest ?? printed).split(/\s*[~～±]\s*/u);
  const comparator = /[±]/u.test(printed) ? '±' : /[~～]/u.test(printed) ? '~' : (RELATIONS[relation ?? ''] ?? '=');
  return { comparator, value, ...(second === undefined ? {} : { second }), unit };
}

function readParameter({ title, value, unit }: ParameterColumns, cell: Cell, at: string, places: Map<string, number>) {
  places.set(at, value);
  if (unit !== null) places.set(`${at}/unit`, unit);
  const typed = cell(value);
  const own = unit === null ? '' : cell(unit);
  // "60 W" in one cell; anything that is no number with a unit is a word.
  const { number, symbol } = /^(?<number>[+\-−]?\d+(?:\.\d+)?)\s*(?<symbol>\S.*)$/u.exec(typed)?.groups ?? {};
  if (own === '' && number && symbol && findUnit(symbol)) return { name: title, value: number, unit: symbol };
  return { name: title, value: typed, ...(own === '' ? {} : { unit: own }) };
}
