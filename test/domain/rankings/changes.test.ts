import { describe, expect, it } from 'vitest';
import { comparer } from '../../../src/domain/comparisons/compare.ts';
import { NO_PREMISES, type Premises } from '../../../src/domain/comparisons/premises.ts';
import type { DeclarationDocument } from '../../../src/domain/declarations/document.ts';
import { withChanges } from '../../../src/domain/rankings/changes.ts';
import { compared, type ListHead, rank, type RankingList } from '../../../src/domain/rankings/list.ts';
import { premisesSource } from '../../../src/domain/rankings/premises-source.ts';
import type { Scheme } from '../../../src/domain/schemes/scheme.ts';
import { declared, document, indicator, scheme } from '../comparisons/fixtures.ts';

const by = scheme([indicator('a'), indicator('b'), indicator('c')]);
const one = (id: string, value: string, revision = 1): DeclarationDocument => ({
  ...document(
    ['a', 'b', 'c'].map((name) => declared(name, '≥', value)),
    { id, code: id, number: `Q/${id} 1-2026` },
  ),
  revision,
});

function listOf(
  documents: readonly DeclarationDocument[],
  given: {
    readonly edition: number;
    readonly premises?: Premises;
    readonly scheme?: Scheme;
    readonly schemeSha256?: string;
  } = { edition: 1 },
): RankingList {
  const premises = given.premises ?? NO_PREMISES;
  const { compare } = comparer(given.scheme ?? by, premises);
  const head: Parameters<typeof rank>[2] = {
    body: 'BODY',
    logSize: given.edition,
    edition: given.edition,
    previous: null,
    correction: null,
    inputs: { count: documents.length, sha256: '0'.repeat(64) },
    premises: premisesSource(premises, '1'.repeat(64)),
    schemeSha256: given.schemeSha256 ?? '2'.repeat(64),
  };
  return rank(
    given.scheme ?? by,
    documents.map((each) => compared(each, `${each.id}/${each.revision}`, compare(each))),
    head,
  );
}

const version = (declaration: string, revision: number, event: Premises['versions'][number]['event']) => ({
  declaration,
  revision,
  event,
  by: 'ENT',
  on: '2026-05-01',
});
const first = listOf([one('A', '95'), one('B', '75'), one('C', '55')]);
const changesOf = (list: RankingList, premises: Premises = NO_PREMISES) =>
  withChanges(list, first, premises).changes.map(({ change, declaration, causes }) => [
    change,
    declaration,
    causes.map(({ cause, evidence }) => `${cause} ${evidence}`),
  ]);

