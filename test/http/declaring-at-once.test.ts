import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical.ts';
import type { DeclarationDocument } from '../../src/domain/declarations/document.ts';
import type { Http } from '../../src/http/fastify.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { type ApiAnswer, openApi, sendTo } from '../support/api.ts';
import { airPurifier, contextAs, joinOrganisation, openTestRegister, type TestRegister } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { generatedDeclaration } from '../support/generated-declarations.ts';

const CLIENTS = 50;
const EACH = 4;
const TIMES = 3;

async function clientsOf(register: TestRegister, count: number): Promise<readonly { readonly key: string }[]> {
  const keys = [];
  for (let i = 0; i < count; i++) {
    const enterprise = await joinOrganisation(register, { kind: 'enterprise', name: `并发企业${i}` });
    const { key } = await createApiKey(contextAs(register, enterprise.admin), {
      name: 'k',
      role: 'publisher',
      days: 1,
    });
    keys.push({ key: key ?? '' });
  }
  return keys;
}

describe('50 clients declaring at once, every request sent three times', () => {
  let register: TestRegister;
  let http: Http;
  let keys: readonly { readonly key: string }[];
  beforeAll(async () => {
    register = await openTestRegister();
    http = await openApi(register.database);
    keys = await clientsOf(register, 10);
  }, 60_000);
  afterAll(async () => {
    await http?.close();
    await register?.close();
  });

  /** Sends until the answer is final: a repeat that meets its twin under way is told to try again. */
  async function final(request: Parameters<typeof sendTo>[1]): Promise<ApiAnswer> {
    for (;;) {
      const answer = await sendTo(http, request);
      if (answer.statusCode === 409 && answer.json<{ code: string }>().code === 'in-flight') continue;
      if (answer.statusCode !== 503) return answer;
    }
  }

  it('leaves each declaration once, gives its repeats the same bytes, and nothing deadlocks', async () => {
    const sent = Array.from({ length: CLIENTS }, (_, client) =>
      Array.from({ length: EACH }, (_, n) => ({
        method: 'POST' as const,
        path: '/declarations',
        as: keys[client % keys.length] ?? null,
        body: airPurifier({ number: `Q/ONCE ${client}${String(n).padStart(2, '0')}-2026` }),
        headers: { 'idempotency-key': randomUUID() },
      })),
    ).flat();
    const answers = await Promise.all(sent.flatMap((request) => Array.from({ length: TIMES }, () => final(request))));
    const statuses = new Set(answers.map(({ statusCode }) => statusCode));
    expect([...statuses]).toEqual([201]);
    for (let i = 0; i < sent.length; i++) {
      const bodies = new Set(answers.slice(i * TIMES, (i + 1) * TIMES).map(({ body }) => body));
      expect(bodies.size).toBe(1);
    }
    await withTestClient(register.ownerUrl, async (owner) => {
      const { rows } = await owner.query(
        `select (select count(*)::int from declarations) as declarations,
                (select count(distinct (organisation_id, number_compact))::int from declarations) as numbers,
                (select count(*)::int from declaration_versions) as versions,
                (select count(*)::int from log_pending) as entries,
                (select count(*)::int from audit_events where action = 'declaration.publish') as told,
                (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`,
      );
      const all = CLIENTS * EACH;
      expect(rows).toEqual([{ declarations: all, numbers: all, versions: all, entries: all, told: all, deadlocks: 0 }]);
    });
  }, 120_000);

  it('loses no update: of many corrections of one revision exactly one is made', async () => {
    const as = keys[0] ?? null;
    const number = 'Q/ONCE 99000-2026';
    const { id } = (await final({ method: 'POST', path: '/declarations', as, body: airPurifier({ number }) })).json<{
      id: string;
    }>();
    const correct = (i: number) => ({
      method: 'POST' as const,
      path: `/declarations/${id}/corrections`,
      as,
      body: {
        content: { ...airPurifier({ number }), parameters: [{ name: '净重', value: String(i) }] },
        reason: `第 ${i} 次`,
      },
      headers: { 'if-match': '"1"', 'idempotency-key': randomUUID() },
    });
    const requests = Array.from({ length: 20 }, (_, i) => correct(i));
    const answers = await Promise.all(
      requests.flatMap((request) => Array.from({ length: TIMES }, () => final(request))),
    );
    const made = answers.filter(({ statusCode }) => statusCode === 201);
    expect(made).toHaveLength(TIMES);
    expect(new Set(made.map(({ body }) => body)).size).toBe(1);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201, 412]));
  }, 60_000);
});

describe('a published declaration', () => {
  let here: TestRegister;
  let there: TestRegister;
  beforeAll(async () => {
    [here, there] = [await openTestRegister(), await openTestRegister()];
  });
  afterAll(async () => {
    await here?.close();
    await there?.close();
  });

  it('exported and declared elsewhere is equal in its canonical form, whatever it holds', async () => {
    const [from, to] = [await openApi(here.database), await openApi(there.database)];
    const [[here0], [there0]] = [await clientsOf(here, 1), await clientsOf(there, 1)];
    let n = 0;
    const publish = async (http: Http, as: { key: string } | undefined, body: unknown) => {
      const answer = await sendTo(http, { method: 'POST', path: '/declarations', as: as ?? null, body });
      expect(answer.statusCode, answer.body).toBe(201);
      const { id } = answer.json<{ id: string }>();
      const bytes = await sendTo(http, { method: 'GET', path: `/declarations/${id}/versions/1` });
      return { bytes: bytes.body, document: bytes.json<DeclarationDocument>() };
    };
    const given = fc.nat().chain(() => generatedDeclaration(`Q/GEN ${++n}-2026`));
    await fc.assert(
      fc.asyncProperty(given, async (content) => {
        const exported = await publish(from, here0, content);
        expect(canonicalJson(JSON.parse(exported.bytes))).toBe(exported.bytes);
        const imported = await publish(to, there0, exported.document.content);
        expect(canonicalJson(imported.document.content as never)).toBe(
          canonicalJson(exported.document.content as never),
        );
      }),
      { numRuns: 100 },
    );
    await from.close();
    await to.close();
  }, 120_000);
});
