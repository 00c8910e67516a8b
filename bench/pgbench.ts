import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organisationId } from './bed.ts';
import { benchContent } from './content.ts';

/** Declarations a second that pgbench writes: the rows of a declaration, in one prepared statement for `rows` of them, as
 * the tables' owner, without HTTP, checks, roles or row security. */
export function runPgbench(
  url: string,
  { seconds, clients, enterprises, rows }: Readonly<Record<'seconds' | 'clients' | 'enterprises' | 'rows', number>>,
): number {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-pgbench-'));
  const script = join(folder, 'ingest.sql');
  writeFileSync(script, yardstick(enterprises, rows));
  const given = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, url];
  try {
    const output = execFileSync('pgbench', given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const rate = /tps = ([\d.]+)/u.exec(output)?.[1];
    if (!rate) throw new Error(`pgbench said: ${output}`);
    return Number(rate) * rows;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error('pgbench is not in PATH; it comes with PostgreSQL’s server packages', { cause: error });
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function yardstick(enterprises: number, rows: number): string {
  const organisation = organisationId(':n');
  const id = `'9199' || lpad((:n)::text, 14, '0') || '.P' || i.n`;
  // A colon begins a variable of pgbench, so the constant document has none; its length is what counts.
  const document = JSON.stringify(benchContent('Q/BENCH 1-2026')).replaceAll(':', ';').replaceAll("'", '');
  return `\\set n random(1, ${enterprises})
with i as materialized (select nextval('declaration_numbers') as n from generate_series(1, ${rows})),
declared as (
  insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
  select ${id}, ${organisation}, '9199', 'Q/PGB' || i.n, 'enterprise', 'C3464.heat-pump', 'product', 'current', 1, now(),
         'q/pgb ' || i.n || ' q/pgb' || i.n || ' 供暖用热泵 bench 1 91990000000000000001 供暖用热泵  hp-8-r290' from i),
version as (
  insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)
  select ${id}, 1, ${organisation}, 'published', 'C3464.heat-pump', '9199', 'Q/PGB' || i.n, '${document}', repeat('0', 64), ${organisation}, 'bench', now() from i),
logged as (
  insert into log_pending (entry_type, subject, revision, leaf) select 'declaration.published', ${id}, 1, repeat('x', 260) from i),
kept as (
  insert into idempotency_keys (owner, key, fingerprint, status, answer) select 'pgbench', 'k' || i.n, repeat('0', 64), 200, repeat('x', 300) from i)
insert into audit_events (at, organisation_id, actor, action, subject, detail)
select now(), ${organisation}, 'key', 'declaration.publish', ${id}, '{}' from i;
`;
}
