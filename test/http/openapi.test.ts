import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POLICY } from '../../src/domain/access/policy.ts';
import { createApp } from '../../src/http/app.ts';
import type { Http } from '../../src/http/fastify.ts';
import { projectRoot } from '../../src/project-root.ts';
import { openDatabase } from '../../src/store/database.ts';

interface Operation {
  readonly 'x-authz'?: { readonly action: string };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

describe('the API document', () => {
  // Nothing is asked of the database: the document is made from the routes.
  const database = openDatabase({
    url: 'postgres://nobody@127.0.0.1:1/none',
    max: 1,
    applicationName: 'openapi',
    statementTimeoutMs: 1,
    onError: () => {},
  });
  let http: Http;
  let document: Document;
  beforeAll(async () => {
    http = await createApp({
      database,
      logger: pino({ level: 'silent' }),
      registerKind: 'test',
      publicUrl: 'http://localhost',
      cookieSecure: false,
      trustProxy: [],
      limits: { perMinute: 1000, redis: null, exemptLoopback: true },
      site: { operatorName: null, icp: null, contact: null },
      isReady: async () => true,
    });
    await http.ready();
    document = http.swagger() as unknown as Document;
  });
  afterAll(async () => {
    await http.close();
    await database.close();
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1, and the committed file is it (npm test -- -u writes it anew)', async () => {
    expect(document.openapi).toMatch(/^3\.1/u);
    await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(
      join(projectRoot, 'openapi', 'openapi.json'),
    );
  });
  it('says of each changing operation who may do it, by the policy table', () => {
    const changing = operations().filter(({ method }) => method !== 'get');
    expect(changing.length).toBeGreaterThan(20);
    for (const { path, method, operation } of changing)
      expect(Object.keys(POLICY), `${method} ${path}`).toContain(operation['x-authz']?.action);
  });
  it('has an operation for every row of the policy table', () => {
    const named = new Set(operations().map(({ operation }) => operation['x-authz']?.action));
    expect(Object.keys(POLICY).filter((action) => !named.has(action))).toEqual([]);
  });
  it('asks an Idempotency-Key of every POST that changes something', () => {
    const posts = operations().filter(({ method, path }) => method === 'post' && path !== '/api/v1/sessions');
    for (const { path, operation } of posts) {
      expect(
        operation.parameters?.some((one) => one.in === 'header' && one.name === 'idempotency-key'),
        path,
      ).toBe(true);
    }
  });
});
