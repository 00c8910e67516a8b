import type pg from 'pg';
import type { ListHead } from '../src/domain/rankings/list.ts';
import { runComparison } from '../src/services/comparisons/run-comparison.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { withBed } from './bed.ts';
import { type BenchCategory, loadCategories, requestCategory } from './category.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';

const ROUNDS = 3;
const SMALL = 1_000;
const SMALL_MS = 20;

/**
 * G6: a category compared and ranked from its declared documents, exactly, and stored durably as a list. G7: against a
 * category of a tenth of the size, and one of 1,000 declarations.
 */
export async function rankGoals({ size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    const [whole, tenth, small] = (await loadCategories(owner, [size, Math.ceil(size / 10), SMALL])) as [
      BenchCategory,
      BenchCategory,
      BenchCategory,
    ];
    await prepareYardstick(owner);
    const database = openDatabase({ url, max: 4, applicationName: 'bench', statementTimeoutMs: 0, onError: () => {} });
    try {
      // What is derived once for a category (its packed form) is made by its first run, which is shown apart.
      const first = await timed(owner, database, whole);
      await timed(owner, database, tenth);
      for (let i = 0; i < 3; i++) await timed(owner, database, small);
      const rounds: { ours: number; theirs: number; tenth: number; small: number }[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        const ours = await timed(owner, database, whole);
        const theirs = await seconds(() => rankInSql(owner, whole));
        await refuseOtherGrades(owner, ours.run);
        const ofTenth = await timed(owner, database, tenth);
        const ofSmall = await timed(owner, database, small);
        rounds.push({ ours: ours.seconds, theirs, tenth: ofTenth.seconds, small: ofSmall.seconds });
      }
      const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
      const shown = (value: number) => `${value.toFixed(value < 1 ? 3 : 2)} s`;
      const memory = Math.round(process.resourceUsage().maxRSS / 1024);
      return [
        {
          goal: 'G6',
          ratio: middle(({ ours, theirs }) => ours / theirs),
          atMost: 0.2,
          yardstick: `one INSERT..SELECT on normalised tables, ${size} × 6`,
          detail: `${shown(middle(({ ours }) => ours))} against ${shown(middle(({ theirs }) => theirs))}; the first run ${shown(first.seconds)}; ${memory} MB at most; every grade count equal`,
        },
        {
          goal: 'G7',
          ratio: middle(({ ours, tenth: of }) => ours / of),
          atMost: 11,
          yardstick: `a tenth of ${size} declarations`,
          detail: `${shown(middle(({ ours }) => ours))} against ${shown(middle(({ tenth: of }) => of))}`,
        },
        {
          goal: 'G7',
          ratio: (middle(({ small: of }) => of) * 1000) / SMALL_MS,
          atMost: 1,
          yardstick: `${SMALL_MS} ms for ${SMALL} declarations`,
          detail: `${(middle(({ small: of }) => of) * 1000).toFixed(1)} ms`,
        },
      ];
    } finally {
      await database.close();
    }
  });
}

async function timed(owner: pg.Client, database: Database, bench: BenchCategory) {
  const run = await requestCategory(owner, bench);
  return { run, seconds: await seconds(() => runComparison(database, run)) };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

async function prepareYardstick(owner: pg.Client): Promise<void> {
  await owner.query(`
    create table norm_scheme (indicator int primary key, higher bool not null, advanced numeric not null, average numeric not null, baseline numeric not null);
    create table norm_entry (declaration_id bigint primary key, grade int, rank bigint);
    insert into norm_scheme select i, i <> 3, case when i = 3 then 30 else 70 end, case when i = 3 then 60 else 40 end, case when i = 3 then 90 else 10 end from generate_series(1, 6) i`);
}

async function rankInSql(owner: pg.Client, { norm }: BenchCategory): Promise<void> {
  await owner.query('truncate norm_entry');
  await owner.query(`
    insert into norm_entry
    select declaration_id, grade, rank() over (order by grade) from (
      select i.declaration_id, nullif(max(case
        when s.higher then case when i.value >= s.advanced then 1 when i.value >= s.average then 2 when i.value >= s.baseline then 3 else 9 end
        else case when i.value <= s.advanced then 1 when i.value <= s.average then 2 when i.value <= s.baseline then 3 else 9 end end), 9) as grade
      from norm_declaration_${norm} d join norm_indicator_${norm} i on i.declaration_id = d.id join norm_scheme s on s.indicator = i.indicator
      group by i.declaration_id having count(*) = 6) graded`);
}

async function refuseOtherGrades(owner: pg.Client, run: string): Promise<void> {
  const ours = await owner.query<{ head: string }>('select head from ranking_list_editions where run_id = $1', [run]);
  const { grades } = JSON.parse(ours.rows[0]?.head ?? '{}') as ListHead;
  const theirs = await owner.query<{ grade: 1 | 2 | 3; n: number }>(
    'select grade, count(*)::int as n from norm_entry where grade is not null group by grade',
  );
  for (const { grade, n } of theirs.rows) {
    if (grades[grade] !== n) throw new Error(`grade ${grade}: ${grades[grade]} by the engine, ${n} by SQL`);
  }
}
