import { createHash } from 'node:crypto';
import { type RankingList, writeList } from '../../domain/rankings/list.ts';
import type { ListChunk } from '../../store/ranking-lists.ts';

/** Rows of a list that are stored together: a page of 100 reads one or two chunks. */
const ROWS_PER_CHUNK = 500;

/** Cuts the list's bytes into chunks at row borders; the chunks in order are exactly the bytes that are hashed. */
export function writeChunks(list: RankingList): { readonly chunks: readonly ListChunk[]; readonly sha256: string } {
  const hash = createHash('sha256');
  const chunks: (Omit<ListChunk, 'content'> & { rowCount: number; readonly lines: string[] })[] = [];
  const rows = { head: 0, entries: 0, excluded: 0 };
  for (const [section, line] of writeList(list)) {
    hash.update(line);
    let chunk = chunks.at(-1);
    if (chunk?.section !== section || chunk.rowCount === ROWS_PER_CHUNK) {
      chunk = { section, firstRow: rows[section], rowCount: 0, lines: [] };
      chunks.push(chunk);
    }
    chunk.lines.push(line);
    chunk.rowCount++;
    rows[section]++;
  }
  return {
    chunks: chunks.map(({ lines, ...place }) => ({ ...place, content: lines.join('') })),
    sha256: hash.digest('hex'),
  };
}
