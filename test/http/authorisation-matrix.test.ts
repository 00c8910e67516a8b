import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { type Action, may, POLICY } from '../../src/domain/access/policy.ts';
import type { Http } from '../../src/http/fastify.ts';
import { type ApiRequest, openApi, sendTo } from '../support/api.ts';
import { type Cast, openCast, type Principal, principalsOf } from './matrix.ts';
import { type Target, targetsOf } from './targets.ts';

type Paths = Readonly<Record<string, Readonly<Record<string, { 'x-authz'?: { action: Action } }>>>>;

const DENIED = { unauthenticated: 401, forbidden: 403, foreign: 404 } as const;

/** The status that the policy table calls for; 'allowed' is any but a denial. */
function expected({ actor, scopes }: Principal, action: Action, target: Target): number | 'allowed' {
  if (actor === null) return 401;
  const today = new Date().toISOString().slice(0, 10);
  const verdict = may(actor, action, { ...target.resource, accreditations: scopes, today });
  if (!verdict.allowed) return DENIED[verdict.why];
  const unseen = target.seenBy !== undefined && target.seenBy !== organisationOf(actor);
  return unseen || target.missing ? 404 : 'allowed';
}

describe('who may do what', () => {
  let cast: Cast;
  let http: Http;
  let principals: readonly Principal[];
  let targets: Readonly<Record<string, readonly Target[]>>;
  let actions: ReadonlyMap<string, Action>;
  let cases = 0;
  const told = new Map<number | 'allowed', number>();

  beforeAll(async () => {
    cast = await openCast();
    http = await openApi(cast.database);
    targets = await targetsOf(cast);
    principals = await principalsOf(cast);
    const { paths } = http.swagger() as unknown as { paths: Paths };
    actions = new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, operation]) => {
          const action = operation['x-authz']?.action;
          return action ? [[`${method.toUpperCase()} ${path.replace('/api/v1', '')}`, action] as const] : [];
        }),
      ),
    );
  }, 60_000);
  afterAll(async () => {
    await http?.close();
    await cast?.close();
  });

  it('is asked of every operation that the policy table decides', () => {
    expect(Object.keys(targets).sort()).toEqual([...actions.keys()].sort());
    expect(new Set(actions.values())).toEqual(new Set(Object.keys(POLICY)));
    expect(principals).toHaveLength(26);
  });

  it('is answered by the API as the policy table says, for every principal, operation and target', async () => {
    const wrong: string[] = [];
    for (const [operation, action] of inSafeOrder(actions)) {
      for (const target of targets[operation] ?? []) {
        for (const principal of principals) {
          const should = expected(principal, action, target);
          const answer = await sendTo(http, requestOf(operation, target, principal, cases++));
          const denied = [401, 403, 404].includes(answer.statusCode);
          const right = should === 'allowed' ? !denied : answer.statusCode === should;
          told.set(should, (told.get(should) ?? 0) + 1);
          if (!right || answer.statusCode >= 500)
            wrong.push(
              `${principal.name}: ${operation} ${target.name}: ${answer.statusCode}, not ${should} ${answer.payload.slice(0, 300)}`,
            );
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('was asked often enough, with every kind of answer', () => {
    expect(cases).toBeGreaterThan(1500);
    for (const kind of [401, 403, 404, 'allowed'] as const) expect(told.get(kind), String(kind)).toBeGreaterThan(30);
  });
});

/** Logging out comes last: it ends what the principals are. */
function inSafeOrder(actions: ReadonlyMap<string, Action>): readonly (readonly [string, Action])[] {
  const closing = ([, action]: readonly [string, Action]) => action === 'session.close';
  return [...[...actions].filter((one) => !closing(one)), ...[...actions].filter(closing)];
}

function requestOf(operation: string, target: Target, { as }: Principal, serial: number): ApiRequest {
  const method = operation.split(' ')[0] as ApiRequest['method'];
  const { path, body, headers = {} } = target;
  return { method, path, as, headers, ...(body ? { body: body(serial) } : {}) };
}
