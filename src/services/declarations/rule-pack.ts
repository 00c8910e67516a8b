import { createHash } from 'node:crypto';
import { type CanonicalValue, canonicalJson } from '../../domain/canonical.ts';
import { COMMITMENTS } from '../../domain/declarations/commitment.ts';
import { prepareSchemes } from '../../domain/declarations/rules.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import { writeEntry } from '../../domain/standards/entry-text.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findRulePackDocuments } from '../../store/rule-pack.ts';
import { findRulesVersion, findStandards, type RulesVersion } from '../../store/standards.ts';
import { chineseDay } from './load-rules.ts';

export interface WrittenRulePack {
  readonly bytes: string;
  readonly sha256: string;
}

/** Packs of a process; some categories are asked for all day. */
const PACKS_KEPT = 20;
const kept = new WeakMap<Database, Map<string, { readonly of: string; readonly pack: Promise<WrittenRulePack> }>>();

/** The rules in force today as one canonical document; kept until a snapshot, a scheme or the day changes. */
export async function readRulePack(database: Database, category: string | null): Promise<WrittenRulePack> {
  const version = await publicRead(database, findRulesVersion);
  const day = chineseDay(version.now);
  const of = [version.standards, version.limits, version.schemes, day].join(' ');
  const packs = kept.get(database) ?? new Map<string, { of: string; pack: Promise<WrittenRulePack> }>();
  kept.set(database, packs);
  const key = category ?? '';
  const known = packs.get(key);
  if (known?.of === of) return known.pack;
  const pack = writePack(database, category, version, day);
  packs.delete(key);
  packs.set(key, { of, pack });
  pack.catch(() => packs.delete(key));
  for (const oldest of [...packs.keys()].slice(0, Math.max(0, packs.size - PACKS_KEPT))) packs.delete(oldest);
  return pack;
}

async function writePack(
  database: Database,
  category: string | null,
  { standards, limits }: RulesVersion,
  day: string,
): Promise<WrittenRulePack> {
  const found = await publicRead(database, (db) => findRulePackDocuments(db, category, day));
  const listed = [...found.standards, ...(await beside(database, found))];
  // What is stored is canonical, and so is a list of it; the keys stand in their order.
  const members = [
    `"category":${JSON.stringify(category)}`,
    `"commitments":${canonicalJson(COMMITMENTS as unknown as CanonicalValue)}`,
    `"day":"${day}"`,
    `"limits":[${found.limits.join(',')}]`,
    `"schemes":[${found.schemes.join(',')}]`,
    `"snapshots":${canonicalJson({ limits, standards })}`,
    `"standards":[${listed.join(',')}]`,
    '"v":1',
  ];
  const bytes = `{${members.join(',')}}`;
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** What took the place of standards, to the end of each chain, and the test methods that schemes name; not listed already. */
async function beside(
  database: Database,
  { standards, schemes }: { readonly standards: readonly string[]; readonly schemes: readonly string[] },
): Promise<readonly string[]> {
  const opened = standards.map((document) => JSON.parse(document) as CatalogueStandard);
  const listed = new Set(opened.map(({ number }) => compactOf(number)));
  const found = new Map<string, CatalogueStandard>();
  const methods = prepareSchemes(schemes.map((document) => JSON.parse(document) as Scheme)).flatMap(
    (indicator) => indicator.methods,
  );
  let wanted = [...methods, ...opened.flatMap(({ replacedBy }) => replacedBy.map(({ number }) => compactOf(number)))];
  while (wanted.length > 0) {
    const asked = [...new Set(wanted)].filter((compact) => !listed.has(compact) && !found.has(compact));
    if (asked.length === 0) break;
    const more = await publicRead(database, (db) => findStandards(db, asked));
    for (const [compact, standard] of more) found.set(compact, standard);
    wanted = [...more.values()].flatMap(({ replacedBy }) => replacedBy.map(({ number }) => compactOf(number)));
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, standard]) => writeEntry(standard));
}

function compactOf(number: string): string {
  const parsed = parseStandardNumber(number);
  return parsed.ok ? parsed.value.compact : number;
}
