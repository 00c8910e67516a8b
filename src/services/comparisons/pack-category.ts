import { PACKED_FORM, TermNumbers, termsOf } from '../../domain/comparisons/packed.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { type Database, transaction } from '../../store/database.ts';
import {
  countVersions,
  insertBlock,
  insertTerms,
  type LoggedVersion,
  lockPacking,
  type PackedBlock,
  packedUpTo,
  readTerms,
  versionsLogged,
} from '../../store/packed-versions.ts';

/** Versions of one block, some 5 MB, and those read at a time: often enough to be watched and stopped in. */
const BLOCK = 32_000;
const AT_ONCE = 1000;
/** More distinct terms are no use: then each declaration is compared by its own document. Some 300 MB of texts. */
const MOST_TERMS = 1_500_000;

export interface Packing {
  readonly stop?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => Promise<void>;
}

/**
 * Packs of a category what was logged before `logSize` and is not packed yet, all of it in one transaction: a killed worker
 * leaves nothing behind. False where the category's declarations have too little in common.
 */
export async function packCategory(
  database: Database,
  { category, logSize, bodyId }: { readonly category: string; readonly logSize: number; readonly bodyId: string },
  { stop, onProgress }: Packing = {},
): Promise<boolean> {
  const packed = { category, form: PACKED_FORM };
  return transaction(database, { organisationId: bodyId, owner: 'worker' }, async ({ client }) => {
    if ((await packedUpTo(client, packed)).logTo >= logSize) return true;
    await lockPacking(client, packed);
    const { logTo: from, blocks } = await packedUpTo(client, packed);
    if (from >= logSize) return true;
    const numbers = new TermNumbers(await readTerms(client, packed));
    const total = await countVersions(client, category);
    let [n, done] = [blocks, 0];
    let [first, block] = [numbers.size, emptyBlock()];
    const write = async () => {
      if (numbers.size > MOST_TERMS) throw new TooVaried();
      const fresh = numbers.takeFresh();
      if (fresh.length > 0) await insertTerms(client, packed, first, fresh);
      await insertBlock(client, packed, n++, written(block, from, logSize));
      [first, block] = [numbers.size, emptyBlock()];
    };
    for await (const versions of versionsLogged(client, category, from, logSize, AT_ONCE)) {
      stop?.throwIfAborted();
      for (const version of versions) add(block, version, numbers, from);
      done += versions.length;
      if (block.versions.length >= BLOCK) await write();
      await onProgress?.(done, total);
    }
    // An empty block too says that there was nothing up to here.
    if (block.versions.length > 0 || n === blocks) await write();
    return true;
  }).catch((error: unknown) => {
    if (error instanceof TooVaried) return false;
    throw error;
  });
}

/** Ends the transaction, so that nothing of it stays. */
class TooVaried extends Error {
  override name = 'TooVaried';
}

interface OpenBlock {
  readonly versions: Omit<LoggedVersion, 'document'>[];
  readonly terms: number[];
}

function emptyBlock(): OpenBlock {
  return { versions: [], terms: [] };
}

function add({ versions, terms }: OpenBlock, logged: LoggedVersion, numbers: TermNumbers, logFrom: number): void {
  const { document, ...version } = logged;
  const { parameters, cited, rows } = termsOf(JSON.parse(document) as DeclarationDocument);
  const { log, revision, ends } = version;
  terms.push(log - logFrom, revision, ends ? 1 : 0, numbers.of(parameters), numbers.of(cited), rows.length);
  for (const row of rows) terms.push(numbers.of(row));
  versions.push(version);
}

function written({ versions, terms }: OpenBlock, logFrom: number, logTo: number): PackedBlock {
  const lines = (of: (version: OpenBlock['versions'][number]) => string) => versions.map(of).join('\n');
  return {
    logFrom,
    logTo,
    count: versions.length,
    declarations: lines(({ declaration }) => declaration),
    creditCodes: lines(({ creditCode }) => creditCode),
    numbers: lines(({ numberCompact }) => numberCompact),
    hashes: versions.map(({ documentSha256 }) => documentSha256).join(''),
    terms: Buffer.from(Int32Array.from(terms).buffer),
  };
}
