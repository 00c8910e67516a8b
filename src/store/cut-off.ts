import type pg from 'pg';
import Cursor from 'pg-cursor';
import { ENDING_EVENTS } from '../domain/declarations/content.ts';
import type { Database } from './database.ts';

const ENDED = ENDING_EVENTS.map((event) => `'${event}'`).join(', ');

export interface ComparedVersion {
  readonly document: string;
  readonly documentSha256: string;
}

const LOGGED_AS = (v: string, l: string) =>
  `${l}.subject = ${v}.declaration_id and ${l}.revision = ${v}.revision and ${l}.entry_type = 'declaration.' || ${v}.event`;

// The versions that stood in the first N public entries: of each declaration the newest logged before N, unless that ended
// it. A newer one counts whatever its category, number or enterprise: a declaration stands once, where its newest version
// says.
const standingBefore = (logSize: string): string => `
from declaration_versions v
join log_entries l on ${LOGGED_AS('v', 'l')} and l.idx < ${logSize}
where v.event not in (${ENDED}) and not exists (
  select from declaration_versions newer
  join log_entries m on ${LOGGED_AS('newer', 'm')} and m.idx < ${logSize}
  where newer.declaration_id = v.declaration_id and newer.revision > v.revision
)`;

const AT_CUT_OFF = `${standingBefore('$2')} and v.category = $1`;

// Neutral order: credit code, then compact number, byte order; the index of compared versions has it.
const NEUTRAL = 'order by v.credit_code, v.number_compact, v.declaration_id';

export async function countAtCutOff(client: pg.PoolClient, category: string, logSize: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*) ${AT_CUT_OFF}`, [category, logSize]);
  return rows[0]?.count ?? 0;
}

/** Streams the documents of a category as they stood at a cut-off, `batch` at a time, in neutral order. */
export async function* readAtCutOff(
  client: pg.PoolClient,
  category: string,
  logSize: number,
  batch = 500,
): AsyncGenerator<readonly ComparedVersion[]> {
  const cursor = client.query(
    new Cursor<ComparedVersion>(`select v.document, v.document_sha256 as "documentSha256" ${AT_CUT_OFF} ${NEUTRAL}`, [
      category,
      logSize,
    ]),
  );
  try {
    for (;;) {
      const rows = await cursor.read(batch);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await cursor.close();
  }
}

/** Where a page of inputs ended: the next one begins after it. */
export type InputPlace = readonly [creditCode: string, numberCompact: string, id: string];

/** One page of the documents at a cut-off; a cut-off is frozen, so pages read one by one are one whole. */
export async function readInputPage(
  database: Database,
  category: string,
  logSize: number,
  after: InputPlace | null,
  limit = 500,
): Promise<{ readonly rows: readonly ComparedVersion[]; readonly last: InputPlace | null }> {
  const further = after ? 'and (v.credit_code, v.number_compact, v.declaration_id) > ($4, $5, $6)' : '';
  const { rows } = await database.pool.query<ComparedVersion & { readonly place: InputPlace }>(
    `select v.document, v.document_sha256 as "documentSha256", array[v.credit_code, v.number_compact, v.declaration_id] as place
     ${AT_CUT_OFF} ${further} ${NEUTRAL} limit $3`,
    [category, logSize, limit, ...(after ?? [])],
  );
  return { rows, last: rows.at(-1)?.place ?? null };
}

export interface FrameUnit {
  readonly id: string;
  readonly category: string;
  readonly creditCode: string;
}

/** Current declarations at a cut-off by category prefix and region prefix of the code: the frame rule of a draw. */
export async function readFrame(
  client: pg.PoolClient,
  rule: { readonly categoryPrefix: string; readonly regionPrefix: string; readonly logSize: number },
): Promise<readonly FrameUnit[]> {
  const { rows } = await client.query<FrameUnit>(
    `select v.declaration_id as id, v.category, v.credit_code as "creditCode" ${standingBefore('$3')}
       and starts_with(v.category, $1) and starts_with(substr(v.credit_code, 3, 6), $2)`,
    [rule.categoryPrefix, rule.regionPrefix, rule.logSize],
  );
  return rows;
}

/** Declarations that have left a category by a cut-off, and the revision that took each away. */
export async function readLeft(
  client: pg.PoolClient,
  category: string,
  logSize: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ declaration: string; revision: number }>(
    `select newer.declaration_id as declaration, max(newer.revision) as revision
     from declaration_versions newer
     join log_entries m on ${LOGGED_AS('newer', 'm')} and m.idx < $2
     where newer.revision > 1 and newer.category <> $1 and exists (
       select from declaration_versions v
       where v.category = $1 and v.declaration_id = newer.declaration_id and v.revision < newer.revision
     )
     group by newer.declaration_id`,
    [category, logSize],
  );
  return new Map(rows.map(({ declaration, revision }) => [declaration, revision]));
}
