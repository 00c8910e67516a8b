import { z } from 'zod';
import { addMonths } from '../calendar/day.ts';
import { canonicalJson } from '../canonical.ts';
import { parseCreditCode } from '../enterprises/credit-code.ts';
import { type Fault, fault, text } from '../fault.ts';

/** In what way a body or one of its people has an interest in an enterprise. */
export const INTEREST_KINDS = ['shareholding', 'member', 'customer', 'family', 'other'] as const;
export type InterestKind = (typeof INTEREST_KINDS)[number];

/** A statement holds for at most so long; then it is made anew. */
export const STATEMENT_MONTHS = 12;

/** 利益冲突声明: for a category, a period and named people, every interest that there is; an empty list says there is none. */
export const ConflictStatement = z
  .strictObject({
    categoryPrefix: z.string().regex(/^[A-T]\d{0,4}(\.[a-z0-9-]{1,40})?$/u),
    validFrom: z.iso.date(),
    validTo: z.iso.date(),
    /** Login names of the people of the body whom it speaks for. */
    persons: z.array(z.string().trim().toLowerCase().min(1).max(100)).min(1).max(50),
    interests: z
      .array(
        z.strictObject({
          creditCode: z.string().trim().min(1).max(40),
          kind: z.enum(INTEREST_KINDS),
          note: z.string().trim().max(200).default(''),
        }),
      )
      .max(500),
  })
  .meta({ id: 'ConflictStatement' });
export type ConflictStatement = z.infer<typeof ConflictStatement>;

export interface Interest {
  readonly creditCode: string;
  readonly kind: InterestKind;
  readonly note: string;
}

/** One stated statement, as far as the rules look at it. */
export interface StatedConflicts {
  readonly categoryPrefix: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly personIds: readonly string[];
  readonly statedAt: Date;
  readonly interests: readonly Interest[];
}

/** What may not be stated: a period that is none or too long, one that is over, or a code that is none. */
export function checkStatement({ validFrom, validTo, interests }: ConflictStatement, today: string): readonly Fault[] {
  const last = addMonths(validFrom, STATEMENT_MONTHS);
  const faults = interests.flatMap(({ creditCode }, i) => {
    const parsed = parseCreditCode(creditCode, { at: `/interests/${i}/creditCode` });
    return parsed.ok ? [] : [parsed.problem];
  });
  if (validTo >= validFrom && validTo <= last && validTo >= today) return faults;
  const found = `${validFrom} – ${validTo}`;
  const expected = text(
    `止于 ${validFrom} 之后、${last} 之前，且今天（${today}）尚未结束`,
    `ending after ${validFrom}, by ${last}, and not before today (${today})`,
  );
  const remedy = text('请改正截止日期', 'correct the last day');
  return [...faults, fault('/validTo', 'conflict-statement.period', found, expected, remedy)];
}

/** The newest statement that speaks for a person on a category today; those before it are replaced by it. */
export function statementFor<Statement extends StatedConflicts>(
  statements: readonly Statement[],
  personId: string,
  category: string,
  today: string,
): Statement | null {
  const holding = statements.filter(
    (one) =>
      one.personIds.includes(personId) &&
      category.startsWith(one.categoryPrefix) &&
      one.validFrom <= today &&
      today <= one.validTo,
  );
  return holding.toSorted((a, b) => b.statedAt.getTime() - a.statedAt.getTime())[0] ?? null;
}

/** Enterprises in which a body has an interest in a category today, by what each of its people stated last. */
export function interestsIn(
  statements: readonly StatedConflicts[],
  category: string,
  today: string,
): ReadonlyMap<string, readonly Interest[]> {
  const persons = new Set(statements.flatMap(({ personIds }) => personIds));
  const newest = new Set([...persons].flatMap((id) => statementFor(statements, id, category, today) ?? []));
  const found = new Map<string, Interest[]>();
  for (const { interests } of newest)
    for (const one of interests) found.set(one.creditCode, [...(found.get(one.creditCode) ?? []), one]);
  return found;
}

/** The public document of a statement; people stand in it by name. */
export function statementDocument(body: string, statement: ConflictStatement, names: readonly string[]): string {
  const { categoryPrefix, validFrom, validTo, interests } = statement;
  return canonicalJson({
    v: 1,
    body,
    categoryPrefix,
    validFrom,
    validTo,
    persons: [...names],
    interests: interests.map(({ creditCode, kind, note }) => ({ creditCode, kind, note })),
  });
}
