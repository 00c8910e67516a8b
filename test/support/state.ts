import { withTestClient } from './database.ts';

/** What every table holds: its number of rows and a hash of them. Equal states are equal databases. */
export type RegisterState = Readonly<Record<string, string>>;

/** Kept beside acts, also beside refused ones: answers given, and when a session was seen. */
const BESIDE: ReadonlySet<string> = new Set(['idempotency_keys', 'sessions', 'login_failures']);

export async function registerState(ownerUrl: string): Promise<RegisterState> {
  return withTestClient(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    );
    const names = rows.map((row) => row.name).filter((name) => !BESIDE.has(name));
    const counted = await owner.query<{ name: string; state: string }>(
      names
        .map(
          (name) =>
            `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as state from ${name} t`,
        )
        .join(' union all '),
    );
    return Object.fromEntries(counted.rows.map(({ name, state }) => [name, state]));
  });
}

/** Number of rows by table; what an act adds is the difference of two. */
export function rowCounts(state: RegisterState): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(state).map(([name, text]) => [name, Number(text.split(' ')[0])]));
}

/** The tables whose number of rows changed, and by how much. */
export function addedRows(before: RegisterState, after: RegisterState): Readonly<Record<string, number>> {
  const [from, to] = [rowCounts(before), rowCounts(after)];
  return Object.fromEntries(
    Object.entries(to)
      .map(([name, count]) => [name, count - (from[name] ?? 0)] as const)
      .filter(([, added]) => added !== 0),
  );
}
