import type { Database } from '../../store/database.ts';

/** Rows of an edition with an objection that is accepted and not decided yet, each with the objection's number. */
export async function readDisputes(
  _database: Database,
  _list: string,
  _edition: number,
): Promise<readonly (readonly [declaration: string, objection: string])[]> {
  return [];
}
