import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceContext } from '../../src/services/context.ts';
import { giveUpImport } from '../../src/services/imports/check-import.ts';
import { cancelImport, decideImport } from '../../src/services/imports/decide-import.ts';
import { readFaults, readImport, writeReport } from '../../src/services/imports/read-import.ts';
import { receiveFile, type SentFile } from '../../src/services/imports/receive-file.ts';
import { forgetExpired } from '../../src/store/outbox.ts';
import { deliver } from '../workers/suite.ts';
import {
  addPerson,
  airPurifier,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { bytesOf, sheetCsv, sheetRow } from '../support/sheets.ts';
import { registerState } from '../support/state.ts';
import { expectRefused } from './acts.ts';

const CSV: SentFile = { format: 'csv', fileName: 'test.csv', category: null, signer: null, capacity: null };
const NOBODY = new AbortController().signal;

describe('an import', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  let other: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
    other = await joinOrganisation(register, { kind: 'enterprise', name: '另一企业' });
  });
  afterAll(() => register?.close());
  const as = (organisation = enterprise) => contextAs(register, organisation.admin);

  const send = (text: string, sent: Partial<SentFile> = {}, context: ServiceContext = as()) =>
    receiveFile(context, { ...CSV, ...sent }, bytesOf(text), null);
  const work = (key: string, name: string, data: Readonly<Record<string, unknown>>) =>
    deliver(register, key, name, { organisation: organisationId(), ...data }, NOBODY);
  const check = (id: string) => work(`check-import.${id}`, 'check-import', { import: id });
  const write = (id: string, decision = 1) =>
    work(`import-rows.${id}.${decision}`, 'import-rows', { import: id, decision });
  const organisationId = () => (enterprise.admin.kind === 'member' ? enterprise.admin.organisation.id : '');
  const checked = async (text: string, sent: Partial<SentFile> = {}) => {
    const { id } = await send(text, sent);
    await check(id);
    return readImport(as(), id);
  };
  const counts = ({ given }: Awaited<ReturnType<typeof readImport>>) => {
    const { state, good, warned, bad, already, imported, late } = given;
    return { state, good, warned, bad, already, imported, late };
  };
  const ZERO = { good: 0, warned: 0, bad: 0, already: 0, imported: 0, late: 0 };

  it('declares nothing before a person chooses, then every good row once, and tells every bad cell', async () => {
    const rows = [
      sheetRow('Q/IMP 101-2026'),
      sheetRow('Q/IMP 102-2026', { '噪声 单位': '分贝哟' }),
      sheetRow('Q/IMP 103-2026', { 实施日期: '明天', '噪声 要求': '≤ 很低' }),
      sheetRow('Q/IMP 101-2026', { 型号: 'KJ1' }),
      sheetRow('Q/IMP 105-2026'),
    ];
    const before = await registerState(register.ownerUrl);
    const found = await checked(sheetCsv(rows));
    expect(counts(found)).toEqual({ ...ZERO, state: 'checked', good: 2, bad: 3 });
    const { declarations, log_pending: log } = await registerState(register.ownerUrl);
    expect([declarations, log]).toEqual([before['declarations'], before['log_pending']]);
    const { faults } = await readFaults(as(), found.given.id, null, 100);
    expect(faults.map(({ at, code, header, found: value }) => [at, code, header, value])).toEqual([
      ['V3', 'unit.unknown', '噪声 单位', '分贝哟'],
      ['F4', 'field.invalid-format', '实施日期', '明天'],
      ['A5', 'standard-number.twice', '标准编号', 'Q/IMP 101-2026'],
    ]);
    await decideImport(as(), found.given.id, { rows: 2 });
    await write(found.given.id);
    expect(counts(await readImport(as(), found.given.id))).toEqual({
      ...ZERO,
      state: 'imported',
      good: 2,
      bad: 3,
      imported: 2,
    });
    expect(await numbers('Q/IMP10%')).toEqual(['Q/IMP101-2026', 'Q/IMP105-2026']);
  });

  async function numbers(like: string): Promise<readonly string[]> {
    return withTestClient(register.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ n: string }>(
        'select number_compact as n from declarations where number_compact like $1 order by 1',
        [like],
      );
      return rows.map(({ n }) => n);
    });
  }

  it('of the same file sent twice is one import, and its rows in another file are declared already', async () => {
    const text = sheetCsv([sheetRow('Q/IMP 201-2026'), sheetRow('GB/T 18801-2022', { 型号: 'TWICE' })]);
    const first = await checked(text);
    await decideImport(as(), first.given.id, { rows: 2 });
    await write(first.given.id);
    const before = await registerState(register.ownerUrl);
    expect(await send(text)).toEqual({ id: first.given.id, existing: true });
    expect(await registerState(register.ownerUrl)).toMatchObject({ declarations: before['declarations'] });
    const more = await checked(`${text}${sheetCsv([sheetRow('Q/IMP 202-2026')]).split('\r\n')[1]}\r\n`);
    expect(counts(more)).toEqual({ ...ZERO, state: 'checked', good: 1, already: 2 });
    const changed = await checked(sheetCsv([sheetRow('Q/IMP 201-2026', { 型号: 'OTHER' })]));
    expect(counts(changed)).toEqual({ ...ZERO, state: 'checked', bad: 1 });
    expect(changed.groups[0]).toMatchObject({ code: 'standard-number.taken', count: 1 });
    const declared = await declare(register, enterprise, { number: 'Q/IMP 203-2026' });
    expect(declared.id).toMatch(/D\d+/u);
    const { number: _, ...same } = { number: 0, ...airPurifier({ number: 'Q/IMP 203-2026' }) };
    const lines = await checked(`${JSON.stringify(same)}\n`, { format: 'jsonl' });
    expect(counts(lines)).toEqual({ ...ZERO, state: 'checked', already: 1 });
  });

  it('takes a row with warnings in when a named person leaves them as they are, in public', async () => {
    const text = sheetCsv([sheetRow('Q/IMP 301-2026'), sheetRow('Q/IMP 302-2026', { 产品名称: '空气净化器\u2f64' })]);
    const found = await checked(text);
    expect(counts(found)).toEqual({ ...ZERO, state: 'checked', good: 1, warned: 1 });
    expect(found.waiting).toEqual({ asIs: 1, waived: 2 });
    await decideImport(as(), found.given.id, { rows: 1 });
    await write(found.given.id);
    const waive = { codes: ['name.confusable'], person: '李示例', reason: '商标如此' };
    await decideImport(as(), found.given.id, { rows: 1, waive });
    await write(found.given.id, 2);
    expect(counts(await readImport(as(), found.given.id))).toMatchObject({ state: 'imported', imported: 2, late: 0 });
    const document = await withTestClient(register.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ document: string }>(
        `select document from declaration_versions where number_compact = 'Q/IMP302-2026'`,
      );
      return JSON.parse(rows[0]?.document ?? '{}');
    });
    expect(document.content.waivers).toEqual([
      { code: 'name.confusable', about: '空气净化器\u2f64', person: '李示例', reason: '商标如此' },
    ]);
  });

  it('tells rows that stopped being good between the check and the choice, and declares the others', async () => {
    const found = await checked(sheetCsv([sheetRow('Q/IMP 401-2026'), sheetRow('Q/IMP 402-2026')]));
    await declare(register, enterprise, { number: 'Q/IMP 401-2026' });
    await decideImport(as(), found.given.id, { rows: 2 });
    await write(found.given.id);
    const after = await readImport(as(), found.given.id);
    expect(counts(after)).toMatchObject({ state: 'imported', imported: 1, late: 1 });
    expect(after.groups[0]).toMatchObject({ code: 'standard-number.taken', example: { run: 1, at: 'A2' } });
  });

  it('is seen and decided by its enterprise alone, by those who may publish, with the count that they saw', async () => {
    const { given } = await checked(sheetCsv([sheetRow('Q/IMP 501-2026')]));
    await expectRefused(register, () => readImport(as(other), given.id), 'not-found', '#path/id');
    await expectRefused(register, () => decideImport(as(other), given.id, { rows: 1 }), 'not-found', '#path/id');
    await expectRefused(register, () => decideImport(as(), given.id, { rows: 2 }), 'conflict', '/rows');
    const drafter = await addPerson(register, enterprise, 'drafter');
    const drafting = contextAs(register, drafter.actor);
    await expectRefused(register, () => decideImport(drafting, given.id, { rows: 1 }), 'forbidden');
    await cancelImport(drafting, given.id);
    await expectRefused(register, () => decideImport(as(), given.id, { rows: 1 }), 'conflict');
    const again = await send(sheetCsv([sheetRow('Q/IMP 501-2026')]));
    expect([again.existing, again.id === given.id]).toEqual([false, false]);
  });

  it.each([
    ['nothing', '', 'file.empty'],
    ['an archive', 'PK\u0003\u0004....', 'file.magic'],
    ['zeros', 'a,b\u0000', 'file.not-text'],
  ])('refuses %s at once, and keeps nothing of it', async (_, text, code) => {
    const refusal = await expectRefused(register, () => send(text), 'invalid');
    expect(refusal.faults[0]?.code).toBe(code);
  });

  it('is refused as a whole where its headings cannot be read, with each of them named', async () => {
    const found = await checked('标准编号,颜色,标准编号\r\nQ/A 1-2026,红,\r\n');
    expect(found.given.state).toBe('refused');
    expect(found.given.refusal?.map(({ at, code }) => `${at} ${code}`)).toEqual([
      'B1 column.unknown',
      'C1 column.twice',
      'A1 column.missing',
      'A1 column.missing',
      'A1 column.missing',
      'A1 column.missing',
      'A1 column.missing',
    ]);
  });

  it('reports every fault as CSV that no spreadsheet runs', async () => {
    const { given } = await checked(sheetCsv([sheetRow('=cmd|1'), sheetRow('Q/IMP 601-2026', { 实施日期: '+1' })]));
    let report = '';
    for await (const part of await writeReport(as(), given.id)) report += part;
    const lines = report.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`"A2","标准编号","refuse","standard-number.form","'=cmd|1"`);
  });

  it('given up by its worker says so, declares nothing, and may be sent again', async () => {
    const text = sheetCsv([sheetRow('Q/IMP 801-2026')]);
    const { id } = await send(text);
    await giveUpImport(register.database, { import: id, organisation: organisationId() }, 'checking');
    expect(counts(await readImport(as(), id))).toEqual({ ...ZERO, state: 'failed' });
    await check(id);
    expect((await readImport(as(), id)).given.state).toBe('failed');
    expect((await send(text)).existing).toBe(false);
  });

  it('keeps its file for seven days after its end, and waits as long for a choice', async () => {
    const [waiting, cancelled, fresh] = await Promise.all(
      [1, 2, 3].map(async (n) => (await checked(sheetCsv([sheetRow(`Q/IMP 90${n}-2026`)]))).given.id),
    );
    await cancelImport(as(), cancelled ?? '');
    const parts = () =>
      withTestClient(register.ownerUrl, async (owner) => {
        const { rows } = await owner.query<{ id: string }>(
          'select distinct import_id as id from import_file_parts where import_id = any($1)',
          [[waiting, cancelled, fresh]],
        );
        return rows.map(({ id }) => id).toSorted();
      });
    expect(await parts()).toEqual([waiting, fresh].toSorted());
    const age = (days: number) =>
      withTestClient(register.ownerUrl, (owner) =>
        owner.query(
          `update imports set checked_at = checked_at - make_interval(days => $2), finished_at = finished_at - make_interval(days => $2) where id = $1`,
          [waiting, days],
        ),
      );
    await age(8);
    await forgetExpired(register.database);
    expect((await readImport(as(), waiting ?? '')).given.state).toBe('cancelled');
    await age(8);
    await forgetExpired(register.database);
    expect(await parts()).toEqual([fresh]);
    await withTestClient(register.ownerUrl, (owner) =>
      owner.query('delete from import_file_parts where import_id = $1', [fresh]),
    );
    await expectRefused(register, () => decideImport(as(), fresh ?? '', { rows: 1 }), 'conflict');
  });

  it('answers a repeated request with the same import, and refuses its key for another file', async () => {
    const key = randomUUID();
    const text = sheetCsv([sheetRow('Q/IMP 701-2026')]);
    const first = await receiveFile(as(), CSV, bytesOf(text), key);
    expect(await receiveFile(as(), CSV, bytesOf(text), key)).toEqual(first);
    await expectRefused(register, () => receiveFile(as(), CSV, bytesOf(`${text}\r\n`), key), 'key-reused');
  });
});
