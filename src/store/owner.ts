import pg from 'pg';

/** One connection as the owner of the tables, in one transaction; rolled back when `work` throws. */
export async function ownerTransaction<Answer>(
  url: string,
  mode: 'read' | 'write',
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'lingpao-owner',
    // Values leave and enter as the same text on every server, whatever its own settings.
    options:
      '-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=1 -c bytea_output=hex -c statement_timeout=0',
  });
  client.on('error', () => {}); // a lost connection also rejects the query that was running
  await client.connect();
  try {
    await client.query(mode === 'read' ? 'begin isolation level repeatable read, read only' : 'begin');
    // Rows that a policy would hide become an error: a backup without them would look whole.
    await client.query('set local row_security = off');
    const answer = await work(client);
    await client.query('commit');
    return answer;
  } finally {
    await client.end();
  }
}
