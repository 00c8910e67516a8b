import { type Fault, fault, text } from '../fault.ts';
import { parseShape } from '../shape.ts';
import { type Loose, unreadCells } from './cells.ts';
import { checkScheme } from './check-scheme.ts';
import { FACT_COLUMNS, INDICATOR_COLUMNS, LEVEL_COLUMNS, REQUIREMENT_COLUMNS } from './columns.ts';
import { Scheme, SchemeIndicator } from './scheme.ts';

export interface CheckedDraft {
  /** The scheme that the draft is; null while its shape is not one. */
  readonly scheme: Scheme | null;
  readonly faults: readonly Fault[];
}

/** What a draft lacks to be proposed, by its own words: cells that cannot be read, fields that are missing, broken rules. */
export function checkDraft(content: unknown): CheckedDraft {
  const draft = { v: 1, ...(isLoose(content) ? content : {}) };
  const unread = unreadOf(draft);
  const shape = parseShape(Scheme, draft);
  if (!shape.ok) {
    const told = new Set(unread.map(({ at }) => at));
    const rest = [...shape.problem, ...rulesOfParts(draft)];
    return { scheme: null, faults: [...unread, ...rest.filter(({ at }) => !told.has(at))] };
  }
  return { scheme: shape.value, faults: [...unread, ...checkScheme(shape.value)] };
}

function unreadOf(draft: Loose): readonly Fault[] {
  return [
    ...unreadCells(FACT_COLUMNS, draft, ''),
    ...listOf(draft, 'requirements').flatMap((one, i) => unreadCells(REQUIREMENT_COLUMNS, one, `/requirements/${i}`)),
    ...listOf(draft, 'indicators').flatMap((indicator, i) => [
      ...unreadCells(INDICATOR_COLUMNS, indicator, `/indicators/${i}`),
      ...listOf(indicator, 'levels').flatMap((levels, j) =>
        unreadCells(LEVEL_COLUMNS, levels, `/indicators/${i}/levels/${j}`),
      ),
    ]),
  ];
}

/** What the rules say of the indicators that are whole, where the draft is not. */
function rulesOfParts(draft: Loose): readonly Fault[] {
  return listOf(draft, 'indicators').flatMap((one, i) => {
    const read = wholeIndicator(one);
    if (!read) return [];
    return checkScheme(schemeOfParts([read])).map((found) => ({
      ...found,
      at: found.at.replace(/^\/indicators\/0(?=\/)/u, `/indicators/${i}`),
    }));
  });
}

/** An indicator of a draft, by itself: weights belong to a whole method. Null where it is not one yet. */
export function wholeIndicator(one: Loose): SchemeIndicator | null {
  const read = SchemeIndicator.omit({ weight: true, bonus: true }).strip().safeParse(one);
  return read.success ? read.data : null;
}

/** A scheme of some indicators alone. As basic ones they give no grade, which half a scheme must not. */
export function schemeOfParts(indicators: readonly SchemeIndicator[]): Scheme {
  return {
    v: 1,
    code: 'PARTS',
    version: 1,
    title: { zh: '部分', en: 'parts' },
    category: 'C00.parts',
    method: 'weakest-core',
    validFrom: '2000-01-01',
    validTo: '2100-01-01',
    basis: '',
    indicators: indicators.map((one) => ({ ...one, kind: 'basic' as const })),
  };
}

/** Rows of a draft; more than any scheme may have, and few enough to be shown. */
const MOST_ROWS = { requirements: 60, indicators: 60, levels: 600 } as const;

/** Lists of a draft that are too long to be kept, counting the levels of all indicators together. */
export function tooLongLists(content: unknown): readonly Fault[] {
  const draft = isLoose(content) ? content : {};
  const counts = {
    requirements: lengthOf(draft['requirements']),
    indicators: lengthOf(draft['indicators']),
    levels: listOf(draft, 'indicators').reduce((sum, one) => sum + lengthOf(one['levels']), 0),
  };
  return (Object.keys(MOST_ROWS) as (keyof typeof MOST_ROWS)[]).flatMap((list) => {
    const most = MOST_ROWS[list];
    if (counts[list] <= most) return [];
    const expected = text(`至多 ${most} 行`, `at most ${most} rows`);
    const at = list === 'levels' ? '/content/indicators' : `/content/${list}`;
    return [fault(at, 'draft.too-many-rows', String(counts[list]), expected, text('请删减', 'remove some'))];
  });
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The objects of a list of a draft; whatever else is typed there is none. */
export function listOf(draft: Loose, name: string): readonly Loose[] {
  const list = draft[name];
  return Array.isArray(list) ? list.filter(isLoose) : [];
}

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
