import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { DeclarationContent } from '../src/domain/declarations/content.ts';
import { writeDocument } from '../src/domain/declarations/document.ts';
import { projectRoot } from '../src/project-root.ts';
import { runComparison } from '../src/services/comparisons/run-comparison.ts';
import type { Database } from '../src/store/database.ts';
import { addOrganisations, organisationId } from './bed.ts';
import { benchContent } from './content.ts';

const BATCH = 5_000;
const ENTERPRISES = 997;

/** A category with so many declarations, a scheme for it in force, and where its last declaration stands in the log. */
export interface BenchCategory {
  readonly category: string;
  readonly scheme: string;
  readonly size: number;
  readonly logSize: number;
  /** The same declarations as normalised tables: their names end in this. */
  readonly norm: string;
}

const CATEGORIES = ['C3464.heat-pump', 'C3464.air-purifier', 'C3851.refrigerator'] as const;
const INDICATORS = [
  '低温工况供暖季节能效',
  '中温工况供暖季节能效',
  '室外侧声功率级',
  '额定制热量',
  '低温性能系数',
  '高温性能系数',
];

function schemeFor(code: string, category: string): string {
  const demo = JSON.parse(readFileSync(join(projectRoot, 'demo', 'schemes', 'heat-pumps.json'), 'utf8')) as object;
  const indicators = INDICATORS.map((name, i) => ({
    code: `i${i + 1}`,
    name: { zh: name, en: name },
    kind: 'core',
    direction: i === 2 ? 'lower' : 'higher',
    unit: ['%', '%', 'dB(A)', 'kW', '1', '1'][i],
    levels: [
      i === 2 ? { advanced: '30', average: '60', baseline: '90' } : { advanced: '70', average: '40', baseline: '10' },
    ],
  }));
  return JSON.stringify({ ...demo, code, category, indicators });
}

/** Loads a category for each size, with six values a declaration, as documents and as the yardstick's normalised rows. */
export async function loadCategories(owner: pg.Client, sizes: readonly number[]): Promise<readonly BenchCategory[]> {
  await addOrganisations(owner, 3, 'enterprise');
  await owner.query(`update organisations set kind = 'assessment-body' where id = ${organisationId('1')}`);
  await owner.query('drop index declarations_search');
  const loaded: BenchCategory[] = [];
  let logSize = 0;
  for (const [i, size] of sizes.entries()) {
    const category = CATEGORIES[i];
    if (!category) throw new Error(`at most ${CATEGORIES.length} sizes`);
    const bench = { category, scheme: `BENCH-${i + 1}`, size, logSize: logSize + size, norm: String(i + 1) };
    await putInForce(owner, bench);
    await owner.query(`
      create table norm_declaration_${bench.norm} (id bigint primary key);
      create table norm_indicator_${bench.norm} (declaration_id bigint, indicator int, value numeric not null, primary key (declaration_id, indicator))`);
    for (let from = logSize; from < bench.logSize; from += BATCH)
      await loadBatch(owner, bench, from, Math.min(BATCH, bench.logSize - from));
    logSize = bench.logSize;
    loaded.push(bench);
  }
  await owner.query('vacuum analyze');
  return loaded;
}

async function putInForce(owner: pg.Client, { category, scheme }: BenchCategory): Promise<void> {
  await owner.query(
    `insert into scheme_versions (code, version, body_id, category, document, document_sha256, published_by, published_at)
     values ($1, 1, ${organisationId('1')}, $2, $3, repeat('0', 64), ${organisationId('1')}, now())`,
    [scheme, category, schemeFor(scheme, category)],
  );
  await owner.query(
    `insert into scheme_stages (code, version, n, stage, effective_on, objections_until, done_by, done_at) values
       ($1, 1, 1, 'objection', '2026-01-01', '2026-01-08', ${organisationId('1')}, now()),
       ($1, 1, 2, 'in-force', '2026-01-09', null, ${organisationId('2')}, now())`,
    [scheme],
  );
}

