import fc from 'fast-check';
import type { DeclaredIndicator } from '../../src/domain/declarations/content.ts';
import type { DeclarationDocument } from '../../src/domain/declarations/document.ts';
import { exact } from '../../src/domain/indicators/decimal.ts';
import { findUnit, UNIT_SYMBOLS } from '../../src/domain/indicators/units.ts';
import { type Condition, type Scheme, type SchemeIndicator, tiersOf } from '../../src/domain/schemes/scheme.ts';

/** How one declared value is chosen: which threshold it is near, and how far from it. */
interface Choice {
  readonly tier: number;
  readonly offset: string;
  readonly comparator: DeclaredIndicator['comparator'] | 'fitting';
  readonly second: number;
  readonly otherUnit: number;
  readonly gap: 'none' | 'missing' | 'words' | 'twice';
}

const choice: fc.Arbitrary<Choice> = fc.record({
  // The advanced level most often, as else three core indicators would seldom agree on a grade.
  tier: fc.constantFrom(0, 0, 0, 0, 1, 2, 3, 4, 5),
  offset: fc.constantFrom('0', '0', '0', '0.0001', '-0.0001', '1', '-1', '1000'),
  comparator: fc.constantFrom('fitting', 'fitting', 'fitting', '≥', '≤', '=', '~', '±'),
  second: fc.integer({ min: 1, max: 50 }),
  otherUnit: fc.nat(30),
  gap: fc.oneof({ weight: 40, arbitrary: fc.constant('none' as const) }, fc.constantFrom('missing', 'words', 'twice')),
});

/** Declarations for a scheme with values at and beside its thresholds, in any unit, with gaps, words and repeats. */
export function documentsFor(scheme: Scheme, most = 8): fc.Arbitrary<readonly DeclarationDocument[]> {
  const one = fc.record({
    code: fc.constantFrom('A', 'B', 'C'),
    serial: fc.nat(99),
    choices: fc.array(choice, { minLength: scheme.indicators.length, maxLength: scheme.indicators.length }),
    meets: fc.array(fc.constantFrom('yes', 'yes', 'yes', 'no', 'missing'), { minLength: 60, maxLength: 60 }),
  });
  return fc.array(one, { minLength: 1, maxLength: most }).map((given) =>
    given.map(({ code, serial, choices, meets }, i) => {
      const number = `Q/${code} ${serial}-2026`;
      return {
        v: 1 as const,
        id: `D${i}`,
        revision: 1,
        event: 'published' as const,
        enterprise: { code, name: `企业${code}` },
        number: { canonical: number, compact: number.replaceAll(' ', '') },
        content: {
          subject: 'product' as const,
          category: scheme.category,
          standard: { number, name: '标准', effectiveOn: '2026-01-01' },
          products: [{ name: '产品', models: ['M1'] }],
          parameters: parametersFor(scheme, meets),
          indicators: scheme.indicators.flatMap((indicator, k) => rowsFor(indicator, choices[k] as Choice)),
        },
      };
    }),
  );
}

function parametersFor(scheme: Scheme, meets: readonly string[]) {
  const conditions = scheme.indicators.flatMap((indicator) => [
    ...indicator.appliesWhen,
    ...(indicator.testConditions ?? []),
    ...indicator.levels.flatMap(({ when }) => when),
  ]);
  const byName = new Map<string, Condition>();
  for (const condition of conditions) if (!byName.has(condition.parameter)) byName.set(condition.parameter, condition);
  return [...byName.values()].flatMap((condition, i) => {
    const wanted = meets[i % meets.length];
    if (wanted === 'missing') return [];
    const unit = condition.unit ?? null;
    if (condition.operator === 'in')
      return [{ name: condition.parameter, value: (wanted === 'yes' && condition.values?.[0]) || '别的', unit: null }];
    const up = condition.operator === 'gt' || condition.operator === 'gte';
    const value = exact(condition.value ?? '0').plus(up === (wanted === 'yes') ? 1 : -1);
    return [{ name: condition.parameter, value: value.toFixed(), unit }];
  });
}

function rowsFor(indicator: SchemeIndicator, given: Choice): DeclaredIndicator[] {
  if (given.gap === 'missing') return [];
  const row = rowFor(indicator, given);
  const names = indicator.pair ? indicator.pair.of.map(([name]) => name ?? '') : [indicator.name.zh];
  const rows = names.map((name) => ({ ...row, name }));
  return given.gap === 'twice' ? [...rows, ...rows] : rows;
}

