import { type Database, publicRead } from '../../store/database.ts';
import { objectionsOf, openObjectionsOf } from '../../store/objections.ts';

/** Objections to an edition, or to one of its rows, that are accepted and not decided yet. */
export async function readDisputes(
  database: Database,
  list: string,
  edition: number,
): Promise<readonly (readonly [declaration: string | null, objection: string])[]> {
  const open = await publicRead(database, (db) => openObjectionsOf(db, `list/${list}/${edition}`));
  return open.map(({ declarationId, number }) => [declarationId, number]);
}

/** The numbers of all objections to one thing, decided or not. */
export async function readObjectionsTo(database: Database, key: string): Promise<readonly string[]> {
  return (await publicRead(database, (db) => objectionsOf(db, key))).map(({ number }) => number);
}
