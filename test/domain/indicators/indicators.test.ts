import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact, parseDecimal } from '../../../src/domain/indicators/decimal.ts';
import { checkRequirement, formatRequirement, parseRequirement } from '../../../src/domain/indicators/requirement.ts';
import { compareQuantities, convertForShowing, findUnit, UNIT_SYMBOLS } from '../../../src/domain/indicators/units.ts';

describe('a declared value is an exact decimal', () => {
  it.each([
    ['16.00', '16.00'],
    ['−32', '-32'],
    ['０．０２５', '0.025'],
    ['+5', '5'],
  ])('%s is kept as %s', (typed, kept) => expect(parseDecimal(typed)).toEqual({ ok: true, value: kept }));
  it.each(['', '1,284', '1e3', '.5', '5.', 'NaN', '0x10', '１二', '1 000', '12345678901234567890123'])(
    'refuses %j',
    (typed) => {
      expect(parseDecimal(typed).ok).toBe(false);
    },
  );
  it('knows 0.1 + 0.2 from 0.3000000000000000444', () => {
    expect(exact('0.1').plus('0.2').eq('0.3')).toBe(true);
  });
});

describe('a unit', () => {
  it.each([
    ['m3/h', 'm³/h'],
    ['立方米/小时', 'm³/h'],
    ['kWh/yr', 'kW·h/a'],
    ['kW.h', 'kW·h'],
    ['dB（A）', 'dB(A)'],
    ['％', '%'],
    ['°C', '℃'],
    ['ug/m3', 'μg/m³'],
    ['W·h/(W·h)', '1'],
  ])('%s is %s', (written, symbol) => expect(findUnit(written)?.symbol).toBe(symbol));
  it('is unknown rather than guessed', () => expect(findUnit('furlong')).toBeNull());
  it('finds itself by its own symbol', () => {
    for (const symbol of UNIT_SYMBOLS) expect(findUnit(symbol)?.symbol).toBe(symbol);
  });
  it.each([
    ['720', 'L/min', 'm³/h', '43.2', true],
    ['1', 'm³/h', 'L/min', '16.6666666666666666666666666667', false],
    ['1.6', 'L/min', 'm³/h', '0.096', true],
    ['36', 'MJ', 'kW·h', '10', true],
    ['2.5', 'cm', 'mm', '25', true],
    ['0.05', '1', '%', '5', true],
  ])('%s %s is %s %s %s', (value, from, to, shown, isExact) => {
    const [a, b] = [findUnit(from), findUnit(to)];
    if (!a || !b) throw new Error('unknown unit');
    expect(convertForShowing(value, a, b)).toEqual({ value: shown, exact: isExact });
  });
  it('is compared exactly even where the ratio is no finite decimal', () => {
    const [lpm, m3h] = [findUnit('L/min'), findUnit('m³/h')];
    if (!lpm || !m3h) throw new Error('unknown unit');
    expect(compareQuantities(exact('50'), lpm, exact('3'), m3h)).toBe(0);
    expect(compareQuantities(exact('50.0000000001'), lpm, exact('3'), m3h)).toBe(1);
  });
  it('is never converted across dimensions: dB(A) is not dB', () => {
    const [a, b] = [findUnit('dB(A)'), findUnit('dB')];
    if (!a || !b) throw new Error('unknown unit');
    expect(() => compareQuantities(exact('1'), a, exact('1'), b)).toThrow('sound level');
  });
  it('orders any two quantities the same in both directions', () => {
    const volume = fc.constantFrom('m³/h', 'L/min', 'L/s', 'm³/s', 'L/h', 'm³/min');
    const value = fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.nat(9))
      .map(([digits, places]) => exact(digits.toString()).div(10 ** places));
    fc.assert(
      fc.property(value, volume, value, volume, (x, ux, y, uy) => {
        const [a, b] = [findUnit(ux), findUnit(uy)];
        if (!a || !b) return;
        expect(compareQuantities(x, a, y, b)).toBe(0 - compareQuantities(y, b, x, a));
      }),
    );
  });
});

describe('a requirement as printed', () => {
  it.each([
    ['≥ 520 m³/h', { comparator: '≥', value: '520', second: null, unit: 'm³/h' }],
    ['不高于58dB(A)', { comparator: '≤', value: '58', second: null, unit: 'dB(A)' }],
    ['0.3±0.02', { comparator: '±', value: '0.3', second: '0.02', unit: '' }],
    ['50～60 Hz', { comparator: '~', value: '50', second: '60', unit: 'Hz' }],
    ['>= 95 %', { comparator: '≥', value: '95', second: null, unit: '%' }],
    ['58', { comparator: '=', value: '58', second: null, unit: '' }],
    ['-32 %', { comparator: '=', value: '-32', second: null, unit: '%' }],
    ['符合 GB 4706.1', { comparator: 'text', value: '符合 GB 4706.1', second: null, unit: '' }],
    ['3 级以上', { comparator: 'text', value: '3 级以上', second: null, unit: '' }],
  ])('%s', (printed, requirement) => expect(parseRequirement(printed)).toEqual({ ok: true, value: requirement }));
  it.each(['', '≥', '≤ '])('refuses %j', (printed) => expect(parseRequirement(printed).ok).toBe(false));
  it('refuses a range whose ends are the wrong way round, and names the place', () => {
    const wrong = checkRequirement({ comparator: '~', value: '60', second: '55', unit: 'dB(A)' }, '/indicators/1');
    expect(wrong).toMatchObject({ ok: false, problem: [{ at: '/indicators/1/second', code: 'requirement.range' }] });
  });
  it('refuses a second value where there is only one', () => {
    expect(checkRequirement({ comparator: '≥', value: '1', second: '2', unit: '' })).toMatchObject({
      ok: false,
      problem: [{ code: 'requirement.second' }],
    });
  });
  it('is read back as it was printed', () => {
    const digits = fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.nat(999)).map(([a, b]) => `${a}.${b}`);
    const comparator = fc.constantFrom('≥', '≤', '>', '<', '=') as fc.Arbitrary<'≥' | '≤' | '>' | '<' | '='>;
    fc.assert(
      fc.property(digits, comparator, fc.constantFrom('m³/h', '%', 'dB(A)', ''), (value, relation, unit) => {
        const requirement = { comparator: relation, value, second: null, unit };
        expect(parseRequirement(formatRequirement(requirement))).toEqual({ ok: true, value: requirement });
      }),
    );
  });
});
