import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** What an objection needs to know of the thing that it is about. */
export interface ObjectedThing {
  readonly handlerId: string;
  /** The other side; null: the handler itself. */
  readonly aboutId: string | null;
  readonly category: string | null;
  /** People who may not review it: they made it public. */
  readonly releasedBy: readonly string[];
  /** The last day on which objections are taken; null: there is none. */
  readonly until: string | null;
}

interface Row extends Record<string, unknown> {
  readonly handler: string;
  readonly about: string | null;
  readonly category: string | null;
  readonly released: readonly (string | null)[];
  readonly until: string | null;
}

/** A published edition, or one row of it. */
export async function findObjectedList(
  db: NodePgDatabase,
  list: string,
  edition: number,
  declaration: string | null,
): Promise<ObjectedThing | null> {
  const { rows } = await db.execute<Row>(sql`
    select e.body_id as handler, d.organisation_id as about, s.category,
      array[e.published_by, e.prepared_by]::text[] as released, e.objections_until::text as until
    from ranking_list_editions e
    join scheme_versions s on s.code = e.scheme_code and s.version = e.scheme_version
    left join declarations d on d.id = ${declaration}
    where e.scheme_code = ${list} and e.edition = ${edition} and e.state = 'published'
      and (${declaration}::text is null or (d.id is not null and exists (
        select from ranking_list_chunks c
        where c.edition_id = e.id and strpos(c.content, to_json(${declaration}::text)::text) > 0)))`);
  return thing(rows[0]);
}

/** A version of a scheme; one from before there were objection periods takes objections on the day of its publication. */
export async function findObjectedScheme(
  db: NodePgDatabase,
  code: string,
  version: number,
): Promise<ObjectedThing | null> {
  const { rows } = await db.execute<Row>(sql`
    select s.body_id as handler, null as about, s.category,
      array(select done_by from scheme_stages g where g.code = s.code and g.version = s.version)::text[] as released,
      coalesce(
        (select objections_until from scheme_stages g where g.code = s.code and g.version = s.version and stage = 'objection'),
        (s.published_at at time zone 'Asia/Shanghai')::date)::text as until
    from scheme_versions s where s.code = ${code} and s.version = ${version}`);
  return thing(rows[0]);
}

export async function findObjectedDraw(db: NodePgDatabase, id: string): Promise<ObjectedThing | null> {
  const { rows } = await db.execute<Row>(sql`
    select regulator_id as handler, null as about, null as category, '{}'::text[] as released, null as until
    from draws where id = ${id}`);
  return thing(rows[0]);
}

function thing(row: Row | undefined): ObjectedThing | null {
  if (!row) return null;
  const { handler, about, category, released, until } = row;
  return { handlerId: handler, aboutId: about, category, releasedBy: released.flatMap((id) => id ?? []), until };
}
