import type pg from 'pg';
import type { RegisterKind } from '../domain/register.ts';
import type { Database } from './database.ts';

/** Founds the register as `kind`, once and for ever, as the owner of the database; returns what it is. */
export async function foundRegister(owner: pg.Client | pg.Pool, kind: RegisterKind): Promise<RegisterKind> {
  await owner.query('insert into register (kind) values ($1) on conflict do nothing', [kind]);
  const { rows } = await owner.query<{ kind: RegisterKind }>('select kind from register');
  const found = rows[0]?.kind;
  if (!found) throw new Error('the register has no kind');
  return found;
}

/** Stores the hash of the one-time token that makes the first operator; only while there is no operator. */
export async function keepOperatorToken(owner: pg.Client | pg.Pool, sha256: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    `update register set operator_token_sha256 = $1
     where not exists (select from organisations where kind = 'operator' and state = 'active')`,
    [sha256],
  );
  return rowCount === 1;
}

export async function readRegister(
  database: Database,
): Promise<{ readonly kind: RegisterKind; readonly operatorTokenSha256: string | null; readonly now: Date }> {
  const { rows } = await database.pool.query(
    'select kind, operator_token_sha256 as "operatorTokenSha256", register_now() as now from register',
  );
  if (!rows[0]) throw new Error('the register is not founded');
  return rows[0];
}

/** Moves the clock of a demonstration or test register on; the database refuses it for a real one. */
export async function shiftRegister(database: Database, seconds: number): Promise<void> {
  await database.pool.query('select shift_register(make_interval(secs => $1))', [seconds]);
}
