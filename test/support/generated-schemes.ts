import fc from 'fast-check';
import { UNIT_SYMBOLS } from '../../src/domain/indicators/units.ts';
import {
  type Condition,
  DIRECTIONS,
  type LevelTable,
  type Scheme,
  type SchemeIndicator,
} from '../../src/domain/schemes/scheme.ts';

type Direction = SchemeIndicator['direction'];
type Kind = SchemeIndicator['kind'];

/** Texts with everything that a notation of cells could trip over; a text neither begins nor ends with a space. */
const words = (max: number) =>
  fc
    .string({
      unit: fc.constantFrom(...'额定功率水效壁挂式ABCxyz019 .-()（）、，；;|<>≤≥=\\"“”\'&/:：~～#%', '𠮷', 'é'),
      minLength: 1,
      maxLength: max,
    })
    .map((text) => text.trim())
    .filter((text) => text !== '');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const unit = fc.constantFrom(...UNIT_SYMBOLS);
const decimal = (scaled: number, places: number): string => {
  const digits = String(Math.abs(scaled)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return scaled < 0 ? `-${text}` : text;
};
const anyDecimal = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }))
  .map((one) => decimal(...one));

export const generatedCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .record({
      parameter: words(20),
      operator: fc.constantFrom('lt', 'lte', 'gt', 'gte'),
      value: anyDecimal,
      unit: optional(unit),
    })
    .map((one) => defined(one) as Condition),
  fc.record({
    parameter: words(20),
    operator: fc.constant('in' as const),
    values: fc.uniqueArray(words(12), { minLength: 1, maxLength: 4 }),
  }),
);
const conditions = fc.array(generatedCondition, { maxLength: 3 });

/** Thresholds of so many tiers, best first, each easier than the one before. */
function thresholds(direction: Direction, count: number): fc.Arbitrary<readonly string[]> {
  const steps = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: count, maxLength: count });
  const places = fc.integer({ min: 0, max: 3 });
  const start = fc.integer({ min: -20_000, max: 20_000 });
  return fc.tuple(start, steps, places).map(([from, by, scale]) => {
    const sums = by.map((_, i) => by.slice(0, i + 1).reduce((sum, step) => sum + step, 0));
    switch (direction) {
      case 'higher':
        return sums.map((sum) => decimal(from - sum, scale));
      case 'lower':
        return sums.map((sum) => decimal(from + sum, scale));
      case 'range':
        return sums.map((sum) => `${decimal(from - sum, scale)}～${decimal(from + sum, scale)}`);
      case 'target':
        return sums.map((sum) => decimal(sum, scale));
      case 'yes-no':
        return sums.map(() => '是');
      case 'ordered-text':
        return sums.map((_, i) => `第${i + 1}等`);
    }
  });
}

function levelTable(direction: Direction): fc.Arbitrary<LevelTable> {
  const most = direction === 'yes-no' ? 1 : 6;
  return fc
    .record({
      levels: fc.constantFrom(
        ['advanced'],
        ['advanced', 'average'],
        ['advanced', 'baseline'],
        ['advanced', 'average', 'baseline'],
      ),
      lower: fc.integer({ min: 0, max: 3 }),
    })
    .chain(({ levels, lower }) => {
      const own = most === 1 ? ['advanced'] : levels;
      const below = most === 1 ? 0 : lower;
      const byLevel = <Value>(value: fc.Arbitrary<Value>) =>
        fc.tuple(...own.map(() => optional(value))).map((values) => {
          const given = defined(Object.fromEntries(own.map((level, i) => [level, values[i]])));
          return Object.keys(given).length > 0 ? given : undefined;
        });
      const sure = fc.constantFrom('confirmed' as const, 'background' as const);
      return fc
        .record({
          tiers: thresholds(direction, own.length + below),
          when: conditions,
          names: byLevel(words(8)),
          confidence: byLevel(sure),
          lowerNames: fc.array(words(8), { minLength: below, maxLength: below }),
          lowerSure: fc.array(optional(sure), { minLength: below, maxLength: below }),
          floor: optional(words(20)),
          source: optional(words(40)),
        })
        .map(({ tiers, when, names, confidence, lowerNames, lowerSure, floor, source }) =>
          defined({
            when,
            ...Object.fromEntries(own.map((level, i) => [level, tiers[i]])),
            lower:
              below === 0
                ? undefined
                : lowerNames.map((name, i) =>
                    defined({ name, threshold: tiers[own.length + i] ?? '', confidence: lowerSure[i] }),
                  ),
            floor: floor === undefined ? undefined : { threshold: tiers.at(-1) ?? '', standard: floor },
            names,
            confidence,
            source,
          }),
        ) as fc.Arbitrary<LevelTable>;
    });
}

