import fc from 'fast-check';
import type { DeclarationContent } from '../../src/domain/declarations/content.ts';

const COMMITMENT = { version: 1, signer: '王示例', capacity: 'authorised-person' } as const;
const name = (max: number) =>
  fc
    .string({
      unit: fc.constantFrom(...'家用空气净化器滤网型ABCxyz019 -()（）、，"“”\'', '𠮷', 'é'),
      minLength: 1,
      maxLength: max,
    })
    .map((text) => text.trim())
    .filter((text) => text !== '');
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => {
    const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
    const whole = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    return digits < 0n ? `-${whole}` : whole;
  });
const unit = fc.constantFrom('m³/h', 'L/min', 'kW·h/a', 'dB(A)', '%', '1', '℃', 'mg/m³', 'm3/h');

const indicator = (at: number): fc.Arbitrary<DeclarationContent['indicators'][number]> =>
  fc.record({
    name: name(30).map((text) => `${at} ${text}`),
    kind: fc.constant(at === 0 ? ('function' as const) : ('performance' as const)),
    comparator: fc.constantFrom('≥', '≤', '>', '<', '='),
    value: decimal,
    second: fc.constant(null),
    unit,
    testMethod: fc.constantFrom('GB/T 18801-2022', 'GB/T 4214.1-2017 第 6 章', '企业方法：恒温箱法'),
  });

/** Declarations that pass every check, with every optional part present or not; numbers Q/GEN n are the caller's. */
export function generatedDeclaration(number: string): fc.Arbitrary<DeclarationContent> {
  return fc
    .record({
      indicators: fc
        .integer({ min: 2, max: 8 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => indicator(i)))),
      products: fc.array(name(40), { minLength: 1, maxLength: 3 }).chain((names) =>
        fc.tuple(
          ...names.map((one, i) =>
            fc.record({
              name: fc.constant(`${i} ${one}`),
              brand: fc.option(name(10), { nil: null }),
              models: fc.uniqueArray(name(20), { minLength: 1, maxLength: 5 }),
            }),
          ),
        ),
      ),
      parameters: fc.uniqueArray(fc.record({ name: name(10), value: name(10) }), {
        maxLength: 4,
        selector: (row) => row.name,
      }),
      title: name(60),
      replaces: fc.option(fc.constant<string[]>(['Q/GEN 0-2020']), { nil: undefined }),
      migrated: fc.boolean(),
    })
    .map(({ indicators, products, parameters, title, replaces, migrated }) => ({
      subject: 'product' as const,
      category: 'C3464.air-purifier',
      standard: {
        number,
        name: title,
        issuedOn: '2026-01-01',
        effectiveOn: '2026-02-01',
        ...(replaces ? { replaces: [...replaces] } : {}),
      },
      products,
      parameters,
      indicators,
      commitment: COMMITMENT,
      ...(migrated ? { migratedFrom: { platform: '原平台', id: 'Q-1', publishedOn: '2020-01-01' } } : {}),
    }));
}
