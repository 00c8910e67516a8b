import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apiKeyChecksum,
  base62Body,
  crc32,
  formatApiKey,
  isWellFormedApiKey,
} from '../../../src/domain/access/api-key.ts';
import { MEMBER_ROLES, ORGANISATION_KINDS, type Actor } from '../../../src/domain/access/actor.ts';
import { type Action, describe as says, may, POLICY } from '../../../src/domain/access/policy.ts';
import { vectorJson } from '../../support/vectors.ts';

describe('an API key', () => {
  it.each(vectorJson<{ body: string; crc32: number; check: string }[]>('keys/crc.json'))(
    '$body ends in $check',
    ({ body, crc32: crc, check }) => {
      expect(crc32(body)).toBe(crc);
      expect(apiKeyChecksum(body)).toBe(check);
      expect(isWellFormedApiKey(formatApiKey('ent', body.padEnd(32, '0').slice(0, 32)))).toBe(true);
    },
  );
  it('with one character changed is refused before anything is looked up', () => {
    const key = formatApiKey('ent', 'AbCdEfGhIjKlMnOpQrStUvWxYz012345');
    fc.assert(
      fc.property(fc.integer({ min: 7, max: key.length - 1 }), fc.constantFrom(...'0aZ9'), (at, to) => {
        fc.pre(key.charAt(at) !== to);
        expect(isWellFormedApiKey(key.slice(0, at) + to + key.slice(at + 1))).toBe(false);
      }),
    );
  });
  it('takes its characters evenly from random bytes', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const counts = new Map<string, number>();
    for (let from = 0; from < 248; from += 31)
      for (const c of base62Body(Uint8Array.from([...all.slice(from, from + 31), 0])) ?? '')
        counts.set(c, (counts.get(c) ?? 0) + 1);
    expect(counts.size).toBe(62);
    expect(base62Body(Uint8Array.from({ length: 48 }, () => 250))).toBeNull();
  });
});

const organisation = (kind: (typeof ORGANISATION_KINDS)[number], regionGrant: string | null = null) => ({
  id: 'own',
  kind,
  creditCode: 'c',
  name: 'n',
  regionGrant,
});
const person = (
  kind: (typeof ORGANISATION_KINDS)[number],
  role: (typeof MEMBER_ROLES)[number],
  regionGrant: string | null = null,
): Actor => ({
  kind: 'member',
  userId: 'someone',
  displayName: 'someone',
  role,
  organisation: organisation(kind, regionGrant),
  mandateId: null,
});
const scope = { categoryPrefix: 'C38', validFrom: '2026-01-01', validTo: '2026-12-31' };

describe('the policy table', () => {
  it('gives each act to the kinds and roles of its row and to nobody else', () => {
    const everything = {
      ownerId: 'own',
      category: 'C3851.x',
      accreditations: [scope],
      today: '2026-06-01',
      region: '35',
      firstPersonId: 'another',
    };
    for (const action of Object.keys(POLICY) as Action[]) {
      const row = POLICY[action];
      for (const kind of ORGANISATION_KINDS) {
        for (const role of MEMBER_ROLES) {
          const open = row.kinds.length === 0;
          const listed =
            (row.kinds as readonly string[]).includes(kind) && (row.roles as readonly string[]).includes(role);
          expect(may(person(kind, role, ''), action, everything).allowed, `${action} ${kind} ${role}`).toBe(
            open || listed,
          );
        }
      }
      expect(may({ kind: 'public', address: '' }, action, everything).allowed).toBe(row.kinds.length === 0);
    }
  });
  it.each([
    ['outside the category', { category: 'C3951.tv' }],
    ['before the period', { today: '2025-12-31' }],
    ['after the period', { today: '2027-01-01' }],
    ['without any scope', { accreditations: [] }],
  ])('lets a body publish nothing %s', (_, change) => {
    const resource = { ownerId: 'own', category: 'C3851.x', accreditations: [scope], today: '2026-06-01', ...change };
    expect(may(person('assessment-body', 'publisher'), 'list.publish', resource).allowed).toBe(false);
  });
  it('answers for another organisation’s thing as for one that does not exist', () => {
    expect(may(person('regulator', 'publisher', ''), 'draw.seed', { ownerId: 'other' })).toMatchObject({
      allowed: false,
      why: 'foreign',
    });
    expect(may(person('regulator', 'publisher', ''), 'draw.seed', {})).toMatchObject({
      allowed: false,
      why: 'foreign',
    });
  });
  it('keeps a regulator in its region, and national acts to a national one', () => {
    expect(may(person('regulator', 'publisher', '35'), 'draw.plan', { region: '3501' }).allowed).toBe(true);
    expect(may(person('regulator', 'publisher', '35'), 'draw.plan', { region: '44' }).allowed).toBe(false);
    expect(may(person('regulator', 'publisher', '35'), 'draw.plan', { region: '' }).allowed).toBe(false);
    expect(may(person('regulator', 'publisher', '35'), 'accreditation.decide', { firstPersonId: 'x' }).allowed).toBe(
      false,
    );
  });
  it.each(['accreditation.decide', 'body-measure.decide', 'finding.confirm', 'draw.void'] as const)(
    '%s needs a second person',
    (action) => {
      expect(
        may(person('regulator', 'publisher', ''), action, { ownerId: 'own', firstPersonId: 'someone' }).allowed,
      ).toBe(false);
    },
  );
  it('says each row in both languages', () => {
    for (const action of Object.keys(POLICY) as Action[])
      expect(says(action).zh.length * says(action).en.length).toBeGreaterThan(0);
  });
});
