import { text } from '../../domain/fault.ts';
import { type CatalogueStandard } from '../../domain/standards/catalogue.ts';
import { type StandardStatus, statusOn, successorsOf } from '../../domain/standards/in-force.ts';
import type { StandardLimit } from '../../domain/standards/limit.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import { foldForSearch, foldIdentifier } from '../../domain/text/fold.ts';
import {
  countExecuting,
  findLimitsOf,
  findPredecessors,
  findStandard,
  type FoundStandard,
  searchStandards as search,
  type StandardSearch,
} from '../../store/catalogue-search.ts';
import { findSnapshot, listSnapshots as list } from '../../store/catalogue-snapshots.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findRulesVersion, findStandards } from '../../store/standards.ts';
import { chineseDay } from '../declarations/load-rules.ts';
import { invalid, notFound } from '../refusal.ts';

export interface PublicStandard extends FoundStandard {
  readonly status: StandardStatus;
}

/** A standard that stands before or after another, with what the catalogue knows of it. */
export interface RelatedStandard {
  readonly number: string;
  readonly partial: boolean;
  /** Null where the catalogue lacks it. */
  readonly nameZh: string | null;
  readonly status: StandardStatus | null;
}

export interface StandardInFull extends PublicStandard {
  /** The register's day, for which all of this is said. */
  readonly day: string;
  readonly successors: readonly RelatedStandard[];
  readonly predecessors: readonly RelatedStandard[];
  readonly limits: readonly StandardLimit[];
  /** Current declarations that execute it. */
  readonly declarations: number;
}

/** Standards by number in any typed form, or by words of their titles, with their status on the register's day. */
export async function searchStandards(
  database: Database,
  { query, ...given }: StandardSearch,
): Promise<readonly PublicStandard[]> {
  const folded = query === undefined ? undefined : foldQuery(query);
  const [{ now }, found] = await publicRead(database, (db) =>
    Promise.all([findRulesVersion(db), search(db, { ...given, ...(folded === undefined ? {} : { query: folded }) })]),
  );
  return found.map((one) => ({ ...one, status: statusOn(one.standard, chineseDay(now)) }));
}

/** A number as typed (full width, any dash, spaces) folds to the form that is searched; words only lose their case and width. */
function foldQuery(typed: string): string {
  const identifier = foldIdentifier(typed);
  return identifier.ok ? identifier.value.toLowerCase() : foldForSearch(typed);
}

/** One standard with its place in the chain of replacements, what it sets and who executes it. */
export async function readStandard(database: Database, typed: string): Promise<StandardInFull> {
  const parsed = parseStandardNumber(typed, '#path/number');
  if (!parsed.ok) throw invalid([parsed.problem]);
  const { compact, canonical } = parsed.value;
  const found = await publicRead(database, (db) => findStandard(db, compact));
  if (!found) throw notFound(text('标准', 'standard'), '#path/number', canonical);
  const [{ now }, later, before, limits, declarations] = await publicRead(database, (db) =>
    Promise.all([
      findRulesVersion(db),
      chainOf(database, found.standard),
      findPredecessors(db, compact),
      findLimitsOf(db, compact),
      countExecuting(db, compact),
    ]),
  );
  const day = chineseDay(now);
  const find = (number: string) => later.get(compactOf(number)) ?? null;
  const related = (number: string, partial: boolean, standard: CatalogueStandard | null): RelatedStandard => ({
    number,
    partial,
    nameZh: standard?.nameZh ?? null,
    status: standard ? statusOn(standard, day) : null,
  });
  return {
    ...found,
    status: statusOn(found.standard, day),
    day,
    successors: successorsOf(found.standard, find).map((one) => related(one.number, one.partial, find(one.number))),
    predecessors: before.map(({ standard }) => {
      const step = standard.replacedBy.find(({ number }) => compactOf(number) === compact);
      return related(standard.number, step?.partial ?? false, standard);
    }),
    limits,
    declarations,
  };
}

/** Every standard that stands after one, to the end of each chain; a circle ends where it closes. */
async function chainOf(
  database: Database,
  standard: CatalogueStandard,
): Promise<ReadonlyMap<string, CatalogueStandard>> {
  const known = new Map<string, CatalogueStandard>();
  let asked = standard.replacedBy.map(({ number }) => compactOf(number));
  while (asked.length > 0) {
    const wanted = asked;
    const found = await publicRead(database, (db) => findStandards(db, wanted));
    for (const [compact, one] of found) known.set(compact, one);
    asked = [...found.values()]
      .flatMap(({ replacedBy }) => replacedBy.map(({ number }) => compactOf(number)))
      .filter((compact) => !known.has(compact));
  }
  return known;
}

function compactOf(number: string): string {
  const parsed = parseStandardNumber(number);
  return parsed.ok ? parsed.value.compact : number;
}

export function listSnapshots(database: Database) {
  return publicRead(database, (db) => list(db));
}

/** A snapshot with the bytes of its report, whose hash the log holds. */
export async function readSnapshot(database: Database, snapshot: number) {
  const found = await publicRead(database, (db) => findSnapshot(db, snapshot));
  if (!found) throw notFound(text('目录快照', 'snapshot of the catalogue'), '#path/snapshot', String(snapshot));
  return found;
}
