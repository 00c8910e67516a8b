import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';

/**
 * The yardstick of an uncached list page, in a process of its own: the least of a server that joins the same 100 rows. Its
 * tables hold what a row shows, one row an indicator.
 */
async function serve(url: string): Promise<FastifyInstance> {
  const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c enable_memoize=off' });
  const app = Fastify();
  app.get<{ Querystring: { from?: string } }>('/rows', async (request) => {
    const { rows } = await pool.query({
      name: 'rows',
      text: `select p.place, p.grade, d.id, d.number, d.product, d.model, e.code, e.name,
               (select json_agg(json_build_object('code', i.code, 'raw', i.raw, 'value', i.value, 'outcome', i.outcome) order by i.n)
                from plain_indicator i where i.declaration_id = d.id) as indicators
             from plain_place p join plain_declaration d on d.id = p.declaration_id join plain_enterprise e on e.code = d.code
             where p.place >= $1 and p.place < $1 + 100 order by p.place`,
      values: [Number(request.query.from ?? 0)],
    });
    return { rows };
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}

const app = await serve(process.env['DATABASE_URL'] ?? '');
process.stdout.write(`${(app.server.address() as AddressInfo).port}\n`);
