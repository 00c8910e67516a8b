import type { Actor } from '../../src/domain/access/actor.ts';
import { writeDocument } from '../../src/domain/declarations/document.ts';
import { logTime, writeLeaf } from '../../src/domain/log/leaf.ts';
import { airPurifier, purifierIndicators, sequence, type TestOrganisation, type TestRegister } from './builders.ts';
import { withTestClient } from './database.ts';

/** Thousands of declarations of one enterprise in seconds: the rows that publishing makes, written by SQL, then logged. */
export async function insertMany(register: TestRegister, enterprise: TestOrganisation, count: number): Promise<void> {
  const { organisation } = enterprise.admin as Extract<Actor, { kind: 'member' }>;
  const at = logTime(new Date());
  await withTestClient(register.ownerUrl, async (owner) => {
    for (let from = 0; from < count; from += 5000) {
      const rows = Array.from({ length: Math.min(5000, count - from) }, (_, i) => row(enterprise, from + i, at));
      await owner.query(
        `with given as (
           select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as t (id, number, document, sha256, leaf)),
         declared as (
           insert into declarations (id, organisation_id, credit_code, number_compact, level, category, subject, state, revision, published_at, search_text)
           select id, $6, $7, number, 'enterprise', 'C3464.air-purifier', 'product', 'current', 1, now(), number from given),
         versions as (
           insert into declaration_versions (declaration_id, revision, organisation_id, event, category, credit_code, number_compact, document, document_sha256, at)
           select id, 1, $6, 'published', 'C3464.air-purifier', $7, number, document, sha256, now() from given)
         insert into log_pending (entry_type, subject, revision, leaf) select 'declaration.published', id, 1, leaf from given`,
        [
          rows.map(({ id }) => id),
          rows.map(({ number }) => number),
          rows.map(({ document }) => document),
          rows.map(({ sha256 }) => sha256),
          rows.map(({ leaf }) => leaf),
          organisation.id,
          enterprise.creditCode,
        ],
      );
    }
  });
  await sequence(register);
}

function row({ creditCode, name }: TestOrganisation, i: number, at: string) {
  const id = `${creditCode}.M${String(i).padStart(8, '0')}`;
  const number = { canonical: `Q/MANY ${i}-2026`, compact: `Q/MANY${i}-2026` };
  const content = airPurifier({
    number: number.canonical,
    indicators: purifierIndicators({
      cleanAir: String(200 + ((i * 37) % 600)),
      efficacy: (6 + ((i * 13) % 100) / 10).toFixed(2),
      noise: i % 50 === 49 ? null : (44 + ((i * 11) % 260) / 10).toFixed(1),
    }),
  });
  const enterprise = { code: creditCode, name };
  const { text, sha256 } = writeDocument({ v: 1, id, revision: 1, event: 'published', enterprise, number, content });
  const leaf = writeLeaf({ t: 'declaration.published', id, rev: 1, ent: creditCode, doc: sha256, files: [], at });
  return { id, number: number.compact, document: text, sha256, leaf };
}
