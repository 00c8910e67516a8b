import { text } from '../../domain/fault.ts';
import { type MappingSuggestion, suggestFor } from '../../domain/comparisons/suggest.ts';
import type { UnmatchedName } from '../../domain/comparisons/unmatched.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { type ComparisonRun, listRuns } from '../../store/comparison-runs.ts';
import { transaction } from '../../store/database.ts';
import { type IndicatorMapping, mappingHistory, standingMappings } from '../../store/indicator-mappings.ts';
import { findEditionOfRun } from '../../store/ranking-lists.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import type { RunReport } from '../comparisons/compare-at-cut-off.ts';
import { actingAs, actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';

export interface MappingQueue {
  readonly scheme: Scheme;
  /** The newest finished run of the scheme's category: the queue is what it found. Null before the first. */
  readonly run: ComparisonRun | null;
  readonly names: readonly (UnmatchedName & { readonly suggestions: readonly MappingSuggestion[] })[];
  readonly history: readonly { readonly mapping: IndicatorMapping; readonly by: string }[];
}

/** The declared names that the body's newest run could not place, with suggestions; and what was decided before. */
export async function readMappingQueue(context: ServiceContext, code: string, version: number): Promise<MappingQueue> {
  return transaction(context.database, actingAs(context), async ({ db }) => {
    const stored = await findSchemeVersion(db, code, version);
    authorise(context, 'mapping.read', stored ? { ownerId: stored.bodyId } : {});
    const { organisation } = actingOrganisation(context);
    if (!stored) throw notFound(text('评估方案', 'scheme'), '#path/code', `${code}/${version}`);
    const scheme = Scheme.parse(JSON.parse(stored.document));
    const run = (await listRuns(db, organisation.id)).find(
      ({ state, schemeCode }) => state === 'finished' && schemeCode === code,
    );
    const edition = run ? await findEditionOfRun(db, run.id) : null;
    const { unmatched = [] } = edition ? (JSON.parse(edition.report) as Partial<RunReport>) : {};
    const decided = new Set((await standingMappings(db, organisation.id, stored.category)).map(({ name }) => name));
    return {
      scheme,
      run: run ?? null,
      names: unmatched
        .filter(({ name }) => !decided.has(name))
        .map((one) => ({ ...one, suggestions: suggestFor(one, scheme) })),
      history: await mappingHistory(db, organisation.id, stored.category),
    };
  });
}
