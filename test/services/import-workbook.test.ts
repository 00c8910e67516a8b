import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeXlsx } from '../../src/formats/write-xlsx.ts';
import { openXlsx } from '../../src/formats/xlsx-package.ts';
import { readNotes } from '../../src/formats/xlsx-notes.ts';
import { readXlsx } from '../../src/formats/read-xlsx.ts';
import { packPart, writeZip } from '../../src/formats/zip.ts';
import { markWorkbook } from '../../src/services/imports/mark-workbook.ts';
import { readFaults, readImport } from '../../src/services/imports/read-import.ts';
import { receiveFile } from '../../src/services/imports/receive-file.ts';
import { makeTemplate } from '../../src/services/imports/template.ts';
import {
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { bytesOf, SHEET_HEADINGS, sheetRow } from '../support/sheets.ts';
import { deliver } from '../workers/suite.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

describe('a workbook', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());
  const as = () => contextAs(register, enterprise.admin);
  const filled = (rows: readonly (readonly string[])[]) =>
    writeXlsx([
      { name: '声明', rows: [SHEET_HEADINGS, ...rows], isTable: true },
      { name: '我的备注', rows: [['keep me']] },
    ]);

  async function check(content: Buffer) {
    const sent = { format: 'xlsx', fileName: 'a.xlsx', category: null, signer: null, capacity: null } as const;
    const { id } = await receiveFile(as(), sent, bytesOf(content), null);
    const organisation = enterprise.admin.kind === 'member' ? enterprise.admin.organisation.id : '';
    await deliver(register, `check-import.${id}`, 'check-import', { import: id, organisation });
    return readImport(as(), id);
  }

  /** A sheet changed in its XML, as other programs write it. */
  async function edited(file: Buffer, edit: (sheet: string) => string): Promise<Buffer> {
    const opened = await openXlsx(file);
    const parts = await Promise.all(
      opened.names.map(async (name) =>
        name === SHEET ? packPart(name, edit(await opened.text(name))) : opened.packed(name),
      ),
    );
    return writeZip(parts);
  }

  it('is checked cell by cell, and comes back with the wrong cells in red and a note at each', async () => {
    const content = await filled([
      sheetRow('Q/XLSX 1-2026'),
      sheetRow('Q/XLSX 2-2026', { '噪声 单位': '分贝哟', 实施日期: '' }),
    ]);
    const { given } = await check(content);
    expect(given).toMatchObject({ state: 'checked', good: 1, bad: 1 });
    const { faults } = await readFaults(as(), given.id, null, 10);
    expect(faults.map(({ at, code }) => `${at} ${code}`)).toEqual(['F3 field.missing']);
    const marked = await markWorkbook(as(), given.id);
    const opened = await openXlsx(marked.content);
    const notes = opened.names.find((name) => /comments\d+\.xml$/u.test(name)) ?? '';
    expect(await opened.text(notes)).toMatch(/ref="F3".*请填写该字段/su);
    expect(await opened.text('xl/styles.xml')).toContain('FFFFC7CE');
    const style = /<c r="F3" s="(?<style>\d+)"\/>/u.exec(await opened.text(SHEET))?.groups?.['style'];
    expect(style).toBe('3');
    expect(await opened.text('xl/worksheets/sheet2.xml')).toContain('keep me');
    expect(readNotes(notes, await opened.text(notes))).toEqual([]);
  });

  it('that was marked is sent again corrected: its marks are gone, and the new ones stand', async () => {
    const first = await check(await filled([sheetRow('Q/XLSX 11-2026', { '噪声 单位': '哟' })]));
    const { content } = await markWorkbook(as(), first.given.id);
    const corrected = await edited(content, (sheet) => sheet.replace('>哟<', '>dB(A)<').replace('>空气净化器<', '><'));
    const second = await check(corrected);
    expect(second.groups.map(({ code, header }) => `${header} ${code}`)).toEqual(['产品名称 field.missing']);
    const again = await openXlsx((await markWorkbook(as(), second.given.id)).content);
    const notes = again.names.filter((name) => /comments\d+\.xml$/u.test(name));
    expect(notes).toHaveLength(1);
    const refs = [...(await again.text(notes[0] ?? '')).matchAll(/ref="(\w+)"/gu)].map(([, ref]) => ref);
    expect(refs).toEqual(['G2']);
  });

  it('has the last results of its formulas taken with a note; a formula without one and an error value are refused', async () => {
    const content = await edited(
      await filled([sheetRow('Q/XLSX 21-2026'), sheetRow('Q/XLSX 22-2026'), sheetRow('Q/XLSX 23-2026')]),
      (sheet) =>
        sheet
          .replace(/<c r="H2"[^>]*>.*?<\/c>/u, '<c r="H2" t="str"><f>"KJ"&amp;1</f><v>KJ1</v></c>')
          .replace(/<c r="H3"[^>]*>.*?<\/c>/u, '<c r="H3"><f>1+1</f></c>')
          .replace(/<c r="G4"[^>]*>.*?<\/c>/u, '<c r="G4" t="e"><v>#REF!</v></c>'),
    );
    const { given } = await check(content);
    expect(given).toMatchObject({ state: 'checked', good: 1, bad: 2 });
    const { faults } = await readFaults(as(), given.id, null, 20);
    expect(faults.map(({ at, code, severity }) => `${at} ${code} ${severity}`)).toEqual([
      'H2 cell.formula note',
      'H3 field.too-small refuse',
      'H3 cell.formula-empty refuse',
      'G4 cell.error refuse',
    ]);
  });

  it('made from a template is read back by its headings, with nothing to import', async () => {
    const template = (await makeTemplate(register.database, 'C3464.air-purifier', 'xlsx')) as Buffer;
    const rows: unknown[] = [];
    for await (const row of readXlsx(bytesOf(template))) rows.push(row);
    expect(rows).toHaveLength(1);
    const { given, waiting } = await check(template);
    expect([given.state, given.good, given.bad, waiting.asIs]).toEqual(['checked', 0, 0, 0]);
  });
});
