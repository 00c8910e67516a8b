import { type Fault, text } from '../fault.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import type { CatalogueRow } from './catalogue-row.ts';
import { CORRECT_ENTRY, entryFault } from './import-fault.ts';
import { parseStandardNumber } from './number.ts';

/** What the rows of one file say together. Faults: a number twice, a whole replacement that leads back to itself. */
export function checkCatalogue(entries: readonly CatalogueEntry[]): readonly Fault[] {
  const byNumber = new Map<string, CatalogueEntry>();
  const faults: Fault[] = [];
  for (const entry of entries) {
    const first = byNumber.get(entry.compact);
    if (!first) byNumber.set(entry.compact, entry);
    else faults.push(twice(`${entry.at}/number`, entry.standard.number, first.at));
  }
  return [...faults, ...circles(byNumber)];
}

export function twice(at: string, found: string, first: string): Fault {
  return entryFault(
    at,
    'twice',
    found,
    text(`每条一次；${first} 已列`, `each once; ${first} has it already`),
    text('请删去重复的一条', 'remove one of the two'),
  );
}

/** Entries on a circle of whole replacements: what is left when all that leads nowhere, and all that nothing leads to, is taken away. */
function circles(entries: ReadonlyMap<string, CatalogueEntry>): readonly Fault[] {
  const steps = [...entries].flatMap(([from, { standard }]) =>
    standard.replacedBy.flatMap(({ number, partial }) => {
      const parsed = partial ? null : parseStandardNumber(number);
      return parsed?.ok && entries.has(parsed.value.compact) ? [[from, parsed.value.compact] as const] : [];
    }),
  );
  const ahead = leadingSomewhere(steps);
  const onCircle = new Set(leadingSomewhere(ahead.map(([from, to]) => [to, from] as const)).map(([to]) => to));
  return [...entries.values()]
    .filter(({ compact }) => onCircle.has(compact))
    .map(({ at, standard }) => {
      const expected = text('不回到自身的代替关系', 'replacements that do not lead back');
      const found = standard.replacedBy.map(({ number }) => number).join('、');
      return entryFault(`${at}/replacedBy`, 'circle', found, expected, CORRECT_ENTRY);
    });
}

type Step = readonly [from: string, to: string];

/** The steps that are left when those into an end are taken away, again and again. */
function leadingSomewhere(steps: readonly Step[]): readonly Step[] {
  const onward = new Map<string, number>();
  const into = new Map<string, string[]>();
  for (const [from, to] of steps) {
    onward.set(from, (onward.get(from) ?? 0) + 1);
    into.set(to, [...(into.get(to) ?? []), from]);
  }
  const ends = [...into.keys()].filter((node) => !onward.has(node));
  const gone = new Set(ends);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    for (const from of into.get(end) ?? []) {
      const left = (onward.get(from) ?? 0) - 1;
      onward.set(from, left);
      if (left > 0) continue;
      gone.add(from);
      ends.push(from);
    }
  }
  return steps.filter(([from, to]) => !gone.has(from) && !gone.has(to));
}

/**
 * Writes what rows say of the standards they replace (代替) into the entries of those: of the file, or else of the catalogue
 * as `known` has it. A replaced standard that neither has is left out, as there is no entry to say it in.
 */
export function withReplacements(
  rows: readonly CatalogueRow[],
  known: ReadonlyMap<string, CatalogueEntry>,
): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>(rows.map((row) => [row.compact, row]));
  for (const { replaces, standard } of rows) {
    for (const { compact, partial } of replaces) {
      const older = entries.get(compact) ?? known.get(compact);
      if (!older || older.standard.replacedBy.some(({ number }) => number === standard.number)) continue;
      const replacedBy = [...older.standard.replacedBy, { number: standard.number, partial }];
      entries.set(compact, { ...older, standard: { ...older.standard, replacedBy } });
    }
  }
  return [...entries.values()];
}
