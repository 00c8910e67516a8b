import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/domain/result.ts';
import { type CatalogueStandard } from '../../../src/domain/standards/catalogue.ts';
import { statusOn, successorsOf } from '../../../src/domain/standards/in-force.ts';
import { readCatalogueEntry } from '../../../src/domain/standards/catalogue-entry.ts';
import { checkCatalogue, withReplacements } from '../../../src/domain/standards/catalogue-file.ts';
import { readCatalogueHeader, readCatalogueRow } from '../../../src/domain/standards/catalogue-row.ts';
import { writeEntry } from '../../../src/domain/standards/entry-text.ts';
import { writeImportReport } from '../../../src/domain/standards/import-report.ts';

const DAY = '2026-11-22';

function entry(given: Record<string, unknown>) {
  return readCatalogueEntry({ nameZh: '示例', mandatory: false, ...given }, 'file:1');
}

function standard(number: string, replacedBy: CatalogueStandard['replacedBy'] = []): CatalogueStandard {
  const read = entry({ number, mandatory: /^GB \d/u.test(number), replacedBy });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.standard;
}

function faultsOf(read: Result<unknown, readonly { readonly at: string; readonly code: string }[]>) {
  return read.ok ? [] : read.problem.map(({ at, code }) => `${at} ${code}`);
}

describe('2. Executed standards are picked from a catalogue, not typed; its status follows from dates', () => {
  it.each([
    ['no date at all', {}, 'current'],
    ['in force since yesterday', { effectiveOn: '2026-11-21' }, 'current'],
    ['in force from today', { effectiveOn: DAY }, 'current'],
    ['in force from tomorrow', { effectiveOn: '2026-11-23' }, 'upcoming'],
    ['withdrawn from tomorrow', { effectiveOn: '2020-01-01', withdrawnOn: '2026-11-23' }, 'current'],
    ['withdrawn from today', { effectiveOn: '2020-01-01', withdrawnOn: DAY }, 'withdrawn'],
    ['withdrawn before it took effect', { effectiveOn: '2027-01-01', withdrawnOn: '2026-01-01' }, 'withdrawn'],
  ] as const)('%s', (_, dates, status) => expect(statusOn(dates, DAY)).toBe(status));

  const known: Readonly<Record<string, CatalogueStandard>> = Object.fromEntries(
    [
      standard('GB 1-2000', [{ number: 'GB 1-2010', partial: false }]),
      standard('GB 1-2010', [
        { number: 'GB 1-2020', partial: false },
        { number: 'GB 2-2020', partial: true },
      ]),
      standard('GB 1-2020'),
      standard('GB 2-2020', [{ number: 'GB 2-2024', partial: false }]),
      standard('GB 7-2000', [{ number: 'GB 8-2000', partial: false }]),
      standard('GB 8-2000', [{ number: 'GB 7-2000', partial: false }]),
    ].map((one) => [one.number, one]),
  );
  const successors = (number: string) =>
    successorsOf(known[number] ?? standard(number), (asked) => known[asked] ?? null).map(
      ({ number: to, partial }) => `${to}${partial ? ' partly' : ''}`,
    );
  it.each([
    ['a whole replacement is followed to its end', 'GB 1-2000', ['GB 1-2020', 'GB 2-2020 partly']],
    ['a partial one is named as it is', 'GB 1-2010', ['GB 1-2020', 'GB 2-2020 partly']],
    ['a successor that the catalogue lacks is named', 'GB 2-2020', ['GB 2-2024']],
    ['what nothing replaces has none', 'GB 1-2020', []],
    ['a circle ends', 'GB 7-2000', []],
  ] as const)('%s', (_, number, expected) => expect(successors(number)).toEqual(expected));
});

