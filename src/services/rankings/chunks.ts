import { createHash } from 'node:crypto';
import type { RankingList } from '../../domain/rankings/list.ts';
import { type ListSection, writeList } from '../../domain/rankings/list-text.ts';
import type { ListChunk } from '../../store/ranking-lists.ts';

/** Rows that are stored together: a page of 100 reads one or two chunks of some 60 kB. */
const ROWS_PER_CHUNK = 500;

/** Cuts the list's bytes into chunks at row borders; the chunks in order are exactly the bytes that are hashed. */
export function writeChunks(list: RankingList): { readonly chunks: readonly ListChunk[]; readonly sha256: string } {
  const hash = createHash('sha256');
  const chunks: ListChunk[] = [];
  const rows: Record<ListSection, number> = { head: 0, entries: 0, excluded: 0, changes: 0, left: 0 };
  let lines: string[] = [];
  let section: ListSection = 'head';
  const close = () => {
    if (lines.length === 0) return;
    const content = lines.join('');
    hash.update(content);
    chunks.push({ section, firstRow: rows[section], rowCount: lines.length, content });
    rows[section] += lines.length;
    lines = [];
  };
  for (const [of, line] of writeList(list)) {
    if (of !== section || lines.length === ROWS_PER_CHUNK) close();
    section = of;
    lines.push(line);
  }
  close();
  return { chunks, sha256: hash.digest('hex') };
}
