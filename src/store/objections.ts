import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { ObjectionEffect } from '../domain/objections/vocabulary.ts';
import type { Transaction } from './database.ts';
import { objections } from './schema/objections.ts';
import { organisations } from './schema/organisations.ts';

export type StoredObjection = typeof objections.$inferSelect;

/** The database writes the time itself, to the microsecond: by it, row security knows the rows of the same transaction. */
export async function insertObjection(
  tx: Transaction,
  objection: Omit<typeof objections.$inferInsert, 'submittedAt'>,
): Promise<void> {
  await tx.db.insert(objections).values(objection);
}

export async function findObjection(db: NodePgDatabase, number: string): Promise<StoredObjection | null> {
  const rows = await db.select().from(objections).where(eq(objections.number, number));
  return rows[0] ?? null;
}

type Step = Partial<Omit<typeof objections.$inferInsert, 'number'>>;

/** Writes the next step, once: false where it was written meanwhile, or the database does not let this organisation. */
export async function takeStep(
  tx: Transaction,
  number: string,
  step: 'acceptedAt' | 'answeredAt' | 'reviewedAt' | 'decidedAt' | 'executedAt',
  given: Step,
): Promise<boolean> {
  const taken = await tx.db
    .update(objections)
    .set({ ...given, [step]: tx.now })
    .where(and(eq(objections.number, number), isNull(objections[step])))
    .returning({ number: objections.number });
  return taken.length > 0;
}

/** Objections, newest first, with the names of whose object it is and of the other side; of one organisation, or of all. */
export async function listObjections(
  db: NodePgDatabase,
  by: {
    readonly of?: readonly string[];
    readonly handlerId?: string;
    readonly objectKey?: string;
    readonly limit?: number;
  },
) {
  const conditions: (SQL | undefined)[] = [
    by.of ? inArray(objections.number, [...by.of]) : undefined,
    by.handlerId ? eq(objections.handlerId, by.handlerId) : undefined,
    by.objectKey ? within(by.objectKey) : undefined,
  ];
  return db
    .select({ objection: objections, handler: organisations.name, handlerCode: organisations.creditCode })
    .from(objections)
    .innerJoin(organisations, eq(organisations.id, objections.handlerId))
    .where(and(...conditions))
    .orderBy(desc(objections.submittedAt), desc(objections.number))
    .limit(by.limit ?? 500);
}

/** Numbers of what the acting organisation handles, is the other side of, or brought itself. */
export async function numbersOf(
  tx: Transaction,
  organisationId: string,
  everything: boolean,
): Promise<readonly string[]> {
  const { rows } = await tx.db.execute<{ number: string }>(sql`
    select number from objections o where ${everything} or o.handler_id = ${organisationId}
      or (o.about_id = ${organisationId} and o.acceptance = 'accepted')
      or exists (select from objection_parties p where p.number = o.number and p.objector_id = ${organisationId})
    order by submitted_at desc limit 500`);
  return rows.map(({ number }) => number);
}

/** Everything below a key: `list/M-KQJHQ/3` is itself and each of its rows. */
function within(prefix: string): SQL {
  return sql`(${objections.objectKey} = ${prefix} or starts_with(${objections.objectKey}, ${`${prefix}/`}))`;
}

/** Accepted and undecided objections at or below a key: what carries the flag 异议中. */
export async function openObjectionsOf(db: NodePgDatabase, objectKeyPrefix: string) {
  return db
    .select({
      number: objections.number,
      objectKey: objections.objectKey,
      declarationId: objections.declarationId,
      kind: objections.kind,
      acceptedAt: objections.acceptedAt,
    })
    .from(objections)
    .where(and(within(objectKeyPrefix), eq(objections.acceptance, 'accepted'), isNull(objections.decision)))
    .orderBy(asc(objections.number));
}

/** The public history of objections at or below a key, oldest first. */
export async function objectionsOf(db: NodePgDatabase, objectKeyPrefix: string) {
  return db.select().from(objections).where(within(objectKeyPrefix)).orderBy(asc(objections.number));
}

export interface EffectiveDecision {
  readonly number: string;
  readonly declarationId: string | null;
  readonly effect: Exclude<ObjectionEffect, 'none'>;
  readonly reason: string;
  readonly decidedAt: Date;
  /** Credit code of who decided. */
  readonly body: string;
}

/**
 * Upheld decisions on a list that change what comes after it, by number. As of a log size: those whose entry stands among
 * the first so many, which is the same for everyone and for ever; as of a time: those decided by then.
 */
export async function decisionsFor(
  db: NodePgDatabase,
  listCode: string,
  asOf: number | Date,
): Promise<readonly EffectiveDecision[]> {
  const by =
    asOf instanceof Date
      ? lte(objections.decidedAt, asOf)
      : sql`exists (select from log_entries l where l.subject = ${objections.number}
          and l.entry_type = 'objection.decided' and l.idx < ${asOf})`;
  const rows = await db
    .select({
      number: objections.number,
      declarationId: objections.declarationId,
      effect: objections.effect,
      reason: objections.decisionReasons,
      decidedAt: objections.decidedAt,
      body: organisations.creditCode,
    })
    .from(objections)
    .innerJoin(organisations, eq(organisations.id, objections.deciderId))
    .where(and(eq(objections.listCode, listCode), ne(objections.effect, 'none'), isNotNull(objections.decidedAt), by))
    .orderBy(asc(objections.number));
  return rows.map((row) => ({
    ...row,
    effect: row.effect as EffectiveDecision['effect'],
    reason: row.reason ?? '',
    decidedAt: row.decidedAt ?? new Date(0),
  }));
}

/** Says of a decided objection which edition carried it out; false where there is nothing to carry out any more. */
export async function markExecuted(
  tx: Transaction,
  number: string,
  { list, edition }: { readonly list: string; readonly edition: number },
): Promise<boolean> {
  const marked = await tx.db
    .update(objections)
    .set({ executedList: list, executedEdition: edition, executedAt: tx.now })
    .where(
      and(
        eq(objections.number, number),
        isNull(objections.executedAt),
        isNotNull(objections.decidedAt),
        ne(objections.effect, 'none'),
      ),
    )
    .returning({ number: objections.number });
  return marked.length > 0;
}
