import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreeing } from '../domain/spot-checks/independent.ts';
import { DRAW_PROPERTIES } from '../domain/spot-checks/properties.ts';
import { randomDraw } from '../domain/spot-checks/random-draws.ts';

const MINUTES = 60_000;

describe('ten thousand random draws', () => {
  it.each(Object.entries(DRAW_PROPERTIES))(
    '%s',
    (_, property) => {
      fc.assert(property, { numRuns: 10_000 });
    },
    10 * MINUTES,
  );
});

describe('two hundred random draws', () => {
  it(
    'are redrawn to the same bytes by the short scripts',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomDraw, async (draw) => {
          expect(await disagreeing(draw)).toEqual([]);
        }),
        { numRuns: 200 },
      );
    },
    10 * MINUTES,
  );
});