describe('an entry of a catalogue', () => {
  it('has all its numbers in their one form', () => {
    const read = entry({
      number: 'gb/t 18801—2022',
      replacedBy: [{ number: 'GB／T18801-2030' }],
      adopts: [{ number: 'iso 16890-1:2016', relation: 'NEQ' }],
    });
    expect(read).toMatchObject({
      ok: true,
      value: {
        compact: 'GB/T18801-2022',
        level: 'national',
        standard: {
          number: 'GB/T 18801-2022',
          replacedBy: [{ number: 'GB/T 18801-2030', partial: false }],
        },
      },
    });
  });
  it.each([
    ['a number of no form', { number: '18801' }, 'file:1/number standard-number.form'],
    ['a number of an enterprise', { number: 'Q/ABC 1-2020' }, 'file:1/number catalogue.level'],
    ['GB that is recommended', { number: 'GB 1-2000' }, 'file:1/mandatory catalogue.property'],
    ['GB/T that is mandatory', { number: 'GB/T 1-2000', mandatory: true }, 'file:1/mandatory catalogue.property'],
    ['T/ that is mandatory', { number: 'T/CNHA 1-2020', mandatory: true }, 'file:1/mandatory catalogue.property'],
    [
      'its own successor',
      { number: 'GB/T 1-2000', replacedBy: [{ number: 'GB/T1-2000' }] },
      'file:1/replacedBy/0/number catalogue.replacement',
    ],
    [
      'dates out of order',
      { number: 'GB/T 1-2000', issuedOn: '2001-01-01', effectiveOn: '2000-01-01' },
      'file:1/effectiveOn catalogue.date-order',
    ],
    [
      'withdrawn before it was issued',
      { number: 'GB/T 1-2000', issuedOn: '2001-01-01', withdrawnOn: '2000-01-01' },
      'file:1/withdrawnOn catalogue.date-order',
    ],
    ['an ICS of no form', { number: 'GB/T 1-2000', ics: ['9'] }, 'file:1/ics/0 field.invalid-format'],
    ['a field that is not known', { number: 'GB/T 1-2000', state: 'x' }, 'file:1/state field.unknown'],
  ] as const)('is refused with %s', (_, given, fault) => expect(faultsOf(entry(given))).toEqual([fault]));
  it.each(['QB 1234-1991', 'JGJ 102-2003', 'DB11 1-1990'])(
    'of an old sector or local number may be either: %s',
    (number) => {
      expect([entry({ number, mandatory: true }).ok, entry({ number, mandatory: false }).ok]).toEqual([true, true]);
    },
  );
  it('is the same text from JSON and from a table', () => {
    const columns = readCatalogueHeader(['编号', '名称', '属性', '实施日期', 'ICS', '采标', '备注'], 'file:1');
    if (!columns.ok) throw new Error('header');
    const row = readCatalogueRow(
      ['GB/T 1.1—2020', '标准化工作导则', '推荐性', '2020年10月1日', '01.120', 'NEQ ISO/IEC Directives', 'x'].map(
        (cell) => cell.replace('NEQ ISO/IEC Directives', 'ISO 3741:2010，IDT；MOD IEC 60704-1:2010'),
      ),
      columns.value,
      DAY,
      'file:2',
    );
    const json = entry({
      number: 'GB/T 1.1-2020',
      nameZh: '标准化工作导则',
      effectiveOn: '2020-10-01',
      ics: ['01.120'],
      adopts: [
        { number: 'ISO 3741:2010', relation: 'IDT' },
        { number: 'IEC 60704-1:2010', relation: 'MOD' },
      ],
    });
    expect(row.ok && json.ok && writeEntry(row.value.standard)).toBe(json.ok && writeEntry(json.value.standard));
  });
});

