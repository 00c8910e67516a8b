import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { canonicalJson } from '../../src/domain/canonical.ts';
import type { ListEntry } from '../../src/domain/rankings/entry.ts';
import { type LoadedDemonstration, openDemonstration } from '../support/demonstration.ts';
import { buildAssets } from '../support/assets.ts';

describe('every row of every list of the demonstration', () => {
  let demonstration: LoadedDemonstration;
  beforeAll(async () => {
    await buildAssets();
    demonstration = await openDemonstration();
  }, 300_000);
  afterAll(() => demonstration?.close());
  const get = (path: string) => demonstration.http.inject({ method: 'GET', url: path });

  it('resolves by the API and on its page down to the bytes that were declared', async () => {
    const { lists } = (await get('/api/v1/ranking-lists')).json() as { lists: { list: string; edition: number }[] };
    expect(lists.length).toBeGreaterThanOrEqual(3);
    let seen = 0;
    for (const { list, edition } of lists) {
      for (const section of ['entries', 'excluded']) {
        for (let from: number | null = 0; from !== null; ) {
          const page = (
            await get(`/api/v1/ranking-lists/${list}/${edition}?section=${section}&from=${from}&limit=500`)
          ).json() as { rows: ListEntry[]; next: number | null };
          for (const row of page.rows) {
            await resolve(list, edition, row);
            seen++;
          }
          from = page.next;
        }
      }
    }
    expect(seen).toBeGreaterThan(10_000);
  }, 1_800_000);

  async function resolve(list: string, edition: number, row: ListEntry): Promise<void> {
    const { declaration, revision, document } = row;
    const stored = await get(`/api/v1/declarations/${declaration}/versions/${revision}`);
    expect([declaration, sha256Hex(stored.body)]).toEqual([declaration, document]);
    const source = await get(`/api/v1/ranking-lists/${list}/${edition}/entries/${declaration}`);
    const { entry, document: explained } = source.json() as { entry: ListEntry; document: object };
    expect(entry).toEqual(row);
    expect(sha256Hex(canonicalJson(explained as never))).toBe(document);
    const page = await get(`/boards/${list}/${edition}/entry/${declaration}`);
    expect([page.statusCode, page.body.includes(document)]).toEqual([200, true]);
  }
});
