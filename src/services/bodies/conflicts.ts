import {
  type ConflictStatement,
  type Interest,
  interestsIn,
  type StatedConflicts,
  statementFor,
} from '../../domain/bodies/conflict.ts';
import { listStatements, type StoredStatement } from '../../store/bodies.ts';
import type { Transaction } from '../../store/database.ts';

/** A statement as it stands in the register, with what the rules look at. */
export interface StatedStatement extends StatedConflicts {
  readonly id: string;
  readonly documentSha256: string;
  /** As they were called when it was stated. */
  readonly persons: readonly string[];
}

/** The newest statement that speaks for this person of a body, in this category, today; null: there is none that holds. */
export async function conflictStatementFor(
  { db }: Pick<Transaction, 'db'>,
  bodyId: string,
  userId: string,
  category: string,
  today: string,
): Promise<StatedStatement | null> {
  return statementFor((await listStatements(db, bodyId)).map(readStatement), userId, category, today);
}

/** Enterprises in which a body has an interest in this category today, by credit code, with what was stated. */
export async function conflictedEnterprises(
  { db }: Pick<Transaction, 'db'>,
  bodyId: string,
  category: string,
  today: string,
): Promise<ReadonlyMap<string, readonly Interest[]>> {
  return interestsIn((await listStatements(db, bodyId)).map(readStatement), category, today);
}

export function readStatement(stored: StoredStatement): StatedStatement {
  const { id, categoryPrefix, validFrom, validTo, personIds, statedAt, documentSha256 } = stored;
  const { persons, interests } = JSON.parse(stored.document) as Pick<ConflictStatement, 'persons' | 'interests'>;
  return { id, categoryPrefix, validFrom, validTo, personIds, statedAt, documentSha256, persons, interests };
}
