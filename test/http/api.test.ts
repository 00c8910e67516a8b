import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../../src/http/fastify.ts';
import { createDraft } from '../../src/services/declarations/drafts.ts';
import { createApiKey, revokeApiKey } from '../../src/services/organisations/api-keys.ts';
import { type ApiAnswer, cookieOf, openApi, sendTo } from '../support/api.ts';
import { addPerson, contextAs, PASSWORD } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { buildRegister, type FilledRegister } from '../support/filled-register.ts';
import { registerState } from '../support/state.ts';
import { type Given, WRONG_BODIES } from './wrong-bodies.ts';
import { WRONG_REQUESTS } from './wrong-requests.ts';

const WRONG = [...WRONG_BODIES, ...WRONG_REQUESTS];

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly titleEn: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly errors: readonly {
    readonly at: string;
    readonly code: string;
    readonly found: string | null;
    readonly expected: { readonly zh: string; readonly en: string };
    readonly remedy: { readonly zh: string; readonly en: string };
  }[];
}

type Documented = Readonly<Record<string, Readonly<Record<string, { responses: Readonly<Record<string, unknown>> }>>>>;

describe('the API', () => {
  let register: FilledRegister;
  let http: Http;
  let given: Given;
  let documented: Documented;

  beforeAll(async () => {
    register = await buildRegister();
    http = await openApi(register.database);
    documented = (http.swagger() as unknown as { paths: Documented }).paths;
    const { database } = register;
    const [a, b] = register.enterprises;
    if (!a || !b) throw new Error('no enterprises');
    const drafter = await addPerson(register, a, 'drafter');
    const issued = await createApiKey(contextAs(register, a.admin), { name: 'old', role: 'publisher', days: 1 });
    await revokeApiKey(contextAs(register, a.admin), issued.id);
    const draft = await createDraft(contextAs(register, a.admin), { standard: {} });
    const enterprise = await cookieOf(database, a.loginName);
    const usedKey = randomUUID();
    const used = { 'idempotency-key': usedKey };
    await sendTo(http, {
      method: 'POST',
      path: '/declaration-drafts',
      as: enterprise,
      body: { content: {} },
      headers: used,
    });
    given = {
      enterprise,
      otherEnterprise: await cookieOf(database, b.loginName),
      drafter: await cookieOf(database, drafter.loginName),
      regulator: await cookieOf(database, register.regulator.loginName),
      revokedKey: issued.key ?? '',
      draft: draft.id,
      usedKey,
      plannedDraw: register.plannedDraw,
      run: register.graded.run,
    };
  }, 60_000);
  afterAll(async () => {
    await http?.close();
    await register?.close();
  });

  /** Statuses that the API document names for the operation that answers this address. */
  function statusesOf(method: string, path: string): readonly string[] | null {
    const address = `/api/v1${path.split('?')[0]}`;
    const found = Object.keys(documented).find((template) =>
      new RegExp(`^${template.replace(/\{[^}]+\}/gu, '[^/]+')}$`, 'u').test(address),
    );
    const operation = found ? documented[found]?.[method.toLowerCase()] : undefined;
    return operation ? Object.keys(operation.responses) : null;
  }

  function expectProblem(answer: ApiAnswer, status: number, code: string): Problem {
    const problem = answer.json<Problem>();
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect({ status: answer.statusCode, told: problem.status, code: problem.code }).toEqual({
      status,
      told: status,
      code,
    });
    expect(problem).toMatchObject({ type: `/help/problems#${code}`, requestId: expect.stringMatching(/.+/u) });
    expect(problem.title).toMatch(/\p{Script=Han}/u);
    expect(problem.titleEn).toMatch(/[a-z]/u);
    for (const { at, code: kind, expected, remedy } of problem.errors) {
      expect([typeof at, kind, expected.zh, expected.en, remedy.zh, remedy.en].every((part) => part !== '')).toBe(true);
    }
    const { key = '' } = { key: given.revokedKey };
    for (const secret of [PASSWORD, 'secret1', '8675309', key, key.slice(7, 39)])
      expect(answer.payload).not.toContain(secret);
    expect(answer.payload).not.toMatch(/node_modules|\.ts:\d|\bat [A-Za-z.]+ \(|select |insert |constraint/u);
    return problem;
  }

  it.each(WRONG)(
    'answers %s with what is wrong and how to mend it, and changes nothing',
    async (_, make, status, code, at) => {
      const request = make(given);
      const before = await registerState(register.ownerUrl);
      const answer = await sendTo(http, request);
      const problem = expectProblem(answer, status, code);
      if (at !== null) expect(problem.errors[0]?.at).toBe(at);
      expect(await registerState(register.ownerUrl)).toEqual(before);
      const statuses = statusesOf(request.method, request.path);
      if (statuses) expect(statuses).toContain(String(status));
    },
  );

  it('has a table of at least sixty wrong requests, with every documented status of a problem', () => {
    expect(WRONG.length).toBeGreaterThanOrEqual(60);
    const seen = new Set(WRONG.map(([, , status]) => status));
    expect([400, 401, 403, 404, 412, 413, 415, 422, 425, 428].filter((status) => !seen.has(status))).toEqual([]);
  });

  it('answers 304 without a body to a reader that has the bytes already', async () => {
    const [declared] = register.declarations;
    const paths = [
      `/declarations/${declared?.id}`,
      `/declarations/${declared?.id}/versions/1`,
      '/schemes/M-KQJHQ/1',
      '/ranking-lists/M-KQJHQ/1',
      '/ranking-lists/M-KQJHQ/1/file',
      `/draws/${register.draw}/files/plan.json`,
    ];
    for (const path of paths) {
      const first = await sendTo(http, { method: 'GET', path });
      expect(first.statusCode, path).toBe(200);
      const known = { 'if-none-match': `"other", ${first.headers.etag}` };
      const again = await sendTo(http, { method: 'GET', path, headers: known });
      expect([again.statusCode, again.payload, again.headers.etag], path).toEqual([304, '', first.headers.etag]);
    }
  });

  it('limits an asker, and says when to come back', async () => {
    const limited = await openApi(register.database, { perMinute: 3 });
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await sendTo(limited, { method: 'GET', path: '/log' }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    const last = answers.at(-1);
    if (last) expectProblem(last, 429, 'too-many');
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    await limited.close();
  });

  it('tells nothing of a fault of its own but the request’s number', async () => {
    const rename = (from: string, to: string) =>
      withTestClient(register.ownerUrl, (owner) => owner.query(`alter table ${from} rename to ${to}`));
    await rename('categories', 'categories_away');
    const answer = await sendTo(http, { method: 'GET', path: '/categories' });
    await rename('categories_away', 'categories');
    expect(expectProblem(answer, 500, 'internal').errors).toEqual([]);
  });

  it('says of each changing operation who may do it', () => {
    const operations = Object.values(documented).flatMap((methods) =>
      Object.entries(methods as Record<string, { 'x-authz'?: { action: string; who: string } }>),
    );
    const changing = operations.filter(([method]) => method !== 'get');
    expect(changing.length).toBeGreaterThan(20);
    for (const [, operation] of changing) expect(operation['x-authz']?.who).toMatch(/.+/u);
  });
});
