import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeDifferences } from '../../../src/domain/schemes/difference.ts';
import { gradingScheme } from '../../support/filled-register.ts';
import { generatedScheme } from '../../support/generated-schemes.ts';

describe('what a version of a scheme changed', () => {
  it('is nothing of itself, and mirrored the other way round', () => {
    fc.assert(
      fc.property(generatedScheme(), generatedScheme(), (a, b) => {
        expect(schemeDifferences(a, { ...structuredClone(a), version: 2 })).toEqual([]);
        const there = schemeDifferences(a, b).map(({ before, after }) => `${before}>${after}`);
        const back = schemeDifferences(b, a).map(({ before, after }) => `${after}>${before}`);
        expect(there.sort()).toEqual(back.sort());
      }),
      { numRuns: 60 },
    );
  });

  it('names cells, also of what was added and dropped', () => {
    const before = gradingScheme();
    const [air, efficacy, noise] = before.indicators;
    if (!air || !efficacy || !noise) throw new Error('three indicators');
    const after = {
      ...before,
      version: 2,
      validTo: '2100-12-31',
      indicators: [{ ...air, levels: [{ ...air.levels[0], advanced: '520' }] }, noise],
    };
    const found = schemeDifferences(before, after);
    expect(found).toContainEqual({
      of: 'facts',
      name: '',
      label: { zh: '有效期至', en: 'Valid to' },
      before: '2099-12-31',
      after: '2100-12-31',
    });
    expect(found).toContainEqual(expect.objectContaining({ of: 'levels', name: 'cadr', before: '500', after: '520' }));
    const dropped = found.filter(({ name }) => name === 'efficacy');
    expect(dropped.length).toBeGreaterThan(5);
    expect(dropped.every(({ after: now }) => now === null)).toBe(true);
    expect(found.some(({ name }) => name === 'noise')).toBe(false);
  });
});
