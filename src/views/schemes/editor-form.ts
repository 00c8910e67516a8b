import { type Loose, readCells, valueAt, writeCell } from '../../domain/schemes/cells.ts';
import {
  type Column,
  FACT_COLUMNS,
  INDICATOR_COLUMNS,
  LEVEL_COLUMNS,
  REQUIREMENT_COLUMNS,
} from '../../domain/schemes/columns.ts';
import { isLoose, listOf } from '../../domain/schemes/draft.ts';

/** The form as it was posted; its fields are named by pointers into the draft. */
export type EditorFields = Readonly<Record<string, string>>;

/** The content that a form means; what a program put into the draft beside the form's own fields stays. */
export function contentOfForm(fields: EditorFields, before: unknown): Loose {
  const own = new Set(FACT_COLUMNS.map(({ path }) => path.split('/')[0] ?? ''));
  const kept = Object.entries(isLoose(before) ? before : {}).filter(
    ([key]) => !own.has(key) && key !== 'indicators' && key !== 'requirements',
  );
  const requirements = rowsOf(fields, '/requirements', REQUIREMENT_COLUMNS);
  return {
    ...Object.fromEntries(kept),
    ...cellsAt(fields, '', FACT_COLUMNS),
    ...(requirements.length > 0 ? { requirements } : {}),
    indicators: rowsOf(fields, '/indicators', INDICATOR_COLUMNS).map((indicator, i) => ({
      ...indicator,
      levels: rowsOf(fields, `/indicators/${i}/levels`, LEVEL_COLUMNS),
    })),
  };
}

function cellsAt(fields: EditorFields, at: string, columns: readonly Column[]): Loose {
  return readCells(columns, Object.fromEntries(columns.map(({ path }) => [path, fields[`${at}/${path}`] ?? ''])));
}

/** Every row posts its first field, empty or not, so rows are counted by it. */
function rowsOf(fields: EditorFields, at: string, columns: readonly Column[]): readonly Loose[] {
  const rows: Loose[] = [];
  while (Object.hasOwn(fields, `${at}/${rows.length}/${columns[0]?.path ?? ''}`))
    rows.push(cellsAt(fields, `${at}/${rows.length}`, columns));
  return rows;
}

/** What a field shows: of a choice its value, of all else the words that a cell has. */
export function fieldValue(column: Column, object: Loose): string {
  const value = valueAt(object, column.path);
  const isKnown = column.choices?.some((one) => one.value === value);
  return isKnown ? String(value) : writeCell(column, value);
}

/** Adds or removes a row, as a button of the form says: `add /indicators`, `remove /indicators/0/levels/1`. */
export function changedRows(content: Loose, action: string): Loose {
  const [verb, at = ''] = action.split(' ');
  const steps = at.split('/').slice(1);
  if (verb === 'add')
    return withRows(content, steps, (rows) => [...rows, at === '/indicators' ? { levels: [{}] } : {}]);
  if (verb !== 'remove') return content;
  const row = Number(steps.at(-1));
  return withRows(content, steps.slice(0, -1), (rows) => rows.filter((_, i) => i !== row));
}

function withRows(
  content: Loose,
  steps: readonly string[],
  change: (rows: readonly Loose[]) => readonly Loose[],
): Loose {
  const [list = '', row, ...rest] = steps;
  if (list !== 'indicators' && list !== 'requirements' && list !== 'levels') return content;
  const rows = listOf(content, list);
  if (row === undefined) return { ...content, [list]: change(rows) };
  return { ...content, [list]: rows.map((one, i) => (i === Number(row) ? withRows(one, rest, change) : one)) };
}

/** The fields of a form of this content. */
export function fieldNames(content: Loose): readonly string[] {
  const of = (at: string, columns: readonly Column[]) => columns.map(({ path }) => `${at}/${path}`);
  return [
    ...of('', FACT_COLUMNS),
    ...listOf(content, 'requirements').flatMap((_, i) => of(`/requirements/${i}`, REQUIREMENT_COLUMNS)),
    ...listOf(content, 'indicators').flatMap((indicator, i) => [
      ...of(`/indicators/${i}`, INDICATOR_COLUMNS),
      ...listOf(indicator, 'levels').flatMap((__, j) => of(`/indicators/${i}/levels/${j}`, LEVEL_COLUMNS)),
    ]),
  ];
}

/** The field at which a fault is shown: the one it names, the one around it, or the first of what it is about. */
export function nearestField(pointer: string, names: readonly string[]): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (names.includes(at)) return at;
    const inside = names.find((name) => name.startsWith(`${at}/`));
    if (inside) return inside;
  }
  return names[0] ?? '/code';
}