function indicator(at: number, kind: Kind, direction: Direction): fc.Arbitrary<SchemeIndicator> {
  const isNumber = direction !== 'yes-no' && direction !== 'ordered-text';
  const names = fc.uniqueArray(words(20), { maxLength: 3 }).map((list) => list.map((name) => `${at} ${name}`));
  return fc
    .record({
      zh: words(20),
      en: words(20),
      aliases: names,
      unit: isNumber ? unit : fc.constant('1'),
      source: optional(words(30)),
      appliesWhen: conditions,
      plausible: isNumber
        ? fc.record({ min: optional(anyDecimal), max: optional(anyDecimal) }).map(defined)
        : fc.constant({}),
      testMethods: fc.uniqueArray(words(20), { maxLength: 3 }),
      testConditions: optional(fc.array(generatedCondition, { minLength: 1, maxLength: 2 })),
      missing: fc.constantFrom('no-grade', 'show-only'),
      range: optional(fc.constantFrom('worst', 'refuse')),
      tolerance: optional(fc.constantFrom('worst', 'nominal', 'refuse')),
      repeated: optional(fc.constantFrom('refuse', 'worst')),
      pair: isNumber
        ? optional(
            fc.record({
              take: fc.constantFrom('greater', 'smaller'),
              of: fc.tuple(
                fc.uniqueArray(words(10), { minLength: 1, maxLength: 2 }),
                fc.uniqueArray(words(10), { minLength: 1, maxLength: 2 }),
              ),
            }),
          )
        : fc.constant(undefined),
      target: direction === 'target' ? anyDecimal : fc.constant(undefined),
      levels: fc.array(levelTable(direction), { minLength: 1, maxLength: 3 }),
    })
    .map(
      ({ zh, en, ...rest }) =>
        defined({
          code: `I${at}-${kind}`,
          name: { zh: `${at} ${zh}`, en: `${at}e ${en}` },
          kind,
          direction,
          order: direction === 'ordered-text' ? Array.from({ length: 7 }, (_, i) => `第${i + 1}等`) : undefined,
          ...rest,
        }) as unknown as SchemeIndicator,
    );
}

/**
 * Schemes that pass every check, over every direction, method, kind of condition and rule. `codes` names them; the category
 * is one that every register has.
 */
export function generatedScheme(code = 'M-GEN', version = 1): fc.Arbitrary<Scheme> {
  return fc
    .record({
      cores: fc.integer({ min: 1, max: 4 }),
      basics: fc.integer({ min: 0, max: 1 }),
      innovations: fc.integer({ min: 0, max: 3 }),
      method: fc.constantFrom('weakest-core' as const, 'stars' as const, 'weighted-score' as const),
      directions: fc.array(fc.constantFrom(...DIRECTIONS), { minLength: 8, maxLength: 8 }),
    })
    .chain(({ cores, basics, innovations, method: wanted, directions }) => {
      const kinds: Kind[] = [
        ...Array.from({ length: cores }, () => 'core' as const),
        ...Array.from({ length: basics }, () => 'basic' as const),
        ...Array.from({ length: innovations }, () => 'innovation' as const),
      ];
      const method = cores >= 3 ? wanted : 'weakest-core';
      return fc
        .record({
          indicators: fc.tuple(...kinds.map((kind, i) => indicator(i, kind, directions[i] ?? 'higher'))),
          weights: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 8, maxLength: 8 }),
          bonus: optional(fc.integer({ min: 1, max: 20 })),
          hasScoring: fc.boolean(),
          title: words(40),
          scope: optional(words(80)),
          atLeast: fc.integer({ min: 1, max: Math.max(1, innovations) }),
          hasInnovation: fc.boolean(),
          requirements: optional(fc.array(words(60), { minLength: 1, maxLength: 3 })),
          ties: optional(fc.constantFrom('competition', 'dense')),
          listed: optional(fc.constantFrom(1, 2, 3)),
          listMonths: optional(fc.integer({ min: 1, max: 60 })),
          objectionDays: optional(fc.integer({ min: 1, max: 60 })),
          basis: fc.oneof(fc.constant(''), words(80)),
        })
        .map(
          ({ indicators, weights, bonus, hasScoring, title, scope, atLeast, hasInnovation, requirements, ...rest }) => {
            const isWeighted = method === 'weighted-score';
            const points =
              method === 'stars'
                ? { advanced: 5, average: 4, baseline: 3 }
                : { advanced: 100, average: 80, baseline: 60 };
            const grades = method === 'stars' ? { 1: '5', 2: '4', 3: '3' } : { 1: '90', 2: '75.5', 3: '60' };
            return defined({
              v: 1,
              code,
              version,
              title: { zh: title, en: `e ${title}` },
              category: 'C3464.air-purifier',
              scope: scope === undefined ? undefined : { zh: scope, en: `e ${scope}` },
              method,
              scoring: isWeighted || (method === 'stars' && hasScoring) ? { points, grades } : undefined,
              innovation:
                hasInnovation && innovations > 0
                  ? [
                      { grade: 1, atLeast, level: 'average' },
                      { grade: 2, atLeast: 1, level: 'advanced' },
                    ]
                  : undefined,
              requirements: requirements?.map((text, i) => ({
                code: `r-${i}`,
                text: { zh: text, en: `e ${text}` },
                evidence: i === 0 ? 'commitment' : 'test-report',
              })),
              validFrom: '2020-01-01',
              validTo: '2099-12-31',
              ...rest,
              indicators: indicators.map((one, i) =>
                defined({
                  ...one,
                  weight: isWeighted && one.kind === 'core' ? weights[i] : undefined,
                  bonus: isWeighted && one.kind === 'innovation' ? bonus : undefined,
                }),
              ),
            }) as unknown as Scheme;
          },
        );
    });
}

function defined<Given extends object>(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given;
}
