import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPTIONAL_FILES, REQUIRED_FILES } from '../../src/domain/spot-checks/names.ts';
import * as bodies from '../../src/store/schema/bodies.ts';
import * as calendar from '../../src/store/schema/calendar.ts';
import * as comparisons from '../../src/store/schema/comparisons.ts';
import * as imports from '../../src/store/schema/imports.ts';
import * as declarations from '../../src/store/schema/declarations.ts';
import * as enterpriseLife from '../../src/store/schema/enterprise-life.ts';
import * as forerunners from '../../src/store/schema/forerunners.ts';
import * as log from '../../src/store/schema/log.ts';
import * as objections from '../../src/store/schema/objections.ts';
import * as organisations from '../../src/store/schema/organisations.ts';
import * as standards from '../../src/store/schema/standards.ts';
import * as schemes from '../../src/store/schema/schemes.ts';
import * as spotChecks from '../../src/store/schema/spot-checks.ts';
import * as texts from '../../src/store/schema/texts.ts';
import { type TestDatabase, testDatabase, withTestClient } from '../support/database.ts';

const tables = [
  bodies,
  calendar,
  comparisons,
  declarations,
  enterpriseLife,
  forerunners,
  log,
  objections,
  organisations,
  schemes,
  spotChecks,
  standards,
  texts,
  imports,
]
  .flatMap((file): unknown[] => Object.values(file))
  .filter((value): value is PgTable => is(value, PgTable))
  .map((table) => getTableConfig(table));

describe('the tables as TypeScript knows them', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database?.close());

  it('have the names, types and nullability of the database', async () => {
    const { rows } = await withTestClient(database.url, (client) =>
      client.query<{ name: string; type: string; required: boolean }>(
        `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
         from pg_attribute a join pg_class c on c.oid = a.attrelid
         where c.relname = any($1) and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`,
        [tables.map(({ name }) => name)],
      ),
    );
    const known = tables.flatMap(({ name, columns }) =>
      columns.map((column) => ({
        name: `${name}.${column.name}`,
        type: column.getSQLType(),
        required: column.notNull,
      })),
    );
    expect(byName(known)).toEqual(byName(rows));
    expect(rows.length).toBeGreaterThan(150);
  });

  it('leave out only what the store writes in plain SQL', async () => {
    const { rows } = await withTestClient(database.url, (client) =>
      client.query<{ name: string }>(
        `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relname = any($1)`,
        [tables.map(({ name }) => name)],
      ),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([
      'idempotency_keys',
      'log_state',
      'packed_terms',
      'packed_versions',
      'schema_migration',
    ]);
  });

  it('have the closed vocabularies that the CHECK constraints have, all of them', async () => {
    const { rows } = await withTestClient(database.url, (client) =>
      client.query<{ name: string; definition: string }>(
        `select c.relname || '.' || a.attname as name, pg_get_constraintdef(k.oid) as definition
         from pg_constraint k join pg_class c on c.oid = k.conrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
         where k.contype = 'c' and cardinality(k.conkey) = 1 and c.relnamespace = 'public'::regnamespace`,
      ),
    );
    const checked = rows.flatMap(({ name, definition }) => {
      const list = /= ANY \(ARRAY\[(?<values>[^\]]+)\]/u.exec(definition)?.groups?.values;
      return list ? [{ name, values: [...list.matchAll(/'([^']+)'/gu)].map((found) => found[1]).sort() }] : [];
    });
    const known = tables.flatMap(({ name, columns }) =>
      columns.flatMap((column) =>
        column.enumValues ? [{ name: `${name}.${column.name}`, values: [...column.enumValues].sort() }] : [],
      ),
    );
    const files = { name: 'draw_files.name', values: [...REQUIRED_FILES, ...OPTIONAL_FILES].sort() };
    const outbox = { name: 'outbox.state', values: ['dead', 'done', 'open'] };
    expect(known).toContainEqual(outbox);
    expect(byName(checked)).toEqual(byName([...known, files]));
    expect(checked.length).toBeGreaterThan(15);
  });
});

function byName<Row extends { readonly name: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
