import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { Refusal } from '../../src/services/refusal.ts';
import { type CatalogueImport, importCatalogue } from '../../src/services/standards/import-catalogue.ts';
import { readSnapshot, readStandard, searchStandards } from '../../src/services/standards/read-standards.ts';
import {
  addPerson,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { expectDone, expectRefused } from './acts.ts';

const TOILET_2017 = {
  number: 'GB 25502-2017',
  nameZh: '坐便器水效限定值及水效等级',
  mandatory: true,
  effectiveOn: '2018-08-01',
  withdrawnOn: '2025-05-01',
  replacedBy: [{ number: 'GB 25502-2024' }],
};
const TOILET_2024 = {
  number: 'GB 25502-2024',
  nameZh: '坐便器水效限定值及水效等级',
  mandatory: true,
  effectiveOn: '2025-05-01',
};
const SMART_2019 = {
  number: 'GB 38448-2019',
  nameZh: '智能坐便器能效水效限定值及等级',
  mandatory: true,
  replacedBy: [{ number: 'GB 38448-2025' }],
};
const SMART_2025 = {
  number: 'GB 38448-2025',
  nameZh: '智能坐便器能效水效限定值及等级',
  mandatory: true,
  effectiveOn: '2027-04-01',
};
const CLEANER = { number: 'GB/T 18801-2022', nameZh: '空气净化器', nameEn: 'Air cleaner', mandatory: false };

describe('the catalogue of standards', () => {
  let register: TestRegister;
  let coordinator: TestOrganisation;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业', region: '3301' });
  });
  afterAll(() => register?.close());

  const send = (
    content: string | readonly unknown[],
    given: Partial<CatalogueImport> = {},
    actor = coordinator.admin,
  ) => {
    const isText = typeof content === 'string';
    const bytes = Buffer.from(isText ? content : content.map((one) => JSON.stringify(one)).join('\n'));
    const input = { kind: 'standards', extent: 'whole', source: '测试目录', format: 'json-lines', ...given } as const;
    return importCatalogue(contextAs(register, actor), input, { bytes, sha256: sha256Hex(bytes) });
  };
  const faultsOf = async (act: () => Promise<unknown>) =>
    ((await expectRefused(register, act, 'invalid')) satisfies Refusal).faults.map(({ at, code }) => `${at} ${code}`);

  it('takes a file as a snapshot: its rows, its report, an entry of the public log, an event of the audit', async () => {
    const made = await expectDone(register, () => send([TOILET_2017, TOILET_2024, SMART_2019, SMART_2025, CLEANER]), {
      added: { audit_events: 1, catalogue_snapshots: 1, catalogue_standards: 5, log_pending: 1 },
      audit: 'catalogue.import',
      by: coordinator.admin,
      entry: 'catalogue.snapshot',
    });
    expect(made).toMatchObject({ snapshot: 1, added: 5, changed: 0, removed: 0 });
    const stored = await readSnapshot(register.database, 1);
    expect(sha256Hex(stored.report)).toBe(made.report);
    expect(JSON.parse(stored.report)).toMatchObject({
      added: ['GB/T18801-2022', 'GB25502-2017', 'GB25502-2024', 'GB38448-2019', 'GB38448-2025'],
    });
  });

  it('tells of each standard its status today, what stands before and after it, and who executes it', async () => {
    await declare(register, enterprise, {
      number: 'GB 25502-2024',
      standard: { number: 'GB 25502-2024', name: '坐便器水效限定值及水效等级', effectiveOn: '2025-05-01' },
    });
    expect(await readStandard(register.database, 'gb25502—2024')).toMatchObject({
      status: 'current',
      predecessors: [{ number: 'GB 25502-2017', partial: false, status: 'withdrawn' }],
      successors: [],
      declarations: 1,
    });
    expect(await readStandard(register.database, 'GB 25502-2017')).toMatchObject({
      status: 'withdrawn',
      successors: [{ number: 'GB 25502-2024', partial: false, status: 'current' }],
    });
    expect(await readStandard(register.database, 'GB 38448-2019')).toMatchObject({
      status: 'current',
      successors: [{ number: 'GB 38448-2025', status: 'upcoming' }],
    });
    await expectRefused(register, () => readStandard(register.database, 'GB 1-1999'), 'not-found', '#path/number');
    await expectRefused(register, () => readStandard(register.database, '空气'), 'invalid', '#path/number');
  });

  it('2. Executed standards are picked from a catalogue, not typed', async () => {
    const withdrawn = {
      number: 'GB 25502-2017',
      standard: { number: 'GB 25502-2017', name: '坐便器水效限定值及水效等级', effectiveOn: '2018-08-01' },
    };
    const refusal = await expectRefused(
      register,
      () => declare(register, enterprise, withdrawn),
      'invalid',
      '/standard/number',
    );
    expect(refusal.faults[0]).toMatchObject({
      code: 'executed-standard.withdrawn',
      remedy: { zh: '请改为 GB 25502-2024' },
    });
  });

  it.each([
    ['the number as printed', 'GB/T 18801-2022', ['GB/T 18801-2022']],
    ['full-width, another dash, no space', 'ｇｂ／ｔ18801—2022', ['GB/T 18801-2022']],
    ['the body of the number alone', '25502', ['GB 25502-2017', 'GB 25502-2024']],
    ['the number without its year', 'GB 38448', ['GB 38448-2019', 'GB 38448-2025']],
    ['words of the title', '坐便器水效', ['GB 25502-2017', 'GB 25502-2024']],
    ['words of the English title, in any case', 'AIR clean', ['GB/T 18801-2022']],
    [
      'one letter begins a number',
      'g',
      ['GB/T 18801-2022', 'GB 25502-2017', 'GB 25502-2024', 'GB 38448-2019', 'GB 38448-2025'],
    ],
    ['a quote and a percent sign are only what they are', `%'`, []],
  ] as const)('is searched by %s', async (_, query, numbers) => {
    const found = await searchStandards(register.database, { query, limit: 10 });
    expect(found.map(({ standard }) => standard.number)).toEqual(numbers);
  });

  it('pages without a gap, by level', async () => {
    const seen: string[] = [];
    let after: { nearness: number; compact: string } | undefined;
    for (;;) {
      const page = await searchStandards(register.database, {
        query: 'GB 25502',
        level: 'national',
        limit: 1,
        ...(after ? { after } : {}),
      });
      const [one] = page;
      if (!one) break;
      seen.push(one.standard.number);
      after = { nearness: one.nearness, compact: one.compact };
    }
    expect(seen).toEqual(['GB 25502-2017', 'GB 25502-2024']);
    expect(await searchStandards(register.database, { level: 'sector', limit: 10 })).toEqual([]);
  });

  it('takes a part as it is, and a whole also for what it lacks; the report says each with old and new', async () => {
    const part = await send(
      '编号,名称,属性,实施日期,状态,代替\nGB/T 18801-2030,空气净化器,推荐性,2030-01-01,即将实施,GB/T 18801-2022\n',
      { extent: 'part', format: 'csv' },
    );
    expect(part).toMatchObject({ snapshot: 2, entries: 2, added: 1, changed: 1, removed: 0 });
    const report = JSON.parse((await readSnapshot(register.database, 2)).report) as { changed: unknown };
    expect(report.changed).toMatchObject([
      {
        key: 'GB/T18801-2022',
        old: { replacedBy: [] },
        new: { replacedBy: [{ number: 'GB/T 18801-2030', partial: false }] },
      },
    ]);
    const whole = await send([TOILET_2017, TOILET_2024, SMART_2019, CLEANER]);
    expect(whole).toMatchObject({ snapshot: 3, added: 0, changed: 1, removed: 2 });
    await expectRefused(register, () => readStandard(register.database, 'GB/T 18801-2030'), 'not-found');
    expect(await send([TOILET_2017, TOILET_2024, SMART_2019, CLEANER])).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
    });
  });

  it('reads a table that a spreadsheet saved in GB 18030', async () => {
    const header = Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a]);
    const row = Buffer.concat([Buffer.from('GB/T 5-2020,'), Buffer.from([0xb1, 0xea, 0xd7, 0xbc]), Buffer.from('\n')]);
    const bytes = Buffer.concat([header, row]);
    const input = { kind: 'standards', extent: 'part', source: 'GBK', format: 'csv' } as const;
    await importCatalogue(contextAs(register, coordinator.admin), input, { bytes, sha256: sha256Hex(bytes) });
    expect(await readStandard(register.database, 'GB/T 5-2020')).toMatchObject({ standard: { nameZh: '标准' } });
  });

  it.each([
    [
      'a bad row among good ones',
      [CLEANER, { ...TOILET_2024, effectiveOn: '2025-13-01' }],
      {},
      ['file:2/effectiveOn field.invalid-format'],
    ],
    ['a line that is not JSON', '{"number":\n', {}, ['file:1 catalogue.file']],
    ['bytes that are not UTF-8', '\u0000', { format: 'json' }, ['file catalogue.file']],
    ['an object in place of an array', '{}', { format: 'json' }, ['file catalogue.file']],
    ['no entry', '\n\n', {}, ['file catalogue.empty']],
    ['a table with an open quote', '编号,名称\n"GB 1-2000,甲', { format: 'csv' }, ['file:2 catalogue.file']],
    ['a number twice', [CLEANER, CLEANER], {}, ['file:2/number catalogue.twice']],
  ] as const)('refuses a whole file with %s, and keeps nothing of it', async (_, content, given, faults) => {
    expect(await faultsOf(() => send(content, given))).toEqual(faults);
  });

  it('lists at most 500 faults of a file, and says that there are more', async () => {
    const faults = await faultsOf(() => send(Array.from({ length: 600 }, () => ({ number: 'x' }))));
    expect(faults).toHaveLength(501);
    expect(faults.at(-1)).toBe('file catalogue.more');
  });

  it('lets imports wait for each other, so that each is compared with the one before', async () => {
    const made = await Promise.all(
      [1, 2, 3, 4].map((year) => send([{ ...CLEANER, nameEn: `Air cleaner ${year}` }], { extent: 'part' })),
    );
    expect(made.map(({ changed }) => changed)).toEqual([1, 1, 1, 1]);
    expect(new Set(made.map(({ snapshot }) => snapshot)).size).toBe(4);
  });

  it('is imported by publishers of the coordinating body only', async () => {
    const drafter = await addPerson(register, coordinator, 'drafter');
    await expectRefused(register, () => send([CLEANER], {}, enterprise.admin), 'forbidden');
    await expectRefused(register, () => send([CLEANER], {}, drafter.actor), 'forbidden');
  });
});