/** The document of a declaration is the first one's with its own words put in: canonical JSON stays so, and 1M take a minute. */
function template(category: string): string {
  return writeDocument({
    v: 1,
    id: '<id>',
    revision: 1,
    event: 'published',
    enterprise: { code: '<code>', name: '测试企业' },
    number: { canonical: '<number>', compact: '<compact>' },
    content: DeclarationContent.parse({
      ...benchContent(
        '<number>',
        INDICATORS.map((_, k) => `<${k}>`),
      ),
      category,
    }),
  }).text;
}

async function loadBatch(owner: pg.Client, bench: BenchCategory, from: number, count: number): Promise<void> {
  const parts = template(bench.category).split(/<(\w+)>/u);
  const rows = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const values = INDICATORS.map((_unused, k) => String(((n * 7919 + k * 104_729) % 10_000) / 100));
    const [number, id] = [`Q/B ${n}-2026`, `B.D${String(n).padStart(8, '0')}`];
    const compact = number.replaceAll(' ', '');
    const code = `9199${String((n * 7919) % ENTERPRISES).padStart(14, '0')}`;
    const words: Readonly<Record<string, string>> = {
      id,
      code,
      number,
      compact,
      ...Object.fromEntries(values.entries()),
    };
    const text = parts.map((part, at) => (at % 2 === 0 ? part : (words[part] ?? ''))).join('');
    return { n, id, compact, code, values, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
  await owner.query(
    `with given as (select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[]) as t(id, number, document, sha256, n, code)),
     declared as (insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
       select id, ${organisationId('1')}, code, number, 'enterprise', $7, 'product', 'current', 1, now(), '' from given),
     version as (insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, at)
       select id, 1, ${organisationId('1')}, 'published', $7, code, number, document, sha256, now() from given),
     norm as (insert into norm_declaration_${bench.norm} select n from given)
     insert into log_entries (idx, entry_type, subject, revision, leaf, leaf_hash)
       select n, 'declaration.published', id, 1, '{}', decode(sha256, 'hex') from given`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.compact),
      rows.map((row) => row.text),
      rows.map((row) => row.sha256),
      rows.map((row) => row.n),
      rows.map((row) => row.code),
      bench.category,
    ],
  );
  await owner.query(
    `insert into norm_indicator_${bench.norm} select * from unnest($1::bigint[], $2::int[], $3::numeric[])`,
    [
      rows.flatMap((row) => row.values.map(() => row.n)),
      rows.flatMap((row) => row.values.map((_, k) => k + 1)),
      rows.flatMap((row) => row.values),
    ],
  );
}

/** Asks for a comparison of the whole category and does it; answers the run's id. */
export async function compareCategory(owner: pg.Client, database: Database, bench: BenchCategory): Promise<string> {
  const id = await requestCategory(owner, bench);
  await runComparison(database, id);
  return id;
}

let serial = 0;

export async function requestCategory(owner: pg.Client, { scheme, logSize }: BenchCategory): Promise<string> {
  const id = `run-bench-${++serial}`;
  await owner.query(
    `insert into comparison_runs (id, body_id, scheme_code, scheme_version, log_size, state, requested_by)
     values ($1, ${organisationId('1')}, $2, 1, $3, 'requested', ${organisationId('1')})`,
    [id, scheme, logSize],
  );
  return id;
}

/** Makes the result of a run the first edition of its list, as two persons would. */
export async function publishCategory(owner: pg.Client, run: string): Promise<void> {
  await owner.query(
    `update ranking_list_editions set prepared_by = ${organisationId('1')}, prepared_at = now(), checklist = '{}' where run_id = $1`,
    [run],
  );
  await owner.query(
    `update ranking_list_editions set state = 'published', edition = 1, published_by = ${organisationId('2')}, published_at = now() where run_id = $1`,
    [run],
  );
}
