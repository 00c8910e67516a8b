import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareQueue } from '../workers/queue.ts';
import { migrationDirectory } from '../src/project-root.ts';
import { migrate } from '../src/store/migrate.ts';
import { startPrivatePostgres } from '../src/store/private-postgres.ts';
import { foundRegister } from '../src/store/register.ts';

/** A PostgreSQL of its own with fsync on, migrated, founded as a test register, gone afterwards. */
export async function withBed<Answer>(
  work: (bed: { readonly url: string; readonly owner: pg.Client }) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-bench-'));
  const server = await startPrivatePostgres({ directory: join(folder, 'pg') });
  const owner = new pg.Client({ connectionString: server.url });
  try {
    await migrate(server.url, { directory: migrationDirectory });
    await prepareQueue(server.url);
    await owner.connect();
    await foundRegister(owner, 'test');
    return await work({ url: server.url, owner });
  } finally {
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Invented organisations 1…n with fixed ids, so that SQL scripts can name them. */
export async function addOrganisations(owner: pg.Client, count: number, kind: string): Promise<void> {
  await owner.query(
    `insert into organisations (id, kind, credit_code, credit_code_mark, name, state, invented, proof_method, proof_evidence_sha256, proof_statement, decided_at)
     select ${organisationId('n')}, $2, '9199' || lpad(n::text, 14, '0'), 'regular', 'bench ' || n, 'active', true, 'founding', repeat('0', 64), 'bench', now()
     from generate_series(1, $1) as n`,
    [count, kind],
  );
  await owner.query(
    `insert into users (id, login_name, display_name, password_hash) select ${organisationId('n')}, 'bench' || n, 'bench', '-' from generate_series(1, $1) as n`,
    [count],
  );
}

/** SQL for the id of organisation (and user) number `n`. */
export function organisationId(n: string): string {
  return `('00000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
}
