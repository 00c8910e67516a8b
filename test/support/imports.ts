import { expect } from 'vitest';
import type { Actor } from '../../src/domain/access/actor.ts';
import { checkImport } from '../../src/services/imports/check-import.ts';
import { decideImport } from '../../src/services/imports/decide-import.ts';
import { readImport } from '../../src/services/imports/read-import.ts';
import { receiveFile } from '../../src/services/imports/receive-file.ts';
import { contextAs, type TestOrganisation, type TestRegister } from './builders.ts';
import { withTestClient } from './database.ts';
import { until } from './runs.ts';
import { bytesOf, csvText, SHEET_HEADINGS, sheetCsv, sheetRow } from './sheets.ts';

/** Three rows of a hundred have one bad cell each: the wrong cell by the last digits of the row's number. */
const BAD_CELLS: Readonly<Record<number, readonly [heading: string, value: string, code: string]>> = {
  7: ['噪声 单位', '分贝哟', 'unit.unknown'],
  40: ['实施日期', '后天', 'field.invalid-format'],
  77: ['颗粒物净化能效 性质', '', 'field.missing'],
};

/** A file of `rows` rows as it is sent, 3 % of them bad, and the cells that must be told. */
export function seededFile(rows: number, series: string) {
  const bad = Array.from({ length: rows }, (_, i) => i + 1).filter((n) => n % 100 in BAD_CELLS);
  const row = (n: number) => {
    const [heading, value] = BAD_CELLS[n % 100] ?? [];
    return sheetRow(`Q/${series} ${n}-2026`, heading ? { [heading]: value ?? '' } : {});
  };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(csvText([SHEET_HEADINGS]));
    for (let from = 1; from <= rows; from += 500) {
      const count = Math.min(500, rows - from + 1);
      yield Buffer.from(csvText(Array.from({ length: count }, (_, i) => row(from + i))));
    }
  }
  // The heading is row 1.
  const cells = bad.map((n) => ({ row: n + 1, header: BAD_CELLS[n % 100]?.[0], code: BAD_CELLS[n % 100]?.[2] }));
  return { bytes, good: rows - bad.length, cells };
}

export async function sendSeeded(
  register: TestRegister,
  enterprise: TestOrganisation,
  file: ReturnType<typeof seededFile>,
) {
  const sent = { format: 'csv', fileName: 'seeded.csv', category: null, signer: null, capacity: null } as const;
  return (await receiveFile(contextAs(register, enterprise.admin), sent, file.bytes(), null)).id;
}

/** A good row, a bad one and one with a warning, sent and checked. */
export async function checkSmallImport(register: TestRegister, enterprise: TestOrganisation): Promise<string> {
  const { organisation } = enterprise.admin as Extract<Actor, { kind: 'member' }>;
  const sent = { format: 'csv', fileName: '两行.csv', category: null, signer: null, capacity: null } as const;
  const rows = [
    sheetRow('Q/SMALL 1-2026'),
    sheetRow('Q/SMALL 2-2026', { '噪声 单位': '分贝哟' }),
    sheetRow('Q/SMALL 3-2026', { 产品名称: '净化器\u2f64' }),
  ];
  const { id } = await receiveFile(contextAs(register, enterprise.admin), sent, bytesOf(sheetCsv(rows)), null);
  await checkImport(register.database, { import: id, organisation: organisation.id }, new AbortController().signal);
  return id;
}

export async function importOf(register: TestRegister, enterprise: TestOrganisation, id: string) {
  return (await readImport(contextAs(register, enterprise.admin), id)).given;
}

/** Waits for the end of the check, and chooses every good row. */
export async function decideGood(register: TestRegister, enterprise: TestOrganisation, id: string, seconds: number) {
  await inState(register, enterprise, id, 'checked', seconds);
  const { waiting } = await readImport(contextAs(register, enterprise.admin), id);
  await decideImport(contextAs(register, enterprise.admin), id, { rows: waiting.asIs });
}

export function inState(
  register: TestRegister,
  enterprise: TestOrganisation,
  id: string,
  state: 'checked' | 'imported',
  seconds: number,
) {
  return until(
    `import ${id} ${state}`,
    () => importOf(register, enterprise, id),
    (one) => one.state === state,
    seconds,
  );
}

/** Every good row is declared exactly once, with its version, log entry and audit event; every bad cell is told exactly once. */
export async function expectWhole(
  register: TestRegister,
  enterprise: TestOrganisation,
  id: string,
  file: ReturnType<typeof seededFile>,
): Promise<void> {
  const { organisation } = enterprise.admin as Extract<Actor, { kind: 'member' }>;
  await withTestClient(register.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `with own as (select d.* from declarations d join import_rows r on r.declaration_id = d.id where r.import_id = $1)
       select (select count(*)::int from own) as declared,
         (select count(distinct number_compact)::int from own) as numbers,
         (select count(*)::int from declarations where organisation_id = $2) as all_declared,
         (select count(*)::int from declaration_versions v join own on own.id = v.declaration_id) as versions,
         (select count(*)::int from (select subject from log_pending union all select subject from log_entries) l join own on own.id = l.subject) as logged,
         (select count(*)::int from audit_events a join own on own.id = a.subject) as audited,
         (select count(*)::int from import_rows where import_id = $1 and declaration_id is null) as left_over`,
      [id, organisation.id],
    );
    const { good } = file;
    expect(rows).toEqual([
      { declared: good, numbers: good, all_declared: good, versions: good, logged: good, audited: good, left_over: 0 },
    ]);
    const { rows: told } = await owner.query(
      'select row, header, code from import_faults where import_id = $1 order by run, row, n',
      [id],
    );
    expect(told).toEqual(file.cells);
  });
  expect(await importOf(register, enterprise, id)).toMatchObject({
    state: 'imported',
    good: file.good,
    bad: file.cells.length,
    imported: file.good,
    late: 0,
    faults: file.cells.length,
  });
}

/** How many rows were checked and written so far. */
export async function rowsDone(register: TestRegister, enterprise: TestOrganisation, id: string): Promise<number> {
  const { checkedThrough, importedThrough } = await importOf(register, enterprise, id);
  return checkedThrough + importedThrough;
}
