import type { ApiRequest, Credential } from '../support/api.ts';
import { airPurifier, PASSWORD } from '../support/builders.ts';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';

/** What the wrong requests need of the register. */
export interface Given {
  readonly enterprise: Credential;
  readonly otherEnterprise: Credential;
  readonly drafter: Credential;
  readonly regulator: Credential;
  readonly revokedKey: string;
  readonly draft: string;
  readonly usedKey: string;
  readonly plannedDraw: string;
  readonly run: string;
}

/** A wrong request, and what it is told: status, code, and where the first fault stands. */
export type Wrong = readonly [
  title: string,
  request: (given: Given) => ApiRequest,
  status: number,
  code: string,
  at: string | null,
];

export const declare = (
  { enterprise }: Given,
  change: (content: Record<string, unknown> & DeclarationContent) => unknown,
): ApiRequest => {
  const content = structuredClone(airPurifier({ number: 'Q/WRONG 001-2026' })) as Record<string, unknown> &
    DeclarationContent;
  return { method: 'POST', path: '/declarations', as: enterprise, body: change(content) };
};
const withIndicator = (change: Record<string, unknown>) => (given: Given) =>
  declare(given, (content) => ({
    ...content,
    indicators: [{ ...content.indicators[0], ...change }, ...content.indicators.slice(1)],
  }));
const withStandard = (change: Record<string, unknown>) => (given: Given) =>
  declare(given, (content) => ({ ...content, standard: { ...content.standard, ...change } }));
const application = (change: Record<string, unknown>, admin: Record<string, unknown> = {}): ApiRequest => ({
  method: 'POST',
  path: '/organisations',
  body: {
    creditCode: '91350100M000100Y43',
    name: '示例企业',
    kind: 'enterprise',
    proof: { method: 'letter', evidenceSha256: '0'.repeat(64), statement: '介绍信' },
    admin: { loginName: 'wrong.admin', displayName: '管理员', password: PASSWORD, ...admin },
    ...change,
  },
});
const deep = (levels: number) => `{"content":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

/** Bodies that do not say what an act needs. */
export const WRONG_BODIES: readonly Wrong[] = [
  ['a standard number without a serial', withStandard({ number: 'Q/ABC' }), 422, 'invalid', '/standard/number'],
  ['an own number without its year', withStandard({ number: 'Q/ABCD 001' }), 422, 'invalid', '/standard/number'],
  ['a day that does not exist', withStandard({ effectiveOn: '2026-02-30' }), 422, 'invalid', '/standard/effectiveOn'],
  ['effective before issue', withStandard({ effectiveOn: '2026-01-01' }), 422, 'invalid', '/standard/effectiveOn'],
  ['an unknown unit', withIndicator({ unit: 'furlong' }), 422, 'invalid', '/indicators/0/unit'],
  ['an unknown comparator', withIndicator({ comparator: '≫' }), 422, 'invalid', '/indicators/0/comparator'],
  ['a decimal with a comma', withIndicator({ value: '1,5' }), 422, 'invalid', '/indicators/0/value'],
  ['a number in place of a text', withIndicator({ value: 520 }), 422, 'invalid', '/indicators/0/value'],
  [
    'a category of no form',
    (given) => declare(given, (one) => ({ ...one, category: 'x' })),
    422,
    'invalid',
    '/category',
  ],
  [
    'a category of no list',
    (given) => declare(given, (one) => ({ ...one, category: 'C9999.nothing' })),
    422,
    'invalid',
    '/category',
  ],
  ['an unknown field', (given) => declare(given, (one) => ({ ...one, colour: 'red' })), 422, 'invalid', '/colour'],
  ['a missing field', (given) => declare(given, ({ standard }) => ({ standard })), 422, 'invalid', '/subject'],
  ['U+0000 in a name', withStandard({ name: '空气\u0000净化器' }), 422, 'invalid', '/standard/name'],
  ['half a surrogate pair', withStandard({ name: '\ud800' }), 422, 'invalid', '/standard/name'],
  ['U+0000 in a path', () => ({ method: 'GET', path: '/organisations/%00' }), 400, 'malformed', '#path/creditCode'],
  ['U+0000 in a query', () => ({ method: 'GET', path: '/declarations?q=%00a' }), 400, 'malformed', '#query/q'],
  [
    'a draft of 100,000 levels',
    ({ enterprise }) => ({ method: 'POST', path: '/declaration-drafts', as: enterprise, raw: deep(100_000) }),
    422,
    'invalid',
    `/content/a${'/0'.repeat(30)}`,
  ],
  [
    'a draft whose numbers would fill the disk',
    ({ enterprise }) => ({
      method: 'POST',
      path: '/declaration-drafts',
      as: enterprise,
      raw: `{"content":{"a":[${Array.from({ length: 20_000 }, () => '1e300').join(',')}]}}`,
    }),
    422,
    'invalid',
    '/content',
  ],
  ['a wrong credit code', () => application({ creditCode: '9135O1OOMOOO1OOY43' }), 422, 'invalid', '/creditCode'],
  ['a short password', () => application({}, { password: 'secret1' }), 422, 'invalid', '/admin/password'],
  ['a password that is no text', () => application({}, { password: 8675309 }), 422, 'invalid', '/admin/password'],
  [
    'a wrong password',
    () => ({ method: 'POST', path: '/sessions', body: { loginName: 'nobody', password: 'not the password' } }),
    401,
    'unauthenticated',
    '/password',
  ],
];
