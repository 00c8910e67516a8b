import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Transaction } from './database.ts';
import type { ObjectedThing } from './objection-objects.ts';
import { forerunnerEditions, forerunnerEntries } from './schema/forerunners.ts';
import { organisations } from './schema/organisations.ts';

export type StoredEdition = typeof forerunnerEditions.$inferSelect;

export async function insertEdition(
  tx: Transaction,
  edition: Omit<typeof forerunnerEditions.$inferInsert, 'publishedAt'>,
  entries: readonly Pick<
    typeof forerunnerEntries.$inferInsert,
    'declarationId' | 'organisationId' | 'removed' | 'validUntil'
  >[],
): Promise<void> {
  await tx.db.insert(forerunnerEditions).values({ ...edition, publishedAt: tx.now });
  if (entries.length === 0) return;
  const { listCode, edition: number } = edition;
  await tx.db.insert(forerunnerEntries).values(entries.map((one) => ({ ...one, listCode, edition: number })));
}

export async function findForerunnerEdition(
  db: NodePgDatabase,
  listCode: string,
  edition: number | 'latest',
): Promise<StoredEdition | null> {
  const rows = await db
    .select()
    .from(forerunnerEditions)
    .where(
      and(
        eq(forerunnerEditions.listCode, listCode),
        edition === 'latest' ? undefined : eq(forerunnerEditions.edition, edition),
      ),
    )
    .orderBy(desc(forerunnerEditions.edition))
    .limit(1);
  return rows[0] ?? null;
}

/** The editions of a list, newest first, without their documents. */
export async function forerunnerEditionsOf(db: NodePgDatabase, listCode: string) {
  return db
    .select({
      edition: forerunnerEditions.edition,
      kind: forerunnerEditions.kind,
      sha256: forerunnerEditions.documentSha256,
      validUntil: forerunnerEditions.validUntil,
      publishedAt: forerunnerEditions.publishedAt,
    })
    .from(forerunnerEditions)
    .where(eq(forerunnerEditions.listCode, listCode))
    .orderBy(desc(forerunnerEditions.edition));
}

/** The newest edition of every list, or of every list of one body. */
export async function listForerunnerEditions(db: NodePgDatabase, bodyId?: string) {
  return db
    .selectDistinctOn([forerunnerEditions.listCode], { edition: forerunnerEditions, body: organisations.name })
    .from(forerunnerEditions)
    .innerJoin(organisations, eq(organisations.id, forerunnerEditions.bodyId))
    .where(bodyId ? eq(forerunnerEditions.bodyId, bodyId) : undefined)
    .orderBy(asc(forerunnerEditions.listCode), desc(forerunnerEditions.edition))
    .limit(500);
}

/** Organisations that hold the entries of an edition, by declaration. */
export async function holdersOf(
  db: NodePgDatabase,
  listCode: string,
  edition: number,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ declaration: forerunnerEntries.declarationId, organisation: forerunnerEntries.organisationId })
    .from(forerunnerEntries)
    .where(and(eq(forerunnerEntries.listCode, listCode), eq(forerunnerEntries.edition, edition)));
  return new Map(rows.map(({ declaration, organisation }) => [declaration, organisation]));
}

/** What the newest edition of each list says of the declarations of an enterprise. */
export async function entriesOfEnterprise(db: NodePgDatabase, organisationId: string) {
  const { rows } = await db.execute<{
    list: string;
    edition: number;
    declaration: string;
    removed: boolean;
    validUntil: string;
  }>(sql`
    select e.list_code as list, e.edition, e.declaration_id as declaration, e.removed, e.valid_until::text as "validUntil"
    from forerunner_entries e
    where e.organisation_id = ${organisationId}
      and e.edition = (select max(n.edition) from forerunner_editions n where n.list_code = e.list_code)
    order by e.list_code, e.declaration_id limit 500`);
  return rows;
}

/** A candidate in the objection period of its round, or an entry of a published list as long as it holds. */
export async function findObjectedForerunner(
  db: NodePgDatabase,
  code: string,
  edition: number,
  declaration: string,
): Promise<ObjectedThing | null> {
  const { rows } = await db.execute<Row>(sql`
    select r.body_id as handler, c.organisation_id as about, r.category, r.objections_until::text as until,
      array[r.opened_by, r.shortlisted_by, r.objections_opened_by]::text[] || array(
        select unnest(array[k.entered_by, k.confirmed_by]) from forerunner_checks k
        where k.round_id = r.id and k.declaration_id = c.declaration_id)::text[] as released
    from forerunner_rounds r join forerunner_candidates c on c.round_id = r.id
    where r.id = ${code} and ${edition} = 1 and c.declaration_id = ${declaration} and r.objections_until is not null
      and r.published_at is null and r.ended_at is null
      and exists (select from jsonb_array_elements(r.shortlist::jsonb -> 'listed') one
        where one ->> 'declaration' = ${declaration})
    union all
    select f.body_id, e.organisation_id, f.category, e.valid_until::text,
      array[f.published_by, o.shortlisted_by, o.objections_opened_by]::text[]
    from forerunner_editions f
    join forerunner_entries e on e.list_code = f.list_code and e.edition = f.edition
    left join forerunner_rounds o on o.id = f.round_id
    where f.list_code = ${code} and f.edition = ${edition} and e.declaration_id = ${declaration} and not e.removed`);
  const [row] = rows;
  if (!row) return null;
  const { handler, about, category, released, until } = row;
  return { handlerId: handler, aboutId: about, category, releasedBy: released.flatMap((id) => id ?? []), until };
}

interface Row extends Record<string, unknown> {
  readonly handler: string;
  readonly about: string;
  readonly category: string;
  readonly released: readonly (string | null)[];
  readonly until: string | null;
}
