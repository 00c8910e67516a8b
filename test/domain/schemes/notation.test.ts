import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type CanonicalValue } from '../../../src/domain/canonical.ts';
import {
  readConditions,
  readInnovation,
  readTiers,
  readWords,
  writeConditions,
} from '../../../src/domain/schemes/cell-text.ts';
import { checkScheme } from '../../../src/domain/schemes/check-scheme.ts';
import { checkDraft } from '../../../src/domain/schemes/draft.ts';
import { Scheme } from '../../../src/domain/schemes/scheme.ts';
import { readSheets, SCHEME_SHEETS, writeSheets } from '../../../src/domain/schemes/sheets.ts';
import type { SheetRow } from '../../../src/domain/imports/sheet.ts';
import { generatedCondition, generatedScheme } from '../../support/generated-schemes.ts';
import { gradingScheme } from '../../support/filled-register.ts';

const canonical = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)) as CanonicalValue);
const sheetsOf = (scheme: object) => {
  const written = writeSheets(scheme as Readonly<Record<string, unknown>>);
  return new Map<string, readonly SheetRow[]>(
    Object.entries(SCHEME_SHEETS).map(([key, name]) => [
      name,
      written[key as keyof typeof written].map((cells, i): SheetRow => ({ row: i + 1, cells: [...cells] })),
    ]),
  );
};

describe('a scheme outside the register', () => {
  it('is the same document, byte for byte, after JSON, whatever it holds', () => {
    const methods = new Set<string>();
    const directions = new Set<string>();
    fc.assert(
      fc.property(generatedScheme(), (scheme) => {
        expect(checkScheme(scheme)).toEqual([]);
        const bytes = canonical(scheme);
        expect(canonical(Scheme.parse(JSON.parse(bytes)))).toBe(bytes);
        methods.add(scheme.method);
        for (const { direction } of scheme.indicators) directions.add(direction);
      }),
      { numRuns: 200 },
    );
    expect([methods.size, directions.size]).toEqual([3, 6]);
  });

  it('is the same document after its sheets', () => {
    fc.assert(
      fc.property(generatedScheme(), (scheme) => {
        const read = readSheets(sheetsOf(scheme));
        if (!read.ok) throw new Error(JSON.stringify(read.problem));
        const checked = checkDraft(read.value.content);
        expect(checked.faults).toEqual([]);
        expect(canonical(checked.scheme)).toBe(canonical(scheme));
      }),
      { numRuns: 200 },
    );
  });

  it('has conditions that read back as they were, punctuation and all', () => {
    fc.assert(
      fc.property(fc.array(generatedCondition, { minLength: 1, maxLength: 4 }), (conditions) => {
        expect(readConditions(writeConditions(conditions))).toEqual({ ok: true, value: conditions });
      }),
    );
  });
});

describe('what a person types in one cell', () => {
  it.each([
    [
      '额定制热量 ≤ 6 kW; 型式 = 壁挂式|柜式',
      [
        { parameter: '额定制热量', operator: 'lte', value: '6', unit: 'kW' },
        { parameter: '型式', operator: 'in', values: ['壁挂式', '柜式'] },
      ],
    ],
    ['额定功率>100W', [{ parameter: '额定功率', operator: 'gt', value: '100', unit: 'W' }]],
    ['色温 <= ３５００ K；', [{ parameter: '色温', operator: 'lte', value: '3500', unit: 'K' }]],
    ['星级 >= 3', [{ parameter: '星级', operator: 'gte', value: '3' }]],
    ['进水温度 > −5 ℃', [{ parameter: '进水温度', operator: 'gt', value: '-5', unit: '℃' }]],
  ])('%s is read as conditions', (cell, expected) => {
    expect(readConditions(cell)).toEqual({ ok: true, value: expected });
  });

  it.each(['功率', '功率 ≤', '≤ 6 kW', '功率 ≤ 六', '= 壁挂式', '功率 ≤ 1.2.3'])('%s is no condition', (cell) => {
    expect(readConditions(cell).ok).toBe(false);
  });

  it('tiers, words and innovation rules are read as they are usually written', () => {
    expect(readTiers('4级 = 2.80（未核对）；5级=2.60')).toEqual({
      ok: true,
      value: [
        { name: '4级', threshold: '2.80', confidence: 'background' },
        { name: '5级', threshold: '2.60' },
      ],
    });
    expect(readTiers('4级 2.80').ok).toBe(false);
    expect(readWords('水效;；流量 ；')).toEqual({ ok: true, value: ['水效', '流量'] });
    expect(readInnovation('一级：至少 2 项达到先进；2级: 1 项平均')).toEqual({
      ok: true,
      value: [
        { grade: 1, atLeast: 2, level: 'advanced' },
        { grade: 2, atLeast: 1, level: 'average' },
      ],
    });
    expect(readInnovation('一级：两项先进').ok).toBe(false);
  });
});

describe('a wrong cell', () => {
  const good = () => sheetsOf(gradingScheme());
  const change = (sheet: string, row: number, column: number, value: string) => {
    const sheets = good();
    const rows = (sheets.get(sheet) ?? []).map((one) =>
      one.row === row ? { ...one, cells: Object.assign([...one.cells], { [column]: value }) } : one,
    );
    return sheets.set(sheet, rows);
  };
  const faultsOf = (sheets: ReadonlyMap<string, readonly SheetRow[]>) => {
    const read = readSheets(sheets);
    if (!read.ok) return read.problem;
    return checkDraft(read.value.content).faults.map((one) => ({ ...one, at: read.value.cellOf(one.at) }));
  };

  it.each([
    ['an unknown method', '方案', 9, 1, '平均', '方案!B9'],
    ['a version that is no number', '方案', 3, 1, '第一版', '方案!B3'],
    ['a unit that nobody knows', '指标', 2, 6, '立方', '指标!G2'],
    ['a direction that is none', '指标', 4, 5, '越大越好', '指标!F4'],
    ['a threshold easier than the one above', '水平', 2, 3, '600', '水平!D2'],
    ['a condition without a value', '水平', 4, 1, '额定功率', '水平!B4'],
    ['levels of no indicator', '水平', 3, 0, 'cadrr', '水平!A3'],
    ['a heading that is not of the template', '指标', 1, 3, '别的名称', '指标!D1'],
    ['a fact that is not of the template', '方案', 4, 0, '名字', '方案!A4'],
  ])(
    '%s is named with its sheet and cell, what was found, what was expected, and how to mend it',
    (_, sheet, row, column, value, at) => {
      const faults = faultsOf(change(sheet, row, column, value));
      expect(faults.map((one) => one.at)).toContain(at);
      const found = faults.find((one) => one.at === at);
      expect(found?.found).toContain(value);
      for (const said of [found?.expected, found?.remedy]) expect([said?.zh, said?.en].every(Boolean)).toBe(true);
    },
  );

  it('and a missing one, a missing sheet, are named as well', () => {
    expect(faultsOf(change('指标', 3, 0, '')).map(({ at }) => at)).toContain('水平!A3');
    expect(faultsOf(change('方案', 4, 1, '')).map(({ at }) => at)).toContain('方案!B4');
    const sheets = good();
    sheets.delete('水平');
    expect(faultsOf(sheets)[0]).toMatchObject({ at: '水平!A1', code: 'sheet.missing' });
  });
});
