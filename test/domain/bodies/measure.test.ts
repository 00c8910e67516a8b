import { describe, expect, it } from 'vitest';
import { type BodyMeasure, checkMeasure, effectOf, measureDocument } from '../../../src/domain/bodies/measure.ts';
import type { ScopeHistory } from '../../../src/domain/bodies/scope.ts';

const scope: ScopeHistory = {
  id: 'a',
  categoryPrefix: 'C38',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  measures: [],
};
const suspended: ScopeHistory = {
  ...scope,
  measures: [{ effect: 'suspended', from: '2026-02-01', decidedAt: '2026-02-01T00:00:00Z', accreditation: null }],
};
const measure = (given: Partial<BodyMeasure>): BodyMeasure => ({
  kind: 'suspension',
  reason: '未按方案比对',
  effectiveOn: '2026-06-01',
  ...given,
});
const faultsOf = (given: Partial<BodyMeasure>, scopes: readonly ScopeHistory[] = [scope]) =>
  checkMeasure(measure(given), scopes, '2026-06-01').map(({ at, code }) => `${at} ${code}`);

describe('a measure on a body', () => {
  it.each([
    ['a suspension', { kind: 'suspension' }, [scope], []],
    ['an examination without an outcome', { kind: 'examination' }, [scope], ['/outcome body-measure.outcome']],
    ['a suspension with one', { outcome: 'suspend' }, [scope], ['/outcome body-measure.outcome']],
    [
      'correcting without a date',
      { kind: 'examination', outcome: 'correct' },
      [scope],
      ['/correctBy body-measure.correct-by'],
    ],
    ['a date without correcting', { correctBy: '2026-07-01' }, [scope], ['/correctBy body-measure.correct-by']],
    [
      'a date before the measure',
      { kind: 'examination', outcome: 'correct', correctBy: '2026-05-01' },
      [scope],
      ['/correctBy date.order'],
    ],
    ['correcting by a date', { kind: 'examination', outcome: 'correct', correctBy: '2026-07-01' }, [scope], []],
    ['another body’s scope', { accreditation: 'b' }, [scope], ['/accreditation body-measure.scope']],
    ['a body without a scope', {}, [], ['/accreditation body-measure.scope']],
    ['reinstating what is not suspended', { kind: 'reinstatement' }, [scope], ['/kind body-measure.state']],
    ['reinstating what is', { kind: 'reinstatement' }, [suspended], []],
    ['withdrawing what is suspended', { kind: 'withdrawal' }, [suspended], []],
    [
      'withdrawing what has ended',
      { kind: 'withdrawal' },
      [{ ...scope, validTo: '2026-05-01' }],
      ['/kind body-measure.state'],
    ],
    [
      'examining what has ended',
      { kind: 'examination', outcome: 'continue' },
      [{ ...scope, validTo: '2026-05-01' }],
      [],
    ],
  ] as const)('%s: %j', (_, given, scopes, expected) => expect(faultsOf(given, scopes)).toEqual(expected));

  it('does what its kind or its outcome says', () => {
    expect(effectOf('examination', 'suspend')).toBe('suspended');
    expect(effectOf('examination', 'withdraw')).toBe('withdrawn');
    expect(effectOf('examination', 'continue')).toBeNull();
    expect(effectOf('examination', 'correct')).toBeNull();
    expect(effectOf('reinstatement', null)).toBe('reinstated');
  });

  it('has one public record, the same bytes for the same measure', () => {
    expect(measureDocument('91', measure({}), null)).toBe(
      '{"body":"91","correctBy":null,"effectiveOn":"2026-06-01","kind":"suspension","outcome":null,"reason":"未按方案比对","scope":null,"v":1}',
    );
  });
});
