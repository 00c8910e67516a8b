import type { Text } from '../fault.ts';
import { type Loose, writeCells } from './cells.ts';
import { type Column, FACT_COLUMNS, INDICATOR_COLUMNS, LEVEL_COLUMNS, REQUIREMENT_COLUMNS } from './columns.ts';
import { listOf } from './draft.ts';

/** One cell that differs between two versions; null where one of them has nothing there. */
export interface SchemeDifference {
  readonly of: 'facts' | 'requirements' | 'indicators' | 'levels';
  /** Code of the requirement or indicator, and for levels the products; empty for facts. */
  readonly name: string;
  readonly label: Text;
  readonly before: string | null;
  readonly after: string | null;
}

interface Place {
  readonly of: SchemeDifference['of'];
  readonly name: string;
  readonly columns: readonly Column[];
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * What a version of a scheme changed of the one before, cell by cell. Indicators and requirements are known by their codes,
 * sets of thresholds by the products that they are for; the version number itself is no change.
 */
export function schemeDifferences(before: object, after: object): readonly SchemeDifference[] {
  const [old, now] = [placesOf(before as Loose), placesOf(after as Loose)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const { of, name, columns } = (is ?? was) as Place;
    return columns.flatMap(({ path, label }): SchemeDifference[] => {
      const [from, to] = [was?.cells[path] ?? null, is?.cells[path] ?? null];
      if (from === to || path === 'version') return [];
      return [{ of, name, label, before: from, after: to }];
    });
  });
}

function placesOf(scheme: Loose): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const put = (of: Place['of'], name: string, columns: readonly Column[], object: Loose) => {
    let key = `${of} ${name}`;
    // Two of the same name are told apart by their order.
    while (places.has(key)) key += ' ';
    places.set(key, { of, name, columns, cells: writeCells(columns, object) });
  };
  put('facts', '', FACT_COLUMNS, scheme);
  for (const one of listOf(scheme, 'requirements'))
    put('requirements', String(one['code'] ?? ''), REQUIREMENT_COLUMNS, one);
  for (const one of listOf(scheme, 'indicators')) {
    const code = String(one['code'] ?? '');
    put('indicators', code, INDICATOR_COLUMNS, one);
    for (const levels of listOf(one, 'levels')) {
      const when = writeCells(LEVEL_COLUMNS, levels)['when'];
      put('levels', when ? `${code}：${when}` : code, LEVEL_COLUMNS, levels);
    }
  }
  return places;
}
