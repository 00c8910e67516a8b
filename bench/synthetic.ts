import type pg from 'pg';
import { organisationId } from './bed.ts';
import { benchContent } from './content.ts';

const ROWS = 50_000;

/** Fills the register with so many invented declarations of the first enterprises, numbers Q/SYNTHETIC n; answers how many. */
export async function loadSynthetic(owner: pg.Client, count: number, enterprises: number): Promise<number> {
  const document = JSON.stringify(benchContent('Q/SYNTHETIC 1-2026'));
  for (let done = 0; done < count; done += ROWS) {
    const last = Math.min(count, done + ROWS);
    await owner.query(
      `with given as (
         select n, 'SYN' || lpad(n::text, 15, '0') || '.D' || n as id, ${organisationId(`(n % ${enterprises}) + 1`)} as org
         from generate_series($1::int, $2::int) as n),
       declared as (
         insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
         select id, org, '9199', 'Q/SYNTHETIC' || n || '-2026', 'enterprise', 'C3464.heat-pump', 'product', 'current', 1, now(),
                'q/synthetic ' || n || '-2026 供暖用热泵 bench ' || n || ' hp-8-r290' from given)
       insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, author, signer, at)
       select id, 1, org, 'published', 'C3464.heat-pump', '9199', 'Q/SYNTHETIC' || n || '-2026', $3, repeat('0', 64), org, 'synthetic', now() from given`,
      [done + 1, last, document],
    );
  }
  if (count > 0) await owner.query('vacuum analyze declarations, declaration_versions');
  return count;
}
