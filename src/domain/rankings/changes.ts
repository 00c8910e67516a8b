import type { Premises } from '../comparisons/premises.ts';
import type { ListHead, ListRow, RankingList } from './list.ts';
import type { ChangeCause, LeftRow, RowChange, Standing } from './row-change.ts';

/** The parts of an earlier edition that a difference needs. */
export type EarlierList = Pick<RankingList, 'head' | 'entries' | 'excluded' | 'left'>;

/** Puts into a list what changed since the edition before, each row with its causes. The same in, the same out. */
export function withChanges(list: RankingList, earlier: EarlierList | null, premises: Premises): RankingList {
  if (!earlier) return list;
  const changes = changesBetween(earlier, list, causesOf(list.head, earlier.head, premises));
  const listed = new Set(list.entries.map(({ declaration }) => declaration));
  const left = [
    ...changes.flatMap((change): LeftRow[] =>
      change.change === 'left' && change.from && list.head.edition !== null
        ? [{ declaration: change.declaration, edition: list.head.edition, last: change.from, causes: change.causes }]
        : [],
    ),
    ...earlier.left.filter(({ declaration }) => !listed.has(declaration)),
  ];
  const count = (kind: RowChange['change']) => changes.filter(({ change }) => change === kind).length;
  const head = {
    ...list.head,
    changes: { entered: count('entered'), moved: count('moved'), left: count('left') },
  };
  return { ...list, head, changes, left };
}

/**
 * What entered, moved and left between two lists: in the order of the newer one, then those that left in the order of the
 * older. A row moved when its grade or the outcome of an indicator is another.
 */
export function changesBetween(
  earlier: Pick<RankingList, 'entries' | 'excluded'>,
  later: Pick<RankingList, 'entries' | 'excluded'>,
  causes: (
    declaration: string,
    from: Standing | null,
    to: Standing | null,
    row: ListRow | null,
  ) => readonly ChangeCause[],
): readonly RowChange[] {
  const before = new Map([...standings(earlier.entries, true), ...standings(earlier.excluded, false)]);
  const after = new Map([...standings(later.entries, true), ...standings(later.excluded, false)]);
  const leftOut = new Map(later.excluded.map((row) => [row.declaration, row]));
  const change = (kind: RowChange['change'], declaration: string): RowChange => {
    const from = before.get(declaration) ?? null;
    const to = after.get(declaration) ?? null;
    return {
      change: kind,
      declaration,
      from,
      to,
      causes: causes(declaration, from, to, leftOut.get(declaration) ?? null),
    };
  };
  const stayed = later.entries.flatMap((row) => {
    const from = before.get(row.declaration);
    if (!from?.listed) return [change('entered', row.declaration)];
    return from.grade === row.grade && from.outcomes === row.outcomes ? [] : [change('moved', row.declaration)];
  });
  const gone = earlier.entries.flatMap(({ declaration }) =>
    after.get(declaration)?.listed ? [] : [change('left', declaration)],
  );
  return [...stayed, ...gone];
}

function standings(rows: readonly ListRow[], listed: boolean): readonly (readonly [string, Standing])[] {
  return rows.map(({ declaration, revision, document, grade, outcomes }) => [
    declaration,
    { revision, document, listed, grade, outcomes },
  ]);
}

/** Everything that differs between two editions and concerns a row; the general causes only where nothing nearer does. */
function causesOf(head: ListHead, earlier: ListHead, premises: Premises) {
  const versions = new Map(premises.versions.map((version) => [version.declaration, version]));
  const decisions = premises.decisions.filter(({ objection }) => !earlier.premises.decisions.includes(objection));
  const general = [
    ...decisions.filter(({ declaration }) => declaration === null).map(decided),
    ...generalCauses(head, earlier),
  ];
  return (
    declaration: string,
    from: Standing | null,
    to: Standing | null,
    row: ListRow | null,
  ): readonly ChangeCause[] => {
    const near: ChangeCause[] = decisions.filter((decision) => decision.declaration === declaration).map(decided);
    const version = versions.get(declaration);
    if (from?.document !== to?.document && version)
      near.push({
        cause: 'version',
        event: version.event,
        evidence: `${declaration}/${version.revision}`,
        ...(version.follows === undefined ? {} : { follows: version.follows }),
        by: version.by,
        on: version.on,
      });
    if (row?.excluded?.reason === 'standard-not-in-force')
      for (const number of row.excluded.about) {
        const standard = premises.standards.find((one) => one.number === number);
        near.push({ cause: 'standard', evidence: number, by: null, on: standard?.on ?? null });
      }
    if (near.length === 0) return general;
    return [...near, ...general.filter(({ cause }) => cause === 'scheme')];
  };
}

function decided({ objection, by, on }: Premises['decisions'][number]): ChangeCause {
  return { cause: 'objection', evidence: objection, by, on };
}

/** What may have moved any row; `on` is null, as it took effect with the edition itself. */
function generalCauses(head: ListHead, earlier: ListHead): readonly ChangeCause[] {
  const causes: ChangeCause[] = [];
  const general = (cause: ChangeCause['cause'], evidence: string) =>
    causes.push({ cause, evidence, by: head.body, on: null });
  if (head.scheme.sha256 !== earlier.scheme.sha256) general('scheme', `${head.scheme.code}/${head.scheme.version}`);
  if (head.premises.mappings !== earlier.premises.mappings) general('mapping', head.premises.mappings);
  if (head.engine !== earlier.engine) general('engine', head.engine);
  return causes;
}
