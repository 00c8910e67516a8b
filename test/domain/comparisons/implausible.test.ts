import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparison } from '../../../src/domain/comparisons/compare.ts';
import { exact } from '../../../src/domain/indicators/decimal.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

const noise = (direction: 'higher' | 'lower') =>
  comparison(
    scheme([
      indicator('a', {
        direction,
        unit: 'dB(A)',
        plausible: { min: '20', max: '110' },
        levels: [direction === 'lower' ? { advanced: '50', average: '80' } : { advanced: '80', average: '50' }],
      }),
    ]),
  );
const value = fc
  .tuple(fc.integer({ min: -20_000_000, max: 20_000_000 }), fc.integer({ min: 0, max: 5 }))
  .map(([digits, places]) =>
    exact(String(digits))
      .div(10 ** places)
      .toFixed(),
  );

describe('an implausible value', () => {
  it.each(['higher', 'lower'] as const)(
    'is shown as not comparable, and no other is: where %s is better',
    (direction) => {
      const compare = noise(direction);
      fc.assert(
        fc.property(value, (typed) => {
          const isPlausible = exact(typed).gte(20) && exact(typed).lte(110);
          const row = declared('a', direction === 'lower' ? '≤' : '≥', typed, { unit: 'dB(A)' });
          const [result] = compare(document([row])).indicators;
          expect([typed, result?.reason === 'implausible']).toEqual([typed, !isPlausible]);
          expect(result?.raw).toBe(row.raw);
          if (!isPlausible) expect(result).toMatchObject({ outcome: 'not-comparable', value: null });
        }),
        { numRuns: 2000 },
      );
    },
  );
  it('at either end of the range is compared', () => {
    for (const [typed, outcome] of [
      ['20', 'advanced'],
      ['110', 'below'],
      ['19.9999999999', 'not-comparable'],
      ['110.0000000001', 'not-comparable'],
    ] as const)
      expect(noise('lower')(document([declared('a', '≤', typed, { unit: 'dB(A)' })])).indicators[0]).toMatchObject({
        outcome,
      });
  });
});
