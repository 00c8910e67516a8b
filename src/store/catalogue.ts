import pg from 'pg';

/** A table as the backup sees it; names are quoted where they go into statements. */
export interface Table {
  readonly name: string;
  /** Without generated columns, which the database makes again. */
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
  /** Tables that must be filled before this one. */
  readonly references: readonly string[];
  readonly bytes: number;
}

export interface SequenceState {
  readonly name: string;
  readonly value: string;
  readonly called: boolean;
}

/**
 * Every table of the register except the list of migrations, each after those that it refers to. The queue's schema is
 * left out: jobs come again from the outbox, and a copied job would be locked by a worker that no longer exists.
 */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select a.attname::text from pg_index i cross join unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary order by k.place) as "primaryKey",
      array(select distinct other.relname::text from pg_constraint f join pg_class other on other.oid = f.confrelid
        where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as "references",
      pg_table_size(c.oid)::float8 as bytes
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'schema_migration'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C"`);
  return inOrderOfReference(rows);
}

/** Each table after those that it refers to; a circle cannot be loaded row by row and is a fault of the schema. */
export function inOrderOfReference(tables: readonly Table[]): Table[] {
  const waiting = [...tables];
  const placed: Table[] = [];
  while (waiting.length > 0) {
    const isWaiting = new Set(waiting.map(({ name }) => name));
    const next = waiting.findIndex(({ references }) => !references.some((name) => isWaiting.has(name)));
    if (next === -1) throw new Error(`外键成环 / foreign keys form a circle: ${[...isWaiting].join(', ')}`);
    placed.push(...waiting.splice(next, 1));
  }
  return placed;
}

export async function readSequences(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = 'public' order by sequencename collate "C"`,
  );
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const { rows } = await client.query<SequenceState>(
      `select $1 as name, last_value::text as value, is_called as called from public.${pg.escapeIdentifier(name)}`,
      [name],
    );
    states.push(...rows);
  }
  return states;
}

export async function writeSequence(client: pg.ClientBase, { name, value, called }: SequenceState): Promise<void> {
  await client.query('select setval($1::regclass, $2, $3)', [`public.${pg.escapeIdentifier(name)}`, value, called]);
}

/** All rows in an order that does not depend on the server's collation, so that equal tables give equal bytes. */
export function copyOutStatement({ name, columns, primaryKey }: Table): string {
  const keys = primaryKey.length > 0 ? primaryKey.map((key) => `t.${pg.escapeIdentifier(key)}::text`) : ['t::text'];
  const order = keys.map((key) => `${key} collate "C"`).join(', ');
  const selected = columns.map((column) => `t.${pg.escapeIdentifier(column)}`).join(', ');
  return `copy (select ${selected} from public.${pg.escapeIdentifier(name)} t order by ${order}) to stdout`;
}

export function copyInStatement(name: string, columns: readonly string[]): string {
  return `copy public.${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) from stdin`;
}

/**
 * Whether nothing was written since the migrations: every row then bears the number of a transaction that a migration
 * ran in. So the rows that migrations themselves insert do not count.
 */
export async function nameOfTableInUse(client: pg.ClientBase, tables: readonly Table[]): Promise<string | null> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(
      `select from public.${pg.escapeIdentifier(name)}
       where xmin::text not in (select xmin::text from schema_migration) limit 1`,
    );
    if (rowCount) return name;
  }
  return null;
}

/** Waits at most 5 s: a service that still runs on this database would otherwise be stopped by us without a word. */
export async function lockTables(client: pg.ClientBase, tables: readonly Table[]): Promise<void> {
  if (tables.length === 0) return;
  await client.query(`set local lock_timeout = '5s'`);
  const names = tables.map(({ name }) => `public.${pg.escapeIdentifier(name)}`);
  await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
}

export async function emptyTables(client: pg.ClientBase, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables.toReversed()) await client.query(`delete from public.${pg.escapeIdentifier(name)}`);
}

interface Guard {
  readonly off: string;
  readonly on: string;
}

/**
 * Runs `work` without the triggers that would change or refuse a copied row (append-only tables hold rows of the
 * migrations too) and without row-level security on the owner; foreign keys and checks stay. Inside one transaction.
 */
export async function withoutGuards(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  const { rows: guards } = await client.query<Guard>(`
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) as off,
      format('alter table %s enable trigger %I', tgrelid::regclass, tgname) as on
    from pg_trigger join pg_class c on c.oid = tgrelid
    where not tgisinternal and tgenabled = 'O' and c.relnamespace = 'public'::regnamespace
    union all
    select format('alter table %s no force row level security', oid::regclass),
      format('alter table %s force row level security', oid::regclass)
    from pg_class where relforcerowsecurity and relkind = 'r' and relnamespace = 'public'::regnamespace`);
  for (const { off } of guards) await client.query(off);
  await work();
  await client.query('set constraints all immediate');
  for (const { on } of guards) await client.query(on);
}
