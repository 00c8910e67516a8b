import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { DeclarationContent } from '../src/domain/declarations/content.ts';
import { writeDocument } from '../src/domain/declarations/document.ts';
import type { ListHead } from '../src/domain/rankings/list.ts';
import { projectRoot } from '../src/project-root.ts';
import { runComparison } from '../src/services/comparisons/run-comparison.ts';
import { openDatabase } from '../src/store/database.ts';
import { addOrganisations, organisationId, withBed } from './bed.ts';
import { benchContent } from './content.ts';
import { type BenchOptions, type Goal, median } from './goal.ts';

const ROUNDS = 3;
const BATCH = 5_000;
const SCHEME = {
  ...(JSON.parse(readFileSync(join(projectRoot, 'demo', 'schemes', 'heat-pumps.json'), 'utf8')) as object),
  indicators: [
    '低温工况供暖季节能效',
    '中温工况供暖季节能效',
    '室外侧声功率级',
    '额定制热量',
    '低温性能系数',
    '高温性能系数',
  ].map((name, i) => ({
    code: `i${i + 1}`,
    name: { zh: name, en: name },
    kind: 'core',
    direction: i === 2 ? 'lower' : 'higher',
    unit: ['%', '%', 'dB(A)', 'kW', '1', '1'][i],
    levels: [
      i === 2 ? { advanced: '30', average: '60', baseline: '90' } : { advanced: '70', average: '40', baseline: '10' },
    ],
  })),
};

/** G6: a category compared and ranked from its declared documents, exactly, and stored durably as a list. */
export async function rankGoals({ size }: BenchOptions): Promise<readonly Goal[]> {
  return withBed(async ({ url, owner }) => {
    await load(owner, size);
    const database = openDatabase({ url, max: 4, applicationName: 'bench', statementTimeoutMs: 0, onError: () => {} });
    try {
      const rounds: { ours: number; theirs: number }[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        const run = `run-bench-${round}`;
        await owner.query(
          `insert into comparison_runs (id, body_id, scheme_code, scheme_version, log_size, state, requested_by)
           values ($1, ${organisationId('1')}, 'DEMO-HP', 1, $2, 'requested', ${organisationId('1')})`,
          [run, size],
        );
        const ours = await seconds(() => runComparison(database, run));
        const theirs = await seconds(() => rankInSql(owner));
        rounds.push({ ours, theirs });
        await refuseOtherGrades(owner, run);
      }
      const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
      return [
        {
          goal: 'G6',
          ratio,
          atMost: 0.2,
          yardstick: `one INSERT..SELECT on normalised tables, ${size} × 6`,
          detail: `${median(rounds.map(({ ours }) => ours)).toFixed(2)} s against ${median(rounds.map(({ theirs }) => theirs)).toFixed(2)} s; every grade count equal`,
        },
      ];
    } finally {
      await database.close();
    }
  });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** The same declarations twice: as documents in the register, and as normalised rows for the yardstick. */
async function load(owner: pg.Client, size: number): Promise<void> {
  await addOrganisations(owner, 1, 'assessment-body');
  const document = JSON.stringify(SCHEME);
  await owner.query(
    `insert into scheme_versions (code, version, body_id, category, document, document_sha256, published_by, published_at)
     values ('DEMO-HP', 1, ${organisationId('1')}, 'C3464.heat-pump', $1, repeat('0', 64), ${organisationId('1')}, now())`,
    [document],
  );
  await owner.query(`drop index declarations_search;
    create table norm_declaration (id bigint primary key);
    create table norm_indicator (declaration_id bigint, indicator int, value numeric not null, primary key (declaration_id, indicator));
    create table norm_scheme (indicator int primary key, higher bool not null, advanced numeric not null, average numeric not null, baseline numeric not null);
    create table norm_entry (declaration_id bigint primary key, grade int, rank bigint);
    insert into norm_scheme select i, i <> 3, case when i = 3 then 30 else 70 end, case when i = 3 then 60 else 40 end, case when i = 3 then 90 else 10 end from generate_series(1, 6) i`);
  for (let from = 0; from < size; from += BATCH) await loadBatch(owner, from, Math.min(BATCH, size - from));
  await owner.query('vacuum analyze');
}

async function loadBatch(owner: pg.Client, from: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const values = Array.from({ length: 6 }, (_unused, k) => String(((n * 7919 + k * 104_729) % 10_000) / 100));
    const number = `Q/B ${n}-2026`;
    const id = `B.D${String(n).padStart(8, '0')}`;
    const written = writeDocument({
      v: 1,
      id,
      revision: 1,
      event: 'published',
      enterprise: { code: '91990000000000000001', name: '测试企业' },
      number: { canonical: number, compact: number.replaceAll(' ', '') },
      content: DeclarationContent.parse(benchContent(number, values)),
    });
    return { n, id, number: number.replaceAll(' ', ''), values, ...written };
  });
  const arrays = [
    rows.map((row) => row.id),
    rows.map((row) => row.number),
    rows.map((row) => row.text),
    rows.map((row) => row.sha256),
    rows.map((row) => row.n),
  ];
  await owner.query(
    `with given as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) as t(id, number, document, sha256, n)),
     declared as (insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
       select id, ${organisationId('1')}, '9199', number, 'enterprise', 'C3464.heat-pump', 'product', 'current', 1, now(), '' from given),
     version as (insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, at)
       select id, 1, ${organisationId('1')}, 'published', 'C3464.heat-pump', '9199', number, document, sha256, now() from given),
     norm as (insert into norm_declaration select n from given)
     insert into log_entries (idx, entry_type, subject, revision, leaf, leaf_hash)
       select n, 'declaration.published', id, 1, '{}', decode(sha256, 'hex') from given`,
    arrays,
  );
  await owner.query('insert into norm_indicator select * from unnest($1::bigint[], $2::int[], $3::numeric[])', [
    rows.flatMap((row) => row.values.map(() => row.n)),
    rows.flatMap((row) => row.values.map((_, k) => k + 1)),
    rows.flatMap((row) => row.values),
  ]);
}

async function rankInSql(owner: pg.Client): Promise<void> {
  await owner.query('truncate norm_entry');
  await owner.query(`
    insert into norm_entry
    select declaration_id, grade, rank() over (order by grade) from (
      select i.declaration_id, nullif(max(case
        when s.higher then case when i.value >= s.advanced then 1 when i.value >= s.average then 2 when i.value >= s.baseline then 3 else 9 end
        else case when i.value <= s.advanced then 1 when i.value <= s.average then 2 when i.value <= s.baseline then 3 else 9 end end), 9) as grade
      from norm_declaration d join norm_indicator i on i.declaration_id = d.id join norm_scheme s on s.indicator = i.indicator
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
