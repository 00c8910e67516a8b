import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import {
  editionOfRemoval,
  editionOfRound,
  type ForerunnerEntry,
  type LeftOutCandidate,
  NEUTRAL_ORDER,
  type RoundHead,
} from '../../../src/domain/forerunners/list.ts';
import { readForerunnerList, writeForerunnerList } from '../../../src/domain/forerunners/list-text.ts';

const HASH = 'a'.repeat(64);
const head = (changed: Partial<RoundHead> = {}): RoundHead => ({
  list: 'M-X',
  category: 'C3464.air-purifier',
  body: 'BODY',
  publisher: 'COORDINATOR',
  round: 'LP-2026-000001',
  board: { edition: 1, sha256: HASH },
  scheme: { code: 'M-X', version: 1, sha256: HASH },
  months: 12,
  publishedOn: '2026-06-10',
  validUntil: '2027-06-10',
  ...changed,
});
const entry = (
  code: string,
  number: string,
  declaration = `${code}.D1`,
): Omit<ForerunnerEntry, 'since' | 'validUntil' | 'round'> => ({
  declaration,
  revision: 1,
  document: HASH,
  enterprise: { code, name: code },
  number,
  product: '空气净化器',
  models: ['A'],
  provision: 'mass-produced',
  commitment: 1,
  report: { number: '1', laboratory: 'L', mark: 'CMA', markNumber: '1', reportedOn: '2026-06-01', sha256: HASH },
  board: 1,
});
const [a, b, c] = [entry('A1', 'Q/A 1-2026'), entry('B1', 'Q/A 1-2026'), entry('C1', 'Q/C 1-2026')] as const;
const names = (list: { readonly entries: readonly { readonly declaration: string }[] }) =>
  list.entries.map(({ declaration }) => declaration);
const left = (of: typeof a, because: LeftOutCandidate['because']): LeftOutCandidate => ({ ...of, because });
const first = editionOfRound(head(), [a, b], [], null);
const earlier = { list: first, sha256: HASH };
const next = head({ publishedOn: '2026-12-10', validUntil: '2027-12-10', round: 'LP-2026-000002' });

describe('a forerunner list', () => {
  it('DOMAIN 4.1 (7): is unordered: any order of the input gives the same bytes, and the list says so', () => {
    const bytes = [
      [a, b, c],
      [c, b, a],
      [b, a, c],
    ].map((rows) => writeForerunnerList(editionOfRound(head(), rows, [], null)));
    expect(new Set(bytes.map((text) => sha256Hex(text))).size).toBe(1);
    expect(first.head.order).toBe(NEUTRAL_ORDER);
    expect(NEUTRAL_ORDER).toContain('排名不分先后');
    // No rank, no grade, no score: nothing in an entry could order it.
    expect(Object.keys(first.entries[0] ?? {}).filter((key) => /rank|grade|score|place/u.test(key))).toEqual([]);
  });

  it('is one canonical object of one row a line, which reads back as it was', () => {
    const text = writeForerunnerList(first);
    expect(text.split('\n')).toHaveLength(8);
    expect(readForerunnerList(text)).toEqual(JSON.parse(JSON.stringify(first)));
    expect(text).toContain('"removed":[],\n"leftOut":[]}\n');
  });

  it('names what it was made from: ranking edition, scheme, round and the edition before, by hash', () => {
    const list = editionOfRound(next, [a], [], earlier);
    expect(list.head).toMatchObject({
      edition: 2,
      previous: { edition: 1, sha256: HASH },
      board: { edition: 1, sha256: HASH },
      scheme: { sha256: HASH },
      round: 'LP-2026-000002',
    });
  });

  it('keeps what a round did not decide on until its own day, and the lineage of what is listed again', () => {
    const list = editionOfRound(next, [a, c], [left(b, [{ reason: 'no-commitment', about: null }])], earlier);
    expect(list.entries.map(({ declaration, since, validUntil }) => [declaration, since, validUntil])).toEqual([
      ['A1.D1', 1, '2027-12-10'],
      ['B1.D1', 1, '2027-06-10'],
      ['C1.D1', 2, '2027-12-10'],
    ]);
    expect(list.head.validUntil).toBe('2027-12-10');
  });

  it.each([
    ['objection', { reason: 'decided-out', about: 'YY-2026-000001' }],
    ['standard-ended', { reason: 'declaration-ended', about: null }],
    ['credit-trouble', { reason: 'record-trouble', about: 'credit-record' }],
    ['environment-trouble', { reason: 'record-trouble', about: 'environment-record' }],
  ] as const)('takes off for %s what a round found out about an entry', (cause, because) => {
    const list = editionOfRound(next, [a], [left(b, [because])], earlier);
    expect(names(list)).toEqual(['A1.D1']);
    expect(list.removed.map(({ removed }) => [removed.cause, removed.edition])).toEqual([[cause, 2]]);
  });

  it('takes off what expired, and begins its lineage anew if it comes back', () => {
    const late = head({ publishedOn: '2028-01-01', validUntil: '2029-01-01' });
    const list = editionOfRound(late, [a], [], earlier);
    expect(list.entries.map(({ since }) => since)).toEqual([2]);
    expect(list.removed.map(({ declaration, removed }) => [declaration, removed.cause])).toEqual([
      ['B1.D1', 'expired'],
    ]);
  });

  it('keeps a removed row with its cause, evidence, actor and day, until it is listed again', () => {
    const removal = {
      cause: 'quality-trouble',
      evidence: '抽查 2026-1',
      note: '',
      by: 'BODY',
      on: '2026-07-01',
    } as const;
    const without = editionOfRemoval(earlier, b.declaration, removal);
    if (!without) throw new Error('not on the list');
    expect([without.head.edition, without.head.kind, names(without)]).toEqual([2, 'removal', ['A1.D1']]);
    expect(without.removed).toMatchObject([{ declaration: 'B1.D1', removed: { ...removal, edition: 2 } }]);
    expect(editionOfRemoval({ list: without, sha256: HASH }, b.declaration, removal)).toBeNull();
    const again = editionOfRound(next, [a, b], [], { list: without, sha256: HASH });
    expect([names(again), again.removed]).toEqual([['A1.D1', 'B1.D1'], []]);
    expect(again.entries.map(({ since }) => since)).toEqual([1, 3]);
  });
});
