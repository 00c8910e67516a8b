import { and, asc, eq, inArray } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { SchemeStageName } from '../domain/schemes/life.ts';
import type { Transaction } from './database.ts';
import { schemeStages } from './schema/schemes.ts';

/** A stage of a version. */
export interface StoredStage {
  readonly code: string;
  readonly version: number;
  readonly stage: SchemeStageName;
  readonly effectiveOn: string;
  readonly objectionsUntil: string | null;
  readonly reason: string | null;
  readonly doneBy: string;
  readonly doneAt: Date;
}

const STAGE = {
  code: schemeStages.code,
  version: schemeStages.version,
  stage: schemeStages.stage,
  effectiveOn: schemeStages.effectiveOn,
  objectionsUntil: schemeStages.objectionsUntil,
  reason: schemeStages.reason,
  doneBy: schemeStages.doneBy,
  doneAt: schemeStages.doneAt,
};

/** Adds the next stage of a version; whoever does it holds the lock of the scheme's code. */
export async function insertStage(
  tx: Transaction,
  given: Omit<StoredStage, 'doneAt' | 'objectionsUntil' | 'reason'> &
    Partial<Pick<StoredStage, 'objectionsUntil' | 'reason'>>,
): Promise<void> {
  const before = await stagesOf(tx.db, given.code, [given.version]);
  await tx.db.insert(schemeStages).values({ ...given, n: before.length + 1, doneAt: tx.now });
}

/** The stages of some versions of a scheme, or of all, in their order. */
export async function stagesOf(
  db: NodePgDatabase,
  code: string,
  versions?: readonly number[],
): Promise<readonly StoredStage[]> {
  return db
    .select(STAGE)
    .from(schemeStages)
    .where(and(eq(schemeStages.code, code), versions ? inArray(schemeStages.version, [...versions]) : undefined))
    .orderBy(asc(schemeStages.version), asc(schemeStages.n));
}

/** The stages of every version, by `code/version`. */
export async function stagesOfAll(db: NodePgDatabase): Promise<ReadonlyMap<string, readonly StoredStage[]>> {
  const rows = await db
    .select(STAGE)
    .from(schemeStages)
    .orderBy(asc(schemeStages.code), asc(schemeStages.version), asc(schemeStages.n));
  return Map.groupBy(rows, ({ code, version }) => `${code}/${version}`);
}
