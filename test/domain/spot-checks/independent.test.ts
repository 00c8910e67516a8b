import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreeing, redrawByScript, SCRIPTS } from './independent.ts';
import { randomDraw } from './random-draws.ts';
import { readVector, textOf, VECTORS, vectorDirectory } from './vectors.ts';

describe.each(SCRIPTS)('%s, written apart', (_, command) => {
  it.each(VECTORS)('gives the published result of %s', async (vector) => {
    expect(await redrawByScript(command, vectorDirectory(vector))).toBe(textOf(readVector(vector), 'result.tsv'));
  });

  it('is short and needs no package', () => {
    const source = readFileSync(command[1] ?? '', 'utf8');
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    const imported = [...source.matchAll(/(?:from '|^import )([\w:]+)/gm)].map(([, name]) => name);
    expect(imported.filter((name) => !/^(node:\w+|functools|hashlib|json|os|sys|\{)$/.test(name ?? ''))).toEqual([]);
  });
});

describe('all redraws', () => {
  it('agree on random draws, whatever the order of the lines', async () => {
    await fc.assert(
      fc.asyncProperty(randomDraw, async (draw) => {
        expect(await disagreeing(draw)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('include the one in Python, unless this machine has no python3', () => {
    const hasPython = SCRIPTS.some(([name]) => name === 'redraw.py');
    if (!hasPython) expect(() => execFileSync('python3', ['--version'], { stdio: 'ignore' })).toThrow();
  });
});
