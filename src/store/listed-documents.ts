import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { DeclarationEvent } from '../domain/declarations/content.ts';

/** A version of a declaration, as a row of a list names it. */
export interface VersionName {
  readonly declaration: string;
  readonly revision: number;
}

const named = (versions: readonly VersionName[]) => sql`
  unnest(${sql.param(versions.map(({ declaration }) => declaration))}::text[],
         ${sql.param(versions.map(({ revision }) => revision))}::int[]) with ordinality as n (id, revision, place)`;

/** The documents of versions, in the order given; null where there is no such version. */
export async function findDocuments(
  db: NodePgDatabase,
  versions: readonly VersionName[],
): Promise<readonly { readonly document: string | null; readonly sha256: string | null }[]> {
  const { rows } = await db.execute<{ document: string | null; sha256: string | null }>(sql`
    select v.document, v.document_sha256 as sha256
    from ${named(versions)}
    left join declaration_versions v on v.declaration_id = n.id and v.revision = n.revision
    order by n.place`);
  return rows;
}

/**
 * Which of the versions have the words in the enterprise's name or code, in the number, or in the first product's name or
 * model: their places in the order given.
 */
export async function findPlacesWith(
  db: NodePgDatabase,
  versions: readonly VersionName[],
  folded: string,
): Promise<readonly number[]> {
  const { rows } = await db.execute<{ place: number }>(sql`
    select n.place::int - 1 as place
    from ${named(versions)}
    join declaration_versions v on v.declaration_id = n.id and v.revision = n.revision
    cross join lateral (select v.document::jsonb as d) as parsed
    where strpos(lower(normalize(concat_ws(' ', d #>> '{enterprise,name}', d #>> '{enterprise,code}',
      d #>> '{number,canonical}', d #>> '{content,products,0,name}', d #>> '{content,products,0,models,0}'), NFKC)),
      ${folded}) > 0
    order by n.place`);
  return rows.map(({ place }) => place);
}

export interface VersionAtCutOff extends VersionName {
  readonly event: DeclarationEvent;
  readonly creditCode: string;
  readonly document: string;
  readonly at: Date;
}

/** Of each declaration the newest version among the first N public entries, whether or not it ended it. */
export async function versionsAtCutOff(
  db: NodePgDatabase,
  declarations: readonly string[],
  logSize: number,
): Promise<readonly VersionAtCutOff[]> {
  const { rows } = await db.execute<Omit<VersionAtCutOff, 'at'> & { at: string }>(sql`
    select distinct on (v.declaration_id) v.declaration_id as declaration, v.revision, v.event,
           v.credit_code as "creditCode", v.document, v.at
    from declaration_versions v
    join log_entries l on l.subject = v.declaration_id and l.revision = v.revision and l.entry_type = 'declaration.' || v.event
    where v.declaration_id = any(${sql.param([...declarations])}) and l.idx < ${logSize}
    order by v.declaration_id, v.revision desc`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** Of new declarations the newest ended one of the same enterprise whose number they declare again, or name as replaced. */
export async function findFollowed(
  db: NodePgDatabase,
  declared: readonly { readonly declaration: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (declared.length === 0) return new Map();
  const { rows } = await db.execute<{ declaration: string; follows: string }>(sql`
    select distinct on (n.id) n.id as declaration, old.id as follows
    from unnest(${sql.param(declared.map(({ declaration }) => declaration))}::text[]) as n (id)
    join declaration_versions v on v.declaration_id = n.id and v.revision = 1
    join declarations new on new.id = n.id
    join declarations old on old.organisation_id = new.organisation_id and old.id <> new.id and old.state <> 'current'
      and (old.number_compact = v.number_compact or old.number_compact in (
        select replace(replaced, ' ', '') from jsonb_array_elements_text(
          case jsonb_typeof(v.document::jsonb #> '{content,standard,replaces}') when 'array'
            then v.document::jsonb #> '{content,standard,replaces}' else '[]' end) as replaced))
    order by n.id, old.published_at desc, old.id`);
  return new Map(rows.map(({ declaration, follows }) => [declaration, follows]));
}

/** The revision of a declaration that stood at a time; 0 where it was not declared yet. */
export async function revisionAt(db: NodePgDatabase, declaration: string, time: Date): Promise<number> {
  const { rows } = await db.execute<{ revision: number }>(sql`
    select coalesce(max(revision), 0)::int as revision from declaration_versions
    where declaration_id = ${declaration} and at <= ${time.toISOString()}::timestamptz`);
  return rows[0]?.revision ?? 0;
}

/** Which of the enterprises stand in an edition's rows. */
export async function findListedOf(
  db: NodePgDatabase,
  editionId: string,
  creditCodes: readonly string[],
): Promise<readonly string[]> {
  if (creditCodes.length === 0) return [];
  const { rows } = await db.execute<{ code: string }>(sql`
    select distinct v.credit_code as code
    from declaration_versions v
    where v.credit_code = any(${sql.param([...creditCodes])})
      and exists (select from ranking_list_chunks c where c.edition_id = ${editionId} and c.section = 'entries'
        and strpos(c.content, '["' || v.declaration_id || '",' || v.revision || ',') > 0)
    order by code`);
  return rows.map(({ code }) => code);
}
