import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
  parseCreditCode,
} from '../../../src/domain/enterprises/credit-code.ts';
import { provinceOf } from '../../../src/domain/enterprises/regions.ts';
import { vectorJson, vectorRows } from '../../support/vectors.ts';

const real = vectorJson<string[]>('enterprises/valid-codes.json');
const enterprises = vectorRows('enterprises/enterprises.csv');

describe('a unified social credit code (GB 32100, GB 11714)', () => {
  it('refuses none of the 100 real enterprises', () => {
    expect(enterprises).toHaveLength(100);
    const refused = enterprises.filter(({ code }) => !parseCreditCode(code ?? '').ok);
    expect(refused).toEqual([]);
  });
  it('accepts all 86 codes of the public list as regular', () => {
    expect(real).toHaveLength(86);
    for (const code of real)
      expect(parseCreditCode(code)).toMatchObject({ ok: true, value: { code, mark: 'regular' } });
  });
  it.each(vectorRows('enterprises/credit-codes.csv'))('$code is $source_says', ({ code = '', source_says }) => {
    const mark = source_says === 'valid' ? 'regular' : 'issued-exception';
    expect(parseCreditCode(code)).toMatchObject({ ok: true, value: { mark } });
  });
  it.each(vectorJson<{ code: string; why: string }[]>('enterprises/invalid-codes.json'))(
    'refuses $code: $why',
    ({ code }) => {
      expect(parseCreditCode(code).ok).toBe(false);
    },
  );
  it('accepts a failing check digit that an operator confirmed, and marks it', () => {
    const wrong = '914403001922038217';
    expect(parseCreditCode(wrong).ok).toBe(false);
    expect(parseCreditCode(wrong, { confirmed: true })).toMatchObject({
      ok: true,
      value: { mark: 'operator-confirmed' },
    });
  });
  it('only warns of region digits that are in no table of today', () => {
    const national = '91110000710925462X';
    expect(parseCreditCode(national)).toMatchObject({ ok: true, value: { regionKnown: true } });
    const authority = real.find((code) => code.slice(2, 8) === '100000') ?? '';
    expect(parseCreditCode(authority)).toMatchObject({ ok: true, value: { regionKnown: false } });
    expect(provinceOf(authority)).toBeNull();
  });
  it('reads full-width digits and lower case as the same code', () => {
    expect(parseCreditCode(' ９１11０000710925462x ')).toMatchObject({
      ok: true,
      value: { code: '91110000710925462X' },
    });
  });
  it('finds every single wrong character of a regular code', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const changed = fc.record({ code: fc.constantFrom(...real), at: fc.nat(17), to: fc.constantFrom(...alphabet) });
    fc.assert(
      fc.property(changed, ({ code, at, to }) => {
        fc.pre(code.charAt(at) !== to);
        expect(parseCreditCode(code.slice(0, at) + to + code.slice(at + 1)).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
  it('says where, what was found, what was expected and how to mend it', () => {
    const parsed = parseCreditCode('914403001922038217', { at: '/creditCode' });
    expect(parsed).toMatchObject({
      ok: false,
      problem: {
        at: '/creditCode',
        code: 'credit-code.check-digit',
        found: '914403001922038217',
        expected: { zh: expect.stringContaining('6') },
      },
    });
  });
  it('computes both check characters', () => {
    expect(creditCodeCheckCharacter('91440300192203821')).toBe('6');
    expect(organisationCodeCheckCharacter('19220382')).toBe('1');
  });
});
