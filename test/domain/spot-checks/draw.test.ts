import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import { drawSample, shortagesOf } from '../../../src/domain/spot-checks/draw.ts';
import { parseFrame } from '../../../src/domain/spot-checks/frame.ts';
import { formatPlan, parsePlan } from '../../../src/domain/spot-checks/plan.ts';
import { redraw } from '../../../src/domain/spot-checks/redraw.ts';
import { formatResult, parseResult } from '../../../src/domain/spot-checks/result-file.ts';
import { ticketNumber } from '../../../src/domain/spot-checks/tickets.ts';
import { DRAW_PROPERTIES } from './properties.ts';
import { valueOf } from './random-draws.ts';
import { bytesOf, readVector, readVectorJson, textOf, VECTORS } from './vectors.ts';

interface Known {
  readonly plan: string;
  readonly seed: string;
  readonly result: string;
  readonly lines: number;
  readonly first: string;
}
const KNOWN = readVectorJson('vectors.json') as Readonly<Record<string, Known>>;

describe.each(VECTORS)('vector %s', (vector) => {
  const files = readVector(vector);
  const known = KNOWN[vector];

  it('gives the published result to the byte', () => {
    const { result, seed, targets } = valueOf(redraw(files));
    expect({ result: sha256Hex(result), seed, lines: targets.length, first: result.split('\n')[0] }).toEqual({
      result: known?.result,
      seed: known?.seed,
      lines: known?.lines,
      first: known?.first,
    });
    expect(result).toBe(textOf(files, 'result.tsv'));
  });

  it('has a plan that is written back to the same bytes', () => {
    const bytes = files.get('plan.json') ?? new Uint8Array(0);
    expect(sha256Hex(bytes)).toBe(known?.plan);
    expect(formatPlan(valueOf(parsePlan(bytes)))).toBe(textOf(files, 'plan.json'));
  });

  it('has a result that is read and written back to the same bytes', () => {
    const content = textOf(files, 'result.tsv');
    expect(formatResult(parseResult(content))).toBe(content);
  });
});

describe('every draw', () => {
  it.each(Object.entries(DRAW_PROPERTIES))('%s', (_, property) => {
    fc.assert(property, { numRuns: 300 });
  });
});

describe('a ticket', () => {
  it('is printf and sha256sum', () => {
    const seed = '9eee24df0cf8bb258ff789ebead922b11883af99313747a559f1117e6cd74f85';
    const byHand = BigInt(`0x${sha256Hex(`${seed}\nobject\n91350100M00000003X.Q000004\n`)}`);
    expect(ticketNumber(seed, 'object', '91350100M00000003X.Q000004')).toBe(byHand);
  });

  it.each([1, 46, 47, 54, 55, 56, 118, 119, 128])('of an id of %i characters is its SHA-256', (length) => {
    const id = 'x'.repeat(length);
    const seed = sha256Hex('any');
    expect(ticketNumber(seed, 'object', id)).toBe(BigInt(`0x${sha256Hex(`${seed}\nobject\n${id}\n`)}`));
    expect(ticketNumber(seed, 'inspector', id)).toBe(BigInt(`0x${sha256Hex(`${seed}\ninspector\n${id}\n`)}`));
  });
});

describe('chance', () => {
  const frame = valueOf(parseFrame(bytesOf(Array.from({ length: 20 }, (_, i) => `s\t1\t${100 + i}\n`).join(''))));
  const input = { frame, avoid: [], exclude: [], recuse: [] };

  it('is equal for equal weights: 4,000 seeds, 5 of 20', () => {
    const drawn = countOver(4000, (seed) =>
      drawSample({ ...input, seed, roster: [], take: new Map([['s', 5]]), perObject: 0 }).map(({ id }) => id),
    );
    // 19 degrees of freedom, variance 38, shrunk by 1 − 5/20 as draws are without replacement: 5 σ above the mean.
    expect(drawn.size).toBe(20);
    expect(chiSquare(drawn, 1000)).toBeLessThan(0.75 * (19 + 5 * Math.sqrt(38)));
  });

  it('is equal for inspectors: 2,000 seeds, 2 of 7 for each of 5 objects', () => {
    const roster = [...'abcdefg'].map((inspector) => ({ inspector, strata: '*' as const }));
    const drawn = countOver(2000, (seed) =>
      drawSample({ ...input, seed, roster, take: new Map([['s', 5]]), perObject: 2 }).flatMap(
        ({ inspectors }) => inspectors,
      ),
    );
    expect(chiSquare(drawn, (2000 * 10) / 7)).toBeLessThan(6 + 5 * Math.sqrt(12));
  });

  it('spreads inspectors so that no two differ by more than one object', () => {
    const roster = [...'abcdefg'].map((inspector) => ({ inspector, strata: '*' as const }));
    const targets = drawSample({ ...input, seed: sha256Hex('load'), roster, take: new Map([['s', 20]]), perObject: 2 });
    const load = [...countNames(targets.flatMap(({ inspectors }) => inspectors)).values()];
    expect(Math.max(...load) - Math.min(...load)).toBe(1);
  });
});

describe('shortages', () => {
  it('are what the plan asks less what the result holds', () => {
    const { plan, targets } = valueOf(redraw(readVector('v7-edges')));
    const { objects, inspectors } = shortagesOf(plan, targets);
    expect([...objects]).toEqual([['B', 2]]);
    expect([...inspectors]).toEqual([
      ['id-9~5', 1],
      ['ID_B~2', 1],
    ]);
  });

  it('count a stratum that the frame does not hold', () => {
    expect([...shortagesOf({ take: new Map([['nowhere', 3]]), perObject: 2 }, []).objects]).toEqual([['nowhere', 3]]);
  });
});

function countOver(seeds: number, names: (seed: string) => readonly string[]): Map<string, number> {
  return countNames(Array.from({ length: seeds }, (_, i) => names(sha256Hex(`seed ${i}`))).flat());
}

function countNames(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function chiSquare(counts: ReadonlyMap<string, number>, expected: number): number {
  return [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
