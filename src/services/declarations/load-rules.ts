import { type DeclarationRules, prepareLimit, prepareSchemes } from '../../domain/declarations/rules.ts';
import type { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import { type Database, publicRead } from '../../store/database.ts';
import {
  findLimits,
  findRulesVersion,
  findSchemesInForce,
  findStandards,
  type RulesVersion,
} from '../../store/standards.ts';

/** A change of catalogue, limits or schemes is seen by every process within this time. */
const LOOKED_AT_FOR_MS = 1000;
const STANDARDS_KEPT = 20_000;

type CategoryRules = Pick<DeclarationRules, 'limits' | 'indicators'>;

interface Kept {
  version: RulesVersion;
  lookedAt: number;
  readonly categories: Map<string, Promise<CategoryRules>>;
  /** By compact number; null is a number that the catalogue lacks. */
  readonly standards: Map<string, CatalogueStandard | null>;
}

const kept = new WeakMap<Database, { readonly until: number; readonly rules: Promise<Kept> }>();

/**
 * The rules that a declaration of `category` is checked against now, with the standards in `numbers` (compact) looked up.
 * Kept in the process for as long as they do not change.
 */
export async function loadRules(
  database: Database,
  category: string,
  numbers: readonly string[],
): Promise<DeclarationRules> {
  const current = await look(database);
  const rules = await rulesOf(current, database, category);
  await lookUp(database, current.standards, [...numbers, ...methodsOf(rules)]);
  const { now } = current.version;
  // The register's clock, moved on by the time since it was read.
  const time = new Date(now.getTime() + (performance.now() - current.lookedAt));
  return { ...rules, day: chineseDay(time), standard: (compact) => current.standards.get(compact) ?? null };
}

/** The calendar day in China of a moment: the register's dates are Beijing dates. */
export function chineseDay(time: Date): string {
  return new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

function look(database: Database): Promise<Kept> {
  const known = kept.get(database);
  if (known && performance.now() < known.until) return known.rules;
  // Set before anything is awaited, so that many requests at once look once.
  const rules = refresh(database, known?.rules);
  kept.set(database, { until: performance.now() + LOOKED_AT_FOR_MS, rules });
  rules.catch(() => kept.delete(database));
  return rules;
}

async function refresh(database: Database, before: Promise<Kept> | undefined): Promise<Kept> {
  const known = await before;
  const version = await publicRead(database, findRulesVersion);
  const lookedAt = performance.now();
  const isSame =
    known?.version.standards === version.standards &&
    known.version.limits === version.limits &&
    known.version.schemes === version.schemes &&
    // A scheme may begin or end with a day.
    chineseDay(known.version.now) === chineseDay(version.now);
  if (known && isSame) return Object.assign(known, { version, lookedAt });
  return { version, lookedAt, categories: new Map(), standards: new Map() };
}

function rulesOf({ categories, version }: Kept, database: Database, category: string): Promise<CategoryRules> {
  const known = categories.get(category);
  if (known) return known;
  const loading = loadCategory(database, category, chineseDay(version.now));
  categories.set(category, loading);
  loading.catch(() => categories.delete(category));
  return loading;
}

async function loadCategory(database: Database, category: string, day: string): Promise<CategoryRules> {
  const [limits, schemes] = await publicRead(database, (db) =>
    Promise.all([findLimits(db, category), findSchemesInForce(db, category, day)]),
  );
  return { limits: limits.map(prepareLimit), indicators: prepareSchemes(schemes) };
}

function methodsOf({ indicators }: CategoryRules): readonly string[] {
  return indicators.flatMap(({ methods }) => methods);
}

/** Looks up what is not kept yet, and what took its place, to the end of each chain. */
async function lookUp(
  database: Database,
  standards: Map<string, CatalogueStandard | null>,
  numbers: readonly string[],
): Promise<void> {
  if (standards.size > STANDARDS_KEPT) standards.clear();
  let wanted = numbers.filter((compact) => !standards.has(compact));
  while (wanted.length > 0) {
    const asked = wanted;
    const found = await publicRead(database, (db) => findStandards(db, asked));
    for (const compact of asked) standards.set(compact, found.get(compact) ?? null);
    wanted = [...found.values()]
      .flatMap(({ replacedBy }) => replacedBy)
      .flatMap(({ number }) => {
        const parsed = parseStandardNumber(number);
        return parsed.ok && !standards.has(parsed.value.compact) ? [parsed.value.compact] : [];
      });
  }
}
