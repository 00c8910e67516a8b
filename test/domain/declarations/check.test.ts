import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { checkDeclaration } from '../../../src/domain/declarations/check.ts';
import { DeclarationContent } from '../../../src/domain/declarations/content.ts';
import { standing } from '../../../src/domain/declarations/finding.ts';
import { rulesWithoutRegister } from '../../../src/domain/declarations/rules.ts';
import { writeDocument } from '../../../src/domain/declarations/document.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { parseShape } from '../../../src/domain/shape.ts';

type Given = z.input<typeof DeclarationContent>;

const good: Given = {
  subject: 'product',
  category: 'C3464.air-purifier',
  standard: { number: 'Q/ABCD 001—2026', name: '家用空气净化器', issuedOn: '2026-04-01', effectiveOn: '2026-05-01' },
  products: [{ name: '空气净化器', models: ['KJ800', 'KJ600'] }],
  parameters: [{ name: '适用面积', value: '40', unit: 'm2' }],
  indicators: [
    {
      name: '颗粒物洁净空气量',
      kind: 'function',
      comparator: '≥',
      value: '520',
      unit: 'm3/h',
      testMethod: 'GB/T 18801-2022',
    },
    {
      name: '噪声',
      kind: 'performance',
      comparator: '~',
      value: '50',
      second: '60',
      unit: 'dBA',
      testMethod: 'GB/T 18801-2022',
    },
  ],
  commitment: { version: 1, signer: '王示例', capacity: 'legal-representative' },
};

function check(changed: Partial<Given>) {
  const shaped = parseShape(DeclarationContent, { ...good, ...changed });
  if (!shaped.ok) return shaped;
  const { accepted, findings } = checkDeclaration(shaped.value, rulesWithoutRegister('2026-11-22'));
  return accepted ? ok(accepted) : err(standing(findings));
}

describe('a declaration', () => {
  it('that is right is accepted with its number and units in their one form, and what was typed is kept', () => {
    const checked = check({});
    expect(checked).toMatchObject({
      ok: true,
      value: {
        number: { canonical: 'Q/ABCD 001-2026', level: 'enterprise' },
        content: {
          standard: { number: 'Q/ABCD 001—2026' },
          parameters: [{ unit: 'm²' }],
          indicators: [
            { unit: 'm³/h', raw: '≥ 520 m³/h' },
            { unit: 'dB(A)', raw: '50～60 dB(A)' },
          ],
        },
      },
    });
  });

  const [first, second] = good.indicators ?? [];
  if (!first || !second) throw new Error('two indicators');
  const faults: readonly (readonly [string, Partial<Given>, at: string, code: string])[] = [
    [
      'a number of no level',
      { standard: { ...good.standard, number: 'Q/榕净 1' } },
      '/standard/number',
      'standard-number.form',
    ],
    [
      'an own number without a year',
      { standard: { ...good.standard, number: 'Q/ABCD 001' } },
      '/standard/number',
      'standard-number.year',
    ],
    [
      'an effective date before the issue',
      { standard: { ...good.standard, effectiveOn: '2026-03-01' } },
      '/standard/effectiveOn',
      'date.order',
    ],
    [
      'a date that does not exist',
      { standard: { ...good.standard, effectiveOn: '2026-02-30' } },
      '/standard/effectiveOn',
      'field.invalid-format',
    ],
    [
      'the same model twice',
      { products: [{ name: 'a', models: ['x', 'x'] }] },
      '/products/0/models/1',
      'declared.twice',
    ],
    ['no model', { products: [{ name: 'a', models: [] }] }, '/products/0/models', 'field.too-small'],
    ['an indicator twice', { indicators: [first, second, first] }, '/indicators/2/name', 'declared.twice'],
    ['no functional indicator', { indicators: [second] }, '/indicators', 'indicators.function-missing'],
    [
      'a product without a performance indicator',
      { indicators: [first] },
      '/indicators',
      'indicators.performance-missing',
    ],
    [
      'no test method',
      { indicators: [{ ...first, testMethod: null }, second] },
      '/indicators/0/testMethod',
      'test-method.missing',
    ],
    ['an unknown unit', { indicators: [{ ...first, unit: '匹' }, second] }, '/indicators/0/unit', 'unit.unknown'],
    [
      'a value with a separator',
      { indicators: [{ ...first, value: '1,520' }, second] },
      '/indicators/0/value',
      'decimal.form',
    ],
    [
      'a range the wrong way round',
      { indicators: [first, { ...second, second: '45' }] },
      '/indicators/1/second',
      'requirement.range',
    ],
    [
      'an unknown comparator',
      { indicators: [{ ...first, comparator: '≈' as never }, second] },
      '/indicators/0/comparator',
      'field.invalid-value',
    ],
    ['an unknown field', { phone: '1' } as Partial<Given>, '/phone', 'field.unknown'],
    [
      'an unknown unit of a parameter',
      { parameters: [{ name: 'a', value: '1', unit: 'x' }] },
      '/parameters/0/unit',
      'unit.unknown',
    ],
  ];
  it.each(faults)('with %s is refused at %3$s', (_, changed, at, code) => {
    const checked = check(changed);
    expect(checked.ok ? [] : checked.problem).toMatchObject([
      { at, code, expected: { zh: expect.any(String), en: expect.any(String) } },
    ]);
  });

  it('of a service needs no performance indicator', () =>
    expect(check({ subject: 'service', indicators: [first] }).ok).toBe(true));
  it('of an executed standard needs no indicator at all, only number, name and products', () => {
    const executed = check({
      standard: { number: 'GB/T 18801-2022', name: '空气净化器', effectiveOn: '2022-12-01' },
      indicators: [],
    });
    expect(executed).toMatchObject({ ok: true, value: { number: { level: 'national', mandatory: false } } });
  });
  it('reports every fault at once', () => {
    const checked = check({
      standard: { ...good.standard, number: 'x' },
      indicators: [{ ...first, unit: 'x', value: 'y' }],
    });
    expect(checked.ok ? 0 : checked.problem.length).toBeGreaterThanOrEqual(3);
  });
  it('has one hash, whatever the order in which its fields were sent', () => {
    const checked = check({});
    if (!checked.ok || !('number' in checked.value)) throw new Error('refused');
    const { content, number } = checked.value;
    const rest = { v: 1, id: 'X.D1', revision: 1, event: 'published', enterprise: { code: 'X', name: '甲' } } as const;
    const document = { ...rest, number: { canonical: number.canonical, compact: number.compact }, content };
    const reversed = Object.fromEntries(Object.entries(document).reverse()) as typeof document;
    expect(writeDocument(reversed)).toEqual(writeDocument(document));
  });
});