function rowFor(indicator: SchemeIndicator, given: Choice): DeclaredIndicator {
  const tiers = indicator.levels.flatMap(tiersOf);
  const threshold = tiers[given.tier % tiers.length]?.threshold ?? '0';
  const base = { name: '', kind: 'performance' as const, testMethod: indicator.testMethods[0] ?? null };
  const words = { ...base, comparator: 'text' as const, unit: '', raw: null };
  if (indicator.direction === 'yes-no')
    return { ...words, value: given.gap === 'words' ? '也许' : given.tier % 2 ? '否' : '是' };
  if (indicator.direction === 'ordered-text') return { ...words, value: given.gap === 'words' ? '优' : threshold };
  if (given.gap === 'words') return { ...words, value: '符合要求' };
  const [low = '0'] = (indicator.target ?? threshold).split('～');
  const own = findUnit(indicator.unit);
  const same = UNIT_SYMBOLS.map(findUnit).filter((unit) => unit && unit.dimension === own?.dimension);
  const unit = same[given.otherUnit % same.length] ?? own;
  // Values at a threshold in another unit are exact only where the ratio is; the comparison is exact either way.
  const value = exact(low)
    .plus(given.offset)
    .times(own?.numerator ?? 1)
    .times(unit?.denominator ?? 1)
    .div(exact(own?.denominator ?? '1').times(unit?.numerator ?? 1))
    .toDecimalPlaces(10);
  const comparator = given.comparator === 'fitting' ? fitting(indicator) : given.comparator;
  const second =
    comparator === '~' ? value.plus(given.second).toFixed() : comparator === '±' ? String(given.second / 10) : null;
  return { ...base, comparator, value: value.toFixed(), second, unit: unit?.symbol ?? '', raw: null };
}

function fitting({ direction }: SchemeIndicator): DeclaredIndicator['comparator'] {
  if (direction === 'higher') return '≥';
  return direction === 'lower' ? '≤' : '=';
}

/** A scheme without what leaves most random values incomparable: conditions, plausible ranges, refused forms. */
export function lenient(scheme: Scheme): Scheme {
  return {
    ...scheme,
    indicators: scheme.indicators.map((indicator) => ({
      ...indicator,
      testConditions: [],
      range: 'worst',
      tolerance: 'worst',
      appliesWhen: [],
      plausible: {},
      levels: indicator.levels.slice(0, 1).map((table) => ({ ...table, when: [] })),
    })),
  };
}

/**
 * The document with one declared value bettered, or null where this choice betters none: more, less, a narrower interval,
 * an earlier word, a yes.
 */
export function bettered(
  scheme: Scheme,
  document: DeclarationDocument,
  pick: number,
  by: number,
): DeclarationDocument | null {
  const indicator = scheme.indicators[pick % scheme.indicators.length];
  if (!indicator || indicator.pair) return null;
  const at = document.content.indicators.findIndex(({ name }) => name === indicator.name.zh);
  const row = document.content.indicators[at];
  const better = row && betterRow(indicator, row, by);
  if (!better) return null;
  const indicators = document.content.indicators.map((one, i) => (i === at ? better : one));
  return { ...document, content: { ...document.content, indicators } };
}

function betterRow(indicator: SchemeIndicator, row: DeclaredIndicator, by: number): DeclaredIndicator | null {
  if (indicator.direction === 'yes-no') return { ...row, comparator: 'text', value: '是' };
  if (indicator.direction === 'ordered-text') {
    const place = (indicator.order ?? []).indexOf(row.value);
    const earlier = indicator.order?.[Math.max(0, place - by)];
    return place < 0 || earlier === undefined ? null : { ...row, value: earlier };
  }
  if (row.comparator === 'text') return null;
  const moved = (sign: 1 | -1) => {
    const shift = exact(String(by)).times(sign);
    const second =
      row.comparator === '~'
        ? exact(row.second ?? '0')
            .plus(shift)
            .toFixed()
        : row.second;
    return { ...row, value: exact(row.value).plus(shift).toFixed(), second: second ?? null };
  };
  if (indicator.direction === 'higher') return moved(1);
  if (indicator.direction === 'lower') return moved(-1);
  if (row.comparator === '±')
    return {
      ...row,
      second: exact(row.second ?? '0')
        .div(2)
        .toDecimalPlaces(10, 1)
        .toFixed(),
    };
  if (row.comparator !== '~') return null;
  const [low, high] = [exact(row.value), exact(row.second ?? '0')];
  const quarter = high.minus(low).div(4).toDecimalPlaces(10, 1);
  return { ...row, value: low.plus(quarter).toFixed(), second: high.minus(quarter).toFixed() };
}
