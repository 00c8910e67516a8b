import { bytesToHex } from '@noble/hashes/utils.js';
import { type Database, publicRead } from '../../store/database.ts';
import { logSize, readLogEntries } from '../../store/log.ts';

export function readLogSize(database: Database): Promise<number> {
  return publicRead(database, (db) => logSize(db));
}

export async function readLog(database: Database, from: number, limit: number) {
  const entries = await publicRead(database, (db) => readLogEntries(db, from, limit));
  return entries.map(({ idx, leaf, leafHash, sequencedAt }) => ({
    index: idx,
    leaf,
    leafHash: bytesToHex(leafHash),
    at: sequencedAt.toISOString(),
  }));
}
