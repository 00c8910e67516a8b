import { describe, expect, it } from 'vitest';
import { comparison } from '../../../src/domain/comparisons/compare.ts';
import { explain } from '../../../src/domain/comparisons/explain.ts';
import { nextGrade } from '../../../src/domain/comparisons/next-grade.ts';
import { NO_PREMISES } from '../../../src/domain/comparisons/premises.ts';
import type { Scheme } from '../../../src/domain/schemes/scheme.ts';
import { declared, document, indicator, scheme } from './fixtures.ts';

describe('an explanation', () => {
  const flow = scheme([
    indicator('flow', {
      name: { zh: '风量', en: 'Flow' },
      unit: 'm³/h',
      testMethods: ['GB/T 1'],
      plausible: { min: '1', max: '9000' },
      levels: [
        { when: [{ parameter: '型式', operator: 'in', values: ['壁挂'] }], advanced: '700' },
        {
          advanced: '50',
          average: '40',
          baseline: '30',
          names: { advanced: '1级' },
          confidence: { average: 'background' },
        },
      ],
    }),
  ]);
  const premises = {
    ...NO_PREMISES,
    mappings: [{ name: '循环风量', as: '风量', reason: '同一定义', on: '2026-03-01' }],
  };
  const one = document(
    [declared('别的', '≥', '1'), declared('循环风量', '≥', '720', { unit: 'L/min', raw: '≥720L/min' })],
    {
      parameters: [{ name: '型式', value: '柜式' }],
    },
  );
  const { indicators, result } = explain(flow, premises, one);
  const [step] = indicators;
  it('names the declared row, how it was read, and why', () =>
    expect(step?.rows).toEqual([
      {
        place: 1,
        name: '循环风量',
        raw: '≥720L/min',
        by: 'mapping',
        mapping: { as: '风量', reason: '同一定义', on: '2026-03-01' },
        testMethod: 'GB/T 1-2020',
      },
    ]));
  it('shows the conversion, exactly or rounded', () => {
    expect(step?.guaranteed).toEqual({
      low: { declared: '720', unit: 'L/min', value: '43.2', exact: true },
      high: null,
    });
    const rounded = explain(
      scheme([indicator('f', { unit: 'm³/s' })]),
      NO_PREMISES,
      document([declared('f', '≥', '1', { unit: 'L/min' })]),
    );
    expect(rounded.indicators[0]?.guaranteed?.low).toMatchObject({ exact: false });
  });
  it('shows the table that applied, and of each tier whether it was reached', () => {
    expect(step?.table).toEqual({ index: 1, when: [] });
    expect(
      step?.tiers.map(({ name, threshold, confidence, reached, at }) => [name, threshold, confidence, reached, at]),
    ).toEqual([
      ['1级', '50', null, false, 'advanced'],
      [null, '40', 'background', true, 'average'],
      [null, '30', null, true, 'baseline'],
    ]);
    expect(step?.at).toBe('/indicators/0');
  });
  it('is of the same result as the comparison', () => {
    const { keys: _, cited: __, ...compared } = comparison(flow, premises)(one);
    expect(result).toEqual(compared);
  });
  it('of what is not declared has no rows and reaches nothing', () => {
    const [gap] = explain(flow, NO_PREMISES, document([])).indicators;
    expect(gap).toMatchObject({ rows: [], guaranteed: null, table: null, result: { reason: 'not-declared' } });
  });
});

describe('the nearest change that moves one grade up', () => {
  const cores = [indicator('a'), indicator('b'), indicator('c')];
  const of = (by: Scheme, ...given: readonly (string | null)[]) =>
    nextGrade(
      by,
      comparison(by)(
        document(
          given.flatMap((value, i) => (value === null ? [] : [declared(by.indicators[i]?.name.zh ?? '', '≥', value)])),
        ),
      ),
    );
  const three = scheme(cores);
  it('is one indicator where one holds the grade back', () =>
    expect(of(three, '95', '75', '95')).toEqual({
      grade: 1,
      anyOf: [{ code: 'b', now: '75', level: 'advanced', threshold: '90' }],
      allOf: [],
      innovation: null,
    }));
  it('is all of them where several do', () =>
    expect(of(three, '75', '75', '95')).toMatchObject({ grade: 1, anyOf: [], allOf: [{ code: 'a' }, { code: 'b' }] }));
  it('names what is missing, of a declaration without a grade', () => {
    expect(of(three, '95', '75', null)).toMatchObject({
      grade: 3,
      anyOf: [{ code: 'c', now: null, level: 'baseline', threshold: '50' }],
    });
    expect(of(three, '95', '40', null)).toMatchObject({
      grade: 3,
      anyOf: [],
      allOf: [
        { code: 'b', now: '40' },
        { code: 'c', now: null },
      ],
    });
  });
  it('is none at grade one, and none for what no value mends', () => {
    expect(of(three, '95', '95', '95')).toBeNull();
    const result = comparison(three)(document([]));
    expect(nextGrade(three, { ...result, excluded: { reason: 'standard-not-in-force', about: ['GB1'] } })).toBeNull();
  });
  it('is any of several by stars, where one point is missing', () => {
    const stars = scheme(cores, {
      method: 'stars',
      scoring: { points: { advanced: 5, average: 4, baseline: 3 }, grades: { 1: '4.6', 2: '4', 3: '3' } },
    });
    expect(of(stars, '95', '75', '75')).toMatchObject({
      grade: 1,
      anyOf: [
        { code: 'b', level: 'advanced' },
        { code: 'c', level: 'advanced' },
      ],
    });
  });
  it('names the innovation indicators where they are what is missing', () => {
    const innovative = scheme(
      [...cores, indicator('x', { kind: 'innovation' }), indicator('y', { kind: 'innovation' })],
      {
        innovation: [{ grade: 1, atLeast: 2, level: 'average' }],
      },
    );
    expect(of(innovative, '95', '95', '95', '99')).toMatchObject({
      grade: 1,
      anyOf: [{ code: 'y', level: 'average' }],
    });
    expect(of(innovative, '95', '95', '95')).toMatchObject({
      grade: 1,
      anyOf: [],
      allOf: [],
      innovation: { more: 2, level: 'average', of: ['x', 'y'] },
    });
  });
  it('when it is made, brings the grade', () => {
    const cases = [
      ['95', '75', '55'],
      ['75', '75', '75'],
      ['55', null, '95'],
      ['40', '95', '95'],
    ] as const;
    for (const given of cases) {
      const next = of(three, ...given);
      const changed = given.map((value, i) => {
        const change = [...(next?.anyOf.slice(0, 1) ?? []), ...(next?.allOf ?? [])].find(
          ({ code }) => code === 'abc'.charAt(i),
        );
        return change?.threshold ?? value;
      });
      const improved = comparison(three)(
        document(changed.flatMap((value, i) => (value === null ? [] : [declared('abc'.charAt(i), '≥', value)]))),
      );
      expect(improved.grade, JSON.stringify([given, changed])).toBe(next?.grade);
    }
  });
});