describe('what changed since the edition before', () => {
  it('of a first edition is nothing', () => expect(withChanges(first, null, NO_PREMISES).changes).toEqual([]));
  it('of the same declarations is nothing', () =>
    expect(changesOf(listOf([one('A', '95'), one('B', '75'), one('C', '55')], { edition: 2 }))).toEqual([]));
  it('names every row that entered, moved or left, by the version that its enterprise made', () => {
    const premises = {
      ...NO_PREMISES,
      versions: [version('B', 2, 'revised'), version('C', 2, 'withdrawn'), version('D', 1, 'published')],
    };
    const second = withChanges(
      listOf([one('A', '95'), one('B', '95', 2), one('D', '75')], { edition: 2, premises }),
      first,
      premises,
    );
    expect(second.head.changes).toEqual({ entered: 1, moved: 1, left: 1 });
    expect(
      second.changes.map(({ change, declaration, from, to, causes }) => [
        change,
        declaration,
        from?.grade ?? null,
        to?.grade ?? null,
        causes,
      ]),
    ).toEqual([
      ['moved', 'B', 2, 1, [{ cause: 'version', event: 'revised', evidence: 'B/2', by: 'ENT', on: '2026-05-01' }]],
      [
        'entered',
        'D',
        null,
        2,
        [{ cause: 'version', event: 'published', evidence: 'D/1', by: 'ENT', on: '2026-05-01' }],
      ],
      ['left', 'C', 3, null, [{ cause: 'version', event: 'withdrawn', evidence: 'C/2', by: 'ENT', on: '2026-05-01' }]],
    ]);
    expect(second.left).toMatchObject([{ declaration: 'C', edition: 2, last: { grade: 3, revision: 1 } }]);
  });
  it('a row that left stays struck through in later editions, until it comes back', () => {
    const premises = { ...NO_PREMISES, versions: [version('C', 2, 'withdrawn')] };
    const second = withChanges(listOf([one('A', '95'), one('B', '75')], { edition: 2, premises }), first, premises);
    const third = withChanges(listOf([one('A', '95'), one('B', '75')], { edition: 3 }), second, NO_PREMISES);
    expect(third.left).toEqual(second.left);
    const back = withChanges(
      listOf([one('A', '95'), one('B', '75'), one('C', '55', 3)], { edition: 4 }),
      third,
      NO_PREMISES,
    );
    expect(back.left).toEqual([]);
  });
  it('names the standard that is no longer in force, the scheme, the mapping, the objection', () => {
    const premises: Premises = { ...NO_PREMISES, standards: [{ number: 'GB/T1-2020', on: '2026-04-01', by: [] }] };
    const same = [one('A', '95'), one('B', '75'), one('C', '55')];
    expect(changesOf(listOf(same, { edition: 2, premises }), premises)).toEqual(
      ['A', 'B', 'C'].map((id) => ['left', id, ['standard GB/T1-2020']]),
    );
    const stricter = scheme([
      indicator('a', { levels: [{ advanced: '96', average: '70', baseline: '50' }] }),
      indicator('b'),
      indicator('c'),
    ]);
    expect(changesOf(listOf(same, { edition: 2, scheme: stricter, schemeSha256: '9'.repeat(64) }))).toEqual([
      ['moved', 'A', ['scheme TEST/1']],
    ]);
    const decision = {
      objection: 'YY-1',
      declaration: 'A',
      revision: 1,
      effect: 'exclude-row' as const,
      reason: '成立',
      on: '2026-06-01',
      by: 'BODY',
    };
    const decided = { ...NO_PREMISES, decisions: [decision] };
    expect(changesOf(listOf(same, { edition: 2, premises: decided }), decided)).toEqual([
      ['left', 'A', ['objection YY-1']],
    ]);
    const mapped = { ...NO_PREMISES, mappings: [{ name: 'x', as: 'a', reason: '', on: '2026-06-01' }] };
    const extra = {
      ...one('C', '55'),
      content: {
        ...one('C', '55').content,
        indicators: [declared('x', '≥', '55'), ...one('C', '55').content.indicators],
      },
    };
    const causes = changesOf(listOf([one('A', '95'), one('B', '75'), extra], { edition: 2, premises: mapped }), mapped);
    expect(causes).toMatchObject([['left', 'C', [expect.stringMatching(/^mapping /u)]]]);
  });
  it('a decision that an earlier edition followed explains nothing anew', () => {
    const decision = {
      objection: 'YY-1',
      declaration: 'A',
      revision: 1,
      effect: 'exclude-row' as const,
      reason: '成立',
      on: '2026-06-01',
      by: 'BODY',
    };
    const premises = { ...NO_PREMISES, decisions: [decision], versions: [version('A', 2, 'revised')] };
    const second = withChanges(
      listOf([one('A', '95'), one('B', '75'), one('C', '55')], { edition: 2, premises }),
      first,
      premises,
    );
    const third = withChanges(
      listOf([one('A', '95', 2), one('B', '75'), one('C', '55')], { edition: 3, premises }),
      second,
      premises,
    );
    expect(third.changes.map(({ change, causes }) => [change, causes.map(({ cause }) => cause)])).toEqual([
      ['entered', ['version']],
    ]);
    const head: ListHead = third.head;
    expect(head.premises.decisions).toEqual(['YY-1']);
  });
});
