import { describe, expect, it } from 'vitest';
import type { CatalogueStandard } from '../../../src/domain/standards/catalogue.ts';
import { readCatalogueEntry } from '../../../src/domain/standards/catalogue-entry.ts';
import { holdsOn } from '../../../src/domain/standards/in-force.ts';
import { checkLimits, readLimitEntry } from '../../../src/domain/standards/limit-entry.ts';

const good = {
  code: 'GB-25502-average',
  category: 'C3072.toilet',
  force: 'mandatory',
  indicator: '平均用水量',
  direction: 'lower',
  value: '6.4',
  unit: 'l',
  standard: 'gb25502—2017',
  validFrom: '2018-08-01',
};
const read = (changes: Record<string, unknown>) => readLimitEntry({ ...good, ...changes }, 'file:1');
const faults = (changes: Record<string, unknown>) => {
  const found = read(changes);
  return found.ok ? [] : found.problem.map(({ at, code }) => `${at} ${code}`);
};

describe('a limit', () => {
  it('has its unit and the number of its standard in their one form', () => {
    expect(read({})).toMatchObject({
      ok: true,
      value: { standard: 'GB25502-2017', limit: { unit: 'L', standard: 'GB 25502-2017', when: [] } },
    });
  });
  it.each([
    ['a unit that is not in the table', { unit: 'gal' }, 'file:1/unit unit.unknown'],
    ['a standard of no form', { standard: '25502' }, 'file:1/standard standard-number.form'],
    ['a mandatory force by GB/T', { standard: 'GB/T 6952-2015' }, 'file:1/force catalogue.force'],
    [
      'a condition without a bound',
      { when: [{ parameter: '水压', operator: 'gt' }] },
      'file:1/when/0/value scheme.rule',
    ],
    [
      'a condition in an unknown unit',
      { when: [{ parameter: '水压', operator: 'gt', value: '1', unit: 'bar' }] },
      'file:1/when/0/unit scheme.rule',
    ],
    ['an end before its beginning', { validUntil: '2018-08-01' }, 'file:1/validUntil catalogue.date-order'],
    ['a value that is no decimal', { value: '6,4' }, 'file:1/value field.invalid-format'],
  ] as const)('is refused with %s', (_, changes, fault) => expect(faults(changes)).toEqual([fault]));
  it.each([
    ['2018-07-31', false],
    ['2018-08-01', true],
    ['2025-04-30', true],
    ['2025-05-01', false],
  ] as const)('holds from its first day until the day it ends: %s %s', (day, holds) =>
    expect(holdsOn({ validFrom: '2018-08-01', validUntil: '2025-05-01' }, day)).toBe(holds),
  );
});

describe('limits beside the catalogue', () => {
  const standard = (changes: Record<string, unknown>): CatalogueStandard => {
    const entry = readCatalogueEntry(
      { number: 'GB 25502-2017', nameZh: '坐便器水效', mandatory: true, effectiveOn: '2018-08-01', ...changes },
      '',
    );
    if (!entry.ok) throw new Error('standard');
    return entry.value.standard;
  };
  const against = (limit: Record<string, unknown>, found: CatalogueStandard | null) => {
    const entry = read(limit);
    if (!entry.ok) throw new Error(JSON.stringify(entry.problem));
    return checkLimits([entry.value], () => found).map(({ at, code }) => `${at} ${code}`);
  };
  it.each([
    ['a standard that the catalogue lacks says nothing', {}, null, []],
    [
      'a limit may begin and end with its standard',
      { validUntil: '2025-05-01' },
      standard({ withdrawnOn: '2025-05-01' }),
      [],
    ],
    [
      'not before its standard takes effect',
      { validFrom: '2018-07-01' },
      standard({}),
      ['file:1/validFrom catalogue.date-order'],
    ],
    [
      'not on after its standard is withdrawn',
      {},
      standard({ withdrawnOn: '2025-05-01' }),
      ['file:1/validUntil catalogue.date-order'],
    ],
    [
      'not recommended where the standard is mandatory',
      { force: 'recommended' },
      standard({}),
      ['file:1/force catalogue.force'],
    ],
  ] as const)('%s', (_, limit, found, expected) => expect(against(limit, found)).toEqual(expected));
  it('has each code once', () => {
    const entries = [read({}), read({ value: '7' })].flatMap((one) => (one.ok ? [one.value] : []));
    expect(checkLimits(entries, () => null).map(({ at, code }) => `${at} ${code}`)).toEqual([
      'file:1/code catalogue.twice',
    ]);
  });
});
