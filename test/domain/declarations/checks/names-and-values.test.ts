import { describe, expect, it } from 'vitest';
import { declaration, findingsOf, isAccepted, rulesOf, withIndicator } from './given.ts';
import { tierScheme } from '../../../support/filled-register.ts';

const tiers = tierScheme();
const [first] = tiers.indicators;
if (!first) throw new Error('the scheme has no indicator');
const noise = {
  ...first,
  name: { zh: '噪声', en: 'Noise' },
  unit: 'dB(A)',
  direction: 'lower' as const,
  plausible: { min: '10', max: '120' },
  testMethods: [],
  levels: [{ when: [], advanced: '50' }],
};
const rules = rulesOf({ schemes: [{ ...tiers, indicators: [noise] }] });

describe('a value', () => {
  it.each([
    ['0', 'value.implausible', '/indicators/2/value'],
    ['9.99', 'value.implausible', '/indicators/2/value'],
    ['120.01', 'value.implausible', '/indicators/2/value'],
  ])('of %s dB(A) is outside the plausible range: a warning', (value, code, at) =>
    expect(findingsOf({ indicators: withIndicator('噪声', { value }) }, rules)).toMatchObject([
      { severity: 'warn', code, at, about: '噪声' },
    ]),
  );
  it.each(['10', '120', '58'])('of %s dB(A) is within', (value) =>
    expect(isAccepted({ indicators: withIndicator('噪声', { value }) }, rules)).toBe(true),
  );
  it('in a unit that does not convert is a warning, not a refusal', () =>
    expect(findingsOf({ indicators: withIndicator('噪声', { unit: 'dB' }) }, rules)).toMatchObject([
      { severity: 'warn', code: 'unit.not-comparable', at: '/indicators/2/unit', about: '噪声' },
    ]));
});

describe('a name', () => {
  const product = (name: string) => ({ products: [{ name, models: ['A1'] }] });
  it.each([
    ['a Cyrillic letter among Latin ones', 'КJ520 Air', '/products/0/name'],
    ['a Greek letter among Latin ones', 'Αir one', '/products/0/name'],
    ['a radical that looks like a character', '家⽤净化器', '/products/0/name'],
    ['an invisible character', '净化\u200b器', '/products/0/name'],
    ['a character that turns the reading direction', '净化\u202e器', '/products/0/name'],
  ])('with %s is a warning', (_, name, at) =>
    expect(findingsOf(product(name))).toMatchObject([{ severity: 'warn', code: 'name.confusable', at, about: name }]),
  );
  it.each(['家用空气净化器', 'Очиститель', 'Καθαριστής', 'KJ520G-A1 β 型', 'Ø120', 'µm 滤网'])(
    '%s is what it looks like',
    (name) => expect(isAccepted(product(name))).toBe(true),
  );
});

describe('a product', () => {
  it('twice in one declaration is refused, also as two rows', () => {
    const row = { name: '净化器', models: ['A1'] };
    expect(findingsOf({ products: [row, { ...row, models: ['A2', 'A1'] }] })).toMatchObject([
      { code: 'declared.twice', at: '/products/1/models/1' },
    ]);
  });
  it('of another brand or name may have the same model', () => {
    const row = { name: '净化器', models: ['A1'] };
    expect(isAccepted({ products: [row, { ...row, brand: '乙牌' }, { ...row, name: '净化器 II' }] })).toBe(true);
  });
  it('has barcodes with their check digit, each once, stored as fourteen digits', () => {
    const barcodes = (given: readonly string[]) => ({
      products: [{ name: '净化器', models: ['A1'], barcodes: [...given] }],
    });
    expect(isAccepted(barcodes(['6901234567892', '96385074']))).toBe(true);
    expect(findingsOf(barcodes(['6901234567891']))).toMatchObject([
      { severity: 'refuse', code: 'barcode.wrong', at: '/products/0/barcodes/0' },
    ]);
    expect(findingsOf(barcodes(['6901234567892', '06901234567892']))).toMatchObject([
      { code: 'barcode.twice', at: '/products/0/barcodes/1' },
    ]);
  });
});

describe('a declaration is signed', () => {
  it('by a person in a capacity, under the present edition of the commitment', () => {
    expect(findingsOf({ commitment: null })).toMatchObject([{ severity: 'refuse', code: 'commitment.missing' }]);
    const commitment = { version: 2, signer: '王示例', capacity: 'authorised-person' as const };
    expect(findingsOf({ commitment })).toMatchObject([{ code: 'commitment.missing', at: '/commitment/version' }]);
  });
  it('and issued on or before the day on which it takes effect', () => {
    const standard = { ...declaration().standard, issuedOn: '2026-05-02', effectiveOn: '2026-05-01' };
    expect(findingsOf({ standard })).toMatchObject([{ code: 'date.order', at: '/standard/effectiveOn' }]);
  });
});
