import { setImmediate as turn } from 'node:timers/promises';
import type { GivenForAll } from '../../domain/imports/row.ts';
import type { ImportedRow } from '../../formats/read-declarations.ts';
import { type Database, publicRead } from '../../store/database.ts';
import type { StoredImport } from '../../store/imports.ts';
import { findRulesVersion } from '../../store/standards.ts';
import { chineseDay } from '../declarations/load-rules.ts';

/** Rows of one transaction: some 30 ms of work between two turns of the event loop. */
const BATCH = 250;
/** Rows passed over without a turn for others. */
const SKIPPED_AT_ONCE = 500;

/** The rows behind `through`, in batches; what a killed worker did before is read again and passed over. */
export async function* inBatches(
  rows: AsyncIterable<ImportedRow>,
  through: number,
): AsyncGenerator<readonly ImportedRow[]> {
  let batch: ImportedRow[] = [];
  let skipped = 0;
  for await (const row of rows) {
    if (row.row <= through) {
      skipped += 1;
      if (skipped % SKIPPED_AT_ONCE === 0) await turn();
      continue;
    }
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What the sender gave for all rows, and today in the register. */
export async function givenForAll(database: Database, given: StoredImport): Promise<GivenForAll> {
  const { now } = await publicRead(database, findRulesVersion);
  return { category: given.category, signer: given.signer, capacity: given.capacity, day: chineseDay(now) };
}
