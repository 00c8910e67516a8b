import type pg from 'pg';
import Cursor from 'pg-cursor';
import { ENDING_EVENTS } from '../domain/declarations/content.ts';
import type { Database } from './database.ts';

const ENDED = ENDING_EVENTS.map((event) => `'${event}'`).join(', ');

export interface ComparedVersion {
  readonly document: string;
  readonly documentSha256: string;
}

// The state of a category in the first N public entries: of each declaration the newest version logged before N, unless it
// was ended by then. In neutral order: credit code, then compact number, byte order.
const atCutOff = (more = ''): string => `
from (
  select distinct on (v.credit_code, v.number_compact, v.declaration_id)
         v.credit_code, v.number_compact, v.declaration_id, v.event, v.document, v.document_sha256
  from declaration_versions v
  join log_entries l on l.subject = v.declaration_id and l.revision = v.revision and l.entry_type = 'declaration.' || v.event
  where v.category = $1 and l.idx < $2 ${more}
  order by v.credit_code, v.number_compact, v.declaration_id, v.revision desc
) newest
where newest.event not in (${ENDED})`;

export async function countAtCutOff(client: pg.PoolClient, category: string, logSize: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*) ${atCutOff()}`, [category, logSize]);
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
    new Cursor<ComparedVersion>(
      `select document, document_sha256 as "documentSha256" ${atCutOff()}
       order by credit_code, number_compact, declaration_id`,
      [category, logSize],
    ),
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
    `select document, document_sha256 as "documentSha256", array[credit_code, number_compact, declaration_id] as place
     ${atCutOff(further)} order by credit_code, number_compact, declaration_id limit $3`,
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
    `select declaration_id as id, category, credit_code as "creditCode" from (
       select distinct on (v.declaration_id) v.declaration_id, v.category, v.credit_code, v.event
       from declaration_versions v
       join log_entries l on l.subject = v.declaration_id and l.revision = v.revision and l.entry_type = 'declaration.' || v.event
       where starts_with(v.category, $1) and starts_with(substr(v.credit_code, 3, 6), $2) and l.idx < $3
       order by v.declaration_id, v.revision desc) newest
     where event not in (${ENDED})`,
    [rule.categoryPrefix, rule.regionPrefix, rule.logSize],
  );
  return rows;
}
