import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStandardNumber } from '../../../src/domain/standards/number.ts';
import { vectorRows, vectorText } from '../../support/vectors.ts';

const LEVELS: readonly (readonly [
  typed: string,
  level: string,
  canonical: string,
  compact: string,
  mandatory: boolean,
])[] = [
  ['GB 4706.1-2005', 'national', 'GB 4706.1-2005', 'GB4706.1-2005', true],
  ['GB/T 1.1—2020', 'national', 'GB/T 1.1-2020', 'GB/T1.1-2020', false],
  ['gb/z 12345-2019', 'national', 'GB/Z 12345-2019', 'GB/Z12345-2019', false],
  ['GBZ 2.1-2019', 'national', 'GBZ 2.1-2019', 'GBZ2.1-2019', true],
  ['GBZ/T 160.1-2004', 'national', 'GBZ/T 160.1-2004', 'GBZ/T160.1-2004', false],
  ['GB 7588-87', 'national', 'GB 7588-87', 'GB7588-87', true],
  ['QB/T 1234-2020', 'sector', 'QB/T 1234-2020', 'QB/T1234-2020', false],
  ['JR/T 0201-2020', 'sector', 'JR/T 0201-2020', 'JR/T0201-2020', false],
  ['NB/SH/T 0001-2019', 'sector', 'NB/SH/T 0001-2019', 'NB/SH/T0001-2019', false],
  ['YY 0505-2012', 'sector', 'YY 0505-2012', 'YY0505-2012', true],
  ['JGJ/T 23-2011', 'sector', 'JGJ/T 23-2011', 'JGJ/T23-2011', false],
  ['DB/T 2-2003', 'sector', 'DB/T 2-2003', 'DB/T2-2003', false],
  ['DB21/T 3131-2023', 'local', 'DB21/T 3131-2023', 'DB21/T3131-2023', false],
  ['DB6101/T 3191-2024', 'local', 'DB6101/T 3191-2024', 'DB6101/T3191-2024', false],
  ['T/CNHA 1025-2020', 'association', 'T/CNHA 1025-2020', 'T/CNHA1025-2020', false],
  ['T/CASTEM 1001—2020', 'association', 'T/CASTEM 1001-2020', 'T/CASTEM1001-2020', false],
  ['Q/FZ 001-2016', 'enterprise', 'Q/FZ 001-2016', 'Q/FZ001-2016', false],
  ['Ｑ／ＦＺ　００１－２０１６', 'enterprise', 'Q/FZ 001-2016', 'Q/FZ001-2016', false],
  ['Q/BJLLHD002-2017', 'enterprise', 'Q/BJLLHD002-2017', 'Q/BJLLHD002-2017', false],
  ['Q/SJX 0001S-2020', 'enterprise', 'Q/SJX 0001S-2020', 'Q/SJX0001S-2020', false],
  ['ISO 9001:2015', 'international', 'ISO 9001:2015', 'ISO9001:2015', false],
  ['ISO/IEC 17020:2012', 'international', 'ISO/IEC 17020:2012', 'ISO/IEC17020:2012', false],
  ['EN 14825:2018', 'foreign', 'EN 14825:2018', 'EN14825:2018', false],
];

describe('a standard number', () => {
  it.each(LEVELS)('%s is %s', (typed, level, canonical, compact, mandatory) => {
    expect(parseStandardNumber(typed)).toMatchObject({ ok: true, value: { level, canonical, compact, mandatory } });
  });
  it('reads every number as printed on labels, shop pages and reports', () => {
    const rows = vectorRows('standards/as-printed.csv');
    expect(rows).toHaveLength(9);
    for (const { raw = '' } of rows)
      expect(parseStandardNumber(raw), raw).toMatchObject({ ok: true, value: { level: 'enterprise' } });
  });
  it('takes a year after a space as a year only behind a serial', () => {
    expect(parseStandardNumber('Q/HLS0001S 2012')).toMatchObject({ ok: true, value: { year: 2012 } });
    expect(parseStandardNumber('Q/ABC 2012')).toMatchObject({ ok: true, value: { year: null, serial: 'ABC 2012' } });
  });
  it('knows the same standard written with and without a space', () => {
    const [a, b] = ['Q/CSG 510001-2015', 'Q/CSG510001-2015'].map((typed) => parseStandardNumber(typed));
    expect(a?.ok && b?.ok && a.value.compact === b.value.compact).toBe(true);
  });
  it('reads all 81 plain numbers of a real catalogue, and refuses two with a remark in brackets', () => {
    const numbers = vectorText('standards/construction.txt').trim().split('\n');
    expect(numbers).toHaveLength(83);
    const refused = numbers.filter((number) => !parseStandardNumber(number).ok);
    expect(refused).toEqual(['GB 50016-2014(2018年版)', 'JGJ 39-2016(2019年版)']);
  });
  it.each([
    '',
    'GB',
    'GB/T',
    'Q/',
    'Q/ABC',
    'XX/T 1-2020',
    'GB/T 1-20201',
    'Q/榕净 1',
    'T/ 1-2020',
    '企业标准',
    'GB\u200b1-2020',
    'DB213/T 1-2020',
  ])('refuses %j and says what is expected', (typed) => {
    expect(parseStandardNumber(typed, '/n')).toMatchObject({
      ok: false,
      problem: { at: '/n', code: 'standard-number.form', found: typed },
    });
  });
  it('names an unknown sector code', () => {
    expect(parseStandardNumber('XX/T 1-2020')).toMatchObject({
      ok: false,
      problem: { remedy: { en: expect.stringContaining('XX') } },
    });
  });
  it('prints what it read, and reads what it printed', () => {
    const serial = fc.integer({ min: 1, max: 99_999 }).map(String);
    const year = fc.integer({ min: 1995, max: 2030 });
    const prefix = fc.constantFrom('GB', 'GB/T', 'GB/Z', 'QB/T', 'DB35/T', 'T/CNHA', 'Q/ABC', 'NB/SH/T', 'GBZ/T');
    fc.assert(
      fc.property(prefix, serial, year, (code, number, of) => {
        const printed = `${code} ${number}-${of}`;
        const parsed = parseStandardNumber(printed);
        expect(parsed).toMatchObject({ ok: true, value: { canonical: printed, year: of } });
        expect(parsed.ok && parseStandardNumber(parsed.value.canonical)).toEqual(parsed);
      }),
    );
  });
});
