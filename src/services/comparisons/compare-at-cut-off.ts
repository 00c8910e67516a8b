import { createHash } from 'node:crypto';
import { comparer } from '../../domain/comparisons/compare.ts';
import { admission } from '../../domain/comparisons/admission.ts';
import { NO_PREMISES, Premises } from '../../domain/comparisons/premises.ts';
import { unmatchedNames, type UnmatchedName } from '../../domain/comparisons/unmatched.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { type EarlierList, withChanges } from '../../domain/rankings/changes.ts';
import { countValues, type Distribution, distributionsOf } from '../../domain/rankings/distribution.ts';
import {
  type ComparedDeclaration,
  leaveOut,
  type ListSource,
  rank,
  type RankingList,
} from '../../domain/rankings/list.ts';
import { inputsText } from '../../domain/rankings/inputs-text.ts';
import { type Outlier, outliersOf } from '../../domain/rankings/outliers.ts';
import { premisesSource } from '../../domain/rankings/premises-source.ts';
import { statusOn } from '../../domain/standards/in-force.ts';
import { type ComparisonRun, updateProgress } from '../../store/comparison-runs.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findFollowed, versionsAtCutOff } from '../../store/listed-documents.ts';
import { findStandards } from '../../store/standards.ts';
import { readEarlier } from '../rankings/earlier.ts';
import { type ReadingWay, readCategory } from './read-category.ts';
import { schemeOfRun } from './scheme-of-run.ts';
import { findOrganisation } from '../../store/organisations.ts';

/** A progress row each so often: enough to watch, rare enough to cost nothing. */
const PROGRESS_MS = 50;

/** What a run found beside its list, for the analyst and for the figures; derived, and not part of the hashed list. */
export interface RunReport {
  readonly distributions: readonly Distribution[];
  readonly outliers: readonly Outlier[];
  readonly unmatched: readonly UnmatchedName[];
}

export interface CompiledRun {
  readonly list: RankingList;
  readonly premises: string;
  readonly report: RunReport;
  readonly citations: readonly { readonly numberCompact: string; readonly listed: number }[];
  readonly done: number;
}

/** The list of a run, recomputed from what is stored; pure in scheme, premises, engine and cut-off. */
export async function compareAtCutOff(
  database: Database,
  run: ComparisonRun,
  stop?: AbortSignal,
  way: ReadingWay = 'by-size',
): Promise<CompiledRun> {
  const { scheme, schemeSha256 } = await schemeOfRun(database, run);
  const frozen = Premises.parse({
    ...NO_PREMISES,
    mappings: JSON.parse(run.mappings),
    decisions: JSON.parse(run.decisions),
  });
  const exact = comparer(scheme, frozen);
  const unmatched = unmatchedNames(exact.prepared, frozen);
  await updateProgress(database, run, { phase: 'reading', done: 0, total: 0 });
  let shown = 0;
  const read = await readCategory(database, run.bodyId, scheme, exact, {
    way,
    logSize: run.logSize,
    stop,
    onUnmatched: unmatched.count,
    onCompared: async (done, total) => {
      if (performance.now() - shown < PROGRESS_MS) return;
      shown = performance.now();
      await updateProgress(database, run, { phase: 'comparing', done, total });
    },
  });
  const progress = { done: read.length, total: read.length };
  await updateProgress(database, run, { phase: 'ranking', ...progress });
  // A trial is no edition, but says what it would change of the newest one.
  const earlier = await readEarlier(database, run.schemeCode);
  const premises: Premises = {
    ...frozen,
    standards: await notInForce(database, read, dayInBeijing(run.requestedAt)),
    versions: await newerVersions(database, run, read, earlier?.list ?? null),
  };
  const rows = admitted(read, premises);
  const body = await publicRead(database, (db) => findOrganisation(db, run.bodyId));
  const premisesText = canonicalJson(premises);
  const source: ListSource = {
    body: body?.creditCode ?? null,
    logSize: run.logSize,
    inputs: { count: rows.length, sha256: hashOfInputs(rows) },
    premises: premisesSource(premises, sha256Hex(premisesText)),
    edition: run.kind === 'trial' ? null : (earlier?.edition ?? 0) + 1,
    previous: earlier ? { edition: earlier.edition, sha256: earlier.sha256 } : null,
    correction:
      run.correction === null
        ? null
        : { reason: run.correction, objections: newDecisions(premises, earlier?.list ?? null) },
    schemeSha256,
  };
  const list = withChanges(rank(scheme, rows, source), earlier?.list ?? null, premises);
  const values = countValues(
    scheme,
    rows.map(({ result }) => result.indicators),
  );
  const report: RunReport = {
    distributions: distributionsOf(scheme, values),
    outliers: outliersOf(scheme, rows, values),
    unmatched: unmatched.names(),
  };
  return { list, premises: premisesText, report, citations: citationsOf(rows), done: rows.length };
}

