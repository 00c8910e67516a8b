import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { and, asc, desc, eq, gte, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type LogEntry, writeLeaf } from '../domain/log/leaf.ts';
import { type Database, NOBODY, type Transaction, transaction } from './database.ts';
import { logEntries, logPending } from './schema/log.ts';

/** Entries taken in one sequencing transaction. */
const BATCH = 4096;

/** Writes a public entry beside its business row; the sequencer gives it its index. */
export async function addToLog(tx: Transaction, entry: LogEntry): Promise<void> {
  await tx.db.insert(logPending).values({
    entryType: entry.t,
    subject: entry.id,
    revision: entry.rev,
    leaf: writeLeaf(entry),
  });
}

/**
 * Gives waiting entries the next dense indices, in one transaction; any number of sequencers may run, a row lock orders
 * them. Pending rows are consumed, not read by cursor, so ids that commit out of order are never skipped. Returns how many.
 */
export async function sequencePending(database: Database): Promise<number> {
  return transaction(database, NOBODY, async (tx) => {
    const state = await tx.client.query<{ size: number }>('select size from log_state for update');
    const size = state.rows[0]?.size ?? 0;
    const taken = await tx.client.query<{
      id: number;
      entry_type: string;
      subject: string;
      revision: number;
      leaf: string;
    }>(
      `delete from log_pending where id in
         (select id from log_pending order by id limit ${BATCH} for update skip locked)
       returning id, entry_type, subject, revision, leaf`,
    );
    if (taken.rows.length === 0) return 0;
    const rows = taken.rows.sort((a, b) => a.id - b.id);
    await tx.client.query(
      `insert into log_entries (idx, entry_type, subject, revision, leaf, leaf_hash)
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::text[], $6::bytea[])`,
      [
        rows.map((_, i) => size + i),
        rows.map((row) => row.entry_type),
        rows.map((row) => row.subject),
        rows.map((row) => row.revision),
        rows.map((row) => row.leaf),
        rows.map((row) => Buffer.from(leafHash(row.leaf))),
      ],
    );
    await tx.client.query('update log_state set size = $1', [size + rows.length]);
    return rows.length;
  });
}

/** The leaf hash of RFC 6962 §2.1: SHA-256(0x00 || leaf). */
function leafHash(leaf: string): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), utf8ToBytes(leaf)));
}

export interface LoggedEntry {
  readonly idx: number;
  readonly leaf: string;
  readonly leafHash: Uint8Array;
  readonly sequencedAt: Date;
}

const ENTRY = {
  idx: logEntries.idx,
  leaf: logEntries.leaf,
  leafHash: logEntries.leafHash,
  sequencedAt: logEntries.sequencedAt,
};

export async function logSize(db: NodePgDatabase): Promise<number> {
  const { rows } = await db.execute<{ size: number }>(sql`select size from log_state`);
  return rows[0]?.size ?? 0;
}

export async function readLogEntries(db: NodePgDatabase, from: number, limit: number): Promise<readonly LoggedEntry[]> {
  return db.select(ENTRY).from(logEntries).where(gte(logEntries.idx, from)).orderBy(asc(logEntries.idx)).limit(limit);
}

/** The entry of one thing, or null while it waits for its index. */
export async function findLogEntry(
  db: NodePgDatabase,
  type: LogEntry['t'],
  subject: string,
  revision: number,
): Promise<LoggedEntry | null> {
  const rows = await db
    .select(ENTRY)
    .from(logEntries)
    .where(and(eq(logEntries.subject, subject), eq(logEntries.entryType, type), eq(logEntries.revision, revision)))
    .orderBy(desc(logEntries.idx))
    .limit(1);
  return rows[0] ?? null;
}