describe('a table of standards', () => {
  const header = ['编号', '名称', '属性', '实施日期', '状态', '废止日期', '代替', '被代替'];
  const columns = readCatalogueHeader(header, 'file:1');
  const row = (...cells: readonly string[]) => {
    if (!columns.ok) throw new Error('header');
    return readCatalogueRow(cells, columns.value, DAY, 'file:9');
  };
  it.each([
    ['a column that is not known', ['编号', '名称', '颜色'], 'file:1 catalogue.column'],
    ['a column twice', ['编号', '名称', '标准号'], 'file:1 catalogue.column'],
    ['no number', ['名称'], 'file:1 catalogue.column'],
  ] as const)('is refused with %s', (_, names, fault) =>
    expect(faultsOf(readCatalogueHeader(names, 'file:1'))).toEqual([fault]),
  );
  it.each([
    [
      'current, but in force later',
      ['GB 1-2020', '甲', '强制性', '2027-01-01', '现行', ''],
      'file:9/实施日期 catalogue.row',
    ],
    [
      'withdrawn, without a date',
      ['GB 1-2020', '甲', '强制性', '2021-01-01', '废止', ''],
      'file:9/废止日期 catalogue.row',
    ],
    ['upcoming, without a date', ['GB 1-2020', '甲', '强制性', '', '即将实施', ''], 'file:9/实施日期 catalogue.row'],
    ['a status that is none', ['GB 1-2020', '甲', '强制性', '', '有效', ''], 'file:9/状态 catalogue.row'],
    ['a property that is none', ['GB/T 1-2020', '甲', '自愿', '', '', ''], 'file:9/属性 catalogue.row'],
    [
      'a day that does not exist',
      ['GB 1-2020', '甲', '强制性', '2021-02-30', '', ''],
      'file:9/effectiveOn field.invalid-format',
    ],
    [
      'what it replaces is no number',
      ['GB 1-2020', '甲', '强制性', '', '', '', '旧标准'],
      'file:9/代替 standard-number.form',
    ],
  ] as const)('is refused with a row that says %s', (_, cells, fault) =>
    expect(faultsOf(row(...cells))).toEqual([fault]),
  );
  it('keeps a status that time has passed by: the dates say what holds now', () => {
    expect(row('GB 1-2020', '甲', '强制性', '2026-01-01', '即将实施', '').ok).toBe(true);
    expect(row('GB 1-2010', '甲', '强制性', '2011-01-01', '现行', '2026-01-01').ok).toBe(true);
  });
  it('writes 代替 into the entries of the standards that were replaced, wholly or in part', () => {
    const rows = [
      row('GB 1-2010', '甲', '强制性', '', '', '', '', 'GB 9-2020（部分代替）'),
      row('GB 1-2020', '甲', '强制性', '', '', '', 'GB 1-2010；部分代替 GB 2-2010'),
    ].flatMap((read) => (read.ok ? [read.value] : []));
    const older = readCatalogueEntry({ number: 'GB 2-2010', nameZh: '乙', mandatory: true }, '');
    const known = new Map(older.ok ? [[older.value.compact, older.value]] : []);
    expect(withReplacements(rows, known).map(({ standard: one }) => [one.number, one.replacedBy])).toEqual([
      [
        'GB 1-2010',
        [
          { number: 'GB 9-2020', partial: true },
          { number: 'GB 1-2020', partial: false },
        ],
      ],
      ['GB 1-2020', []],
      ['GB 2-2010', [{ number: 'GB 1-2020', partial: true }]],
    ]);
  });
});

describe('a whole file', () => {
  const file = (...given: readonly (readonly [string, ...string[]])[]) =>
    given.flatMap(([number, ...later], i) => {
      const read = readCatalogueEntry(
        { number, nameZh: '示例', mandatory: false, replacedBy: later.map((one) => ({ number: one })) },
        `file:${i + 1}`,
      );
      return read.ok ? [read.value] : [];
    });
  it('is refused with a number twice, however it is typed', () => {
    expect(checkCatalogue(file(['GB/T 1-2020'], ['gb/t1—2020'])).map(({ at, code }) => [at, code])).toEqual([
      ['file:2/number', 'catalogue.twice'],
    ]);
  });
  it('is refused with replacements that lead back to where they began, and with no others', () => {
    const found = checkCatalogue(
      file(
        ['GB/T 1-2000', 'GB/T 2-2000'],
        ['GB/T 2-2000', 'GB/T 9-2000', 'GB/T 3-2000'],
        ['GB/T 3-2000', 'GB/T 2-2000'],
        ['GB/T 4-2000', 'GB/T 9-2000'],
        ['GB/T 9-2000'],
      ),
    );
    expect(found.map(({ at, code }) => [at, code])).toEqual([
      ['file:2/replacedBy', 'catalogue.circle'],
      ['file:3/replacedBy', 'catalogue.circle'],
    ]);
  });
});

it('a report is canonical JSON with the entries in order of their numbers', () => {
  const head = {
    snapshot: 2,
    kind: 'standards',
    extent: 'whole',
    source: '“测试”',
    file: 'f'.repeat(64),
    entries: 3,
    at: '2026-11-22T08:00:00Z',
  } as const;
  const report = writeImportReport(head, {
    added: ['GB2-2000', 'GB1-2000'],
    changed: [{ key: 'GB3-2000', old: '{"a":1}', new: '{"a":2}' }],
    removed: [{ key: 'GB4-2000', old: '{"a":3}' }],
  });
  expect(report).toBe(
    `{"added":["GB1-2000","GB2-2000"],"at":"2026-11-22T08:00:00Z","changed":[{"key":"GB3-2000","new":{"a":2},"old":{"a":1}}],"entries":3,"extent":"whole","file":"${'f'.repeat(64)}","kind":"standards","removed":[{"key":"GB4-2000","old":{"a":3}}],"snapshot":2,"source":"“测试”","v":1}`,
  );
});