function hashOfInputs(rows: readonly ComparedDeclaration[]): string {
  const hash = createHash('sha256');
  for (let at = 0; at < rows.length; at += HASHED_AT_ONCE)
    hash.update(inputsText(rows.slice(at, at + HASHED_AT_ONCE).map(({ document }) => document)));
  return hash.digest('hex');
}
const HASHED_AT_ONCE = 10_000;

/** Decisions that the edition before did not follow yet. */
function newDecisions({ decisions }: Premises, earlier: EarlierList | null): readonly string[] {
  const followed = earlier?.head.premises.decisions ?? [];
  return decisions.flatMap(({ objection }) => (followed.includes(objection) ? [] : [objection]));
}

/** Of the standards that the declarations execute or cite, those withdrawn by the day of the run. */
async function notInForce(
  database: Database,
  rows: readonly ComparedDeclaration[],
  day: string,
): Promise<Premises['standards']> {
  const cited = [...new Set([...new Set(rows.map((row) => row.cited))].flat())].sort();
  const found = await publicRead(database, (db) => findStandards(db, cited));
  return cited.flatMap((number) => {
    const standard = found.get(number);
    if (!standard || statusOn(standard, day) !== 'withdrawn') return [];
    const by = standard.replacedBy.map((successor) => successor.number);
    return [{ number, on: standard.withdrawnOn ?? null, by }];
  });
}

/** Leaves out, now that it is known, what cites a standard that is no longer in force. */
function admitted(rows: readonly ComparedDeclaration[], premises: Premises): readonly ComparedDeclaration[] {
  if (premises.standards.length === 0) return rows;
  const admit = admission(premises);
  return rows.map((row) => {
    const excluded = admit(row.declaration, row.revision, row.cited);
    return excluded ? leaveOut(row, excluded) : row;
  });
}

/** Who made the versions that differ from those of the edition before, and when; sorted, so that the bytes are one. */
async function newerVersions(
  database: Database,
  run: ComparisonRun,
  rows: readonly ComparedDeclaration[],
  earlier: EarlierList | null,
): Promise<Premises['versions']> {
  if (!earlier) return [];
  const before = new Map([...earlier.entries, ...earlier.excluded].map((row) => [row.declaration, row.document]));
  const now = new Set(rows.map(({ declaration }) => declaration));
  const changed = [
    ...rows.filter((row) => before.get(row.declaration) !== row.document).map(({ declaration }) => declaration),
    ...[...before.keys()].filter((declaration) => !now.has(declaration)),
  ];
  const found = await publicRead(database, (db) => versionsAtCutOff(db, changed, run.logSize));
  const followed = await publicRead(database, (db) =>
    findFollowed(
      db,
      found.filter(({ revision }) => revision === 1),
    ),
  );
  return found
    .map(({ declaration, revision, event, creditCode, document, at }) => {
      const { act } = JSON.parse(document) as DeclarationDocument;
      const by = act?.order?.authority ?? creditCode;
      const follows = followed.get(declaration);
      return { declaration, revision, event, by, on: dayInBeijing(at), ...(follows ? { follows } : {}) };
    })
    .sort((a, b) => (a.declaration < b.declaration ? -1 : 1));
}

function citationsOf(rows: readonly ComparedDeclaration[]): CompiledRun['citations'] {
  // Sets of standards are shared by many rows, so each is counted before it is taken apart.
  const sets = new Map<readonly string[], number>();
  for (const { cited, result } of rows) sets.set(cited, (sets.get(cited) ?? 0) + (result.excluded ? 0 : 1));
  const listed = new Map<string, number>();
  for (const [cited, count] of sets) for (const number of cited) listed.set(number, (listed.get(number) ?? 0) + count);
  return [...listed].map(([numberCompact, count]) => ({ numberCompact, listed: count }));
}