describe('limits', () => {
  let register: TestRegister;
  let coordinator: TestOrganisation;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业', region: '3301' });
  });
  afterAll(() => register?.close());
  const send = (
    kind: CatalogueImport['kind'],
    entries: readonly unknown[],
    extent: CatalogueImport['extent'] = 'part',
  ) => {
    const bytes = Buffer.from(JSON.stringify(entries));
    const input = { kind, extent, source: '测试', format: 'json' } as const;
    return importCatalogue(contextAs(register, coordinator.admin), input, { bytes, sha256: sha256Hex(bytes) });
  };
  const noise = {
    code: 'GB-19606-noise',
    category: 'C3464',
    force: 'mandatory',
    indicator: '噪声',
    direction: 'lower',
    value: '50',
    unit: 'dBA',
    standard: 'GB 19606-2004',
    clause: '4.2',
    validFrom: '2005-08-01',
  };

  it('decide what may be declared from the snapshot that brought them, and a wrong one is corrected by the next', async () => {
    await send('standards', [
      { number: 'GB 19606-2004', nameZh: '家用和类似用途电器噪声限值', mandatory: true, effectiveOn: '2005-08-01' },
    ]);
    await expectDone(register, () => send('limits', [noise]), {
      added: { audit_events: 1, catalogue_snapshots: 1, log_pending: 1, standard_limits: 1 },
      audit: 'catalogue.import',
      entry: 'catalogue.snapshot',
    });
    // The rules are kept for a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const refusal = await expectRefused(
      register,
      () => declare(register, enterprise, { number: 'Q/ABC 1-2026' }),
      'invalid',
      '/indicators/2/value',
    );
    expect(refusal.faults[0]).toMatchObject({ code: 'limit.below' });
    expect(await send('limits', [{ ...noise, value: '65' }])).toMatchObject({ changed: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await declare(register, enterprise, { number: 'Q/ABC 1-2026' });
    expect((await readStandard(register.database, 'GB 19606-2004')).limits).toMatchObject([
      { code: noise.code, value: '65', unit: 'dB(A)' },
    ]);
  });

  it('must agree with the standard that the catalogue has', async () => {
    const act = () => send('limits', [{ ...noise, force: 'recommended' }]);
    const refusal = await expectRefused(register, act, 'invalid', 'file#/0/force');
    expect(refusal.faults).toHaveLength(1);
  });

  it('are removed by a whole file that lacks them', async () => {
    expect(await send('limits', [{ ...noise, code: 'other' }], 'whole')).toMatchObject({ added: 1, removed: 1 });
    expect((await readStandard(register.database, 'GB 19606-2004')).limits.map(({ code }) => code)).toEqual(['other']);
  });
});
