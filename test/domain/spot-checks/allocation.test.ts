import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type StratumSize } from '../../../src/domain/spot-checks/allocation.ts';
import { discoverySampleSize, proportionSampleSize } from '../../../src/domain/spot-checks/sample-size.ts';
import { valueOf } from './random-draws.ts';
import { readVectorJson } from './vectors.ts';

interface AllocationCase {
  readonly strata: Readonly<Record<string, { readonly N: number; readonly S?: number }>>;
  readonly n: number;
  readonly min?: number;
  readonly take: Readonly<Record<string, number>>;
}
interface Vectors {
  readonly proportional: readonly AllocationCase[];
  readonly neyman: readonly AllocationCase[];
  readonly proportionSize: readonly {
    readonly N: number;
    readonly z: string;
    readonly e: number;
    readonly n: number;
  }[];
  readonly discovery: readonly { readonly N: number; readonly D: number; readonly n: number }[];
}
const vectors = readVectorJson('alloc.json') as Vectors;

describe('the share of each stratum', () => {
  it.each([...vectors.proportional, ...vectors.neyman])('is that of the vectors: $take', ({ strata, n, min, take }) => {
    const sizes = new Map<string, StratumSize>(
      Object.entries(strata).map(([name, { N, S }]) => [
        name,
        S === undefined ? { units: N } : { units: N, spread: S },
      ]),
    );
    expect(Object.fromEntries(valueOf(allocate(sizes, n, min)))).toEqual(take);
  });

  it('adds up, keeps every minimum and takes from no stratum more than it has', () => {
    const size = fc.record({ units: fc.nat(200), spread: fc.integer({ min: 1, max: 50 }) });
    const strata = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), size), {
      minLength: 1,
      maxLength: 12,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(strata, fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (entries, minimum, part) => {
        const least = entries.reduce((sum, [, { units }]) => sum + Math.min(minimum, units), 0);
        const most = entries.reduce((sum, [, { units }]) => sum + units, 0);
        const sample = least + Math.round((most - least) * part);
        const take = valueOf(allocate(new Map(entries), sample, minimum));
        expect([...take.values()].reduce((sum, count) => sum + count, 0)).toBe(sample);
        for (const [name, { units }] of entries) {
          expect(take.get(name)).toBeGreaterThanOrEqual(Math.min(minimum, units));
          expect(take.get(name)).toBeLessThanOrEqual(units);
        }
        expect(Object.fromEntries(valueOf(allocate(new Map(entries.toReversed()), sample, minimum)))).toEqual(
          Object.fromEntries(take),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [3, 2],
    [31, 0],
  ])('is refused for a sample of %i with a minimum of %i', (sample, minimum) => {
    const strata = new Map([
      ['a', { units: 10 }],
      ['b', { units: 20 }],
    ]);
    const result = allocate(strata, sample, minimum);
    expect(result.ok ? [] : result.problem.map(({ code }) => code)).toEqual(['draw.sample-size']);
  });
});

describe('the size of a sample', () => {
  it.each(vectors.proportionSize)('to estimate a proportion among $N at z $z ± $e is $n', ({ N, z, e, n }) => {
    expect(proportionSampleSize(N, Math.round(Number(z) * 10_000), Math.round(e * 10_000))).toBe(n);
  });

  it.each(vectors.discovery)('to find one of $D faulty among $N with 95 % is $n', ({ N, D, n }) => {
    expect(discoverySampleSize(N, D)).toBe(n);
  });

  it.each([
    [1, 1, 1],
    [20, 1, 19],
    [100, 100, 1],
    [3_000_000, 1, 2_850_000],
  ])('at the edges: %i with %i faulty needs %i', (population, faulty, sample) => {
    expect(discoverySampleSize(population, faulty)).toBe(sample);
  });

  it.each([
    [10, 0],
    [10, 11],
  ])('does not exist for %i with %i faulty', (population, faulty) => {
    expect(() => discoverySampleSize(population, faulty)).toThrow(RangeError);
  });
});
