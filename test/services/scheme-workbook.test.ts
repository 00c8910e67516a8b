import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, type CanonicalValue } from '../../src/domain/canonical.ts';
import { checkDraft } from '../../src/domain/schemes/draft.ts';
import { Scheme } from '../../src/domain/schemes/scheme.ts';
import { SCHEME_SHEETS, writeSheets } from '../../src/domain/schemes/sheets.ts';
import { readSheets } from '../../src/formats/read-xlsx.ts';
import { writeSchemeWorkbook } from '../../src/formats/scheme-workbook.ts';
import { readSchemeDraft } from '../../src/services/schemes/drafts.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { readScheme } from '../../src/services/schemes/read-scheme.ts';
import {
  exportDraftWorkbook,
  exportWorkbook,
  importWorkbook,
  makeSchemeTemplate,
} from '../../src/services/schemes/workbook.ts';
import {
  accredit,
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { gradingScheme } from '../support/filled-register.ts';
import { generatedScheme } from '../support/generated-schemes.ts';
import { expectDone, expectRefused } from './acts.ts';

const canonical = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)) as CanonicalValue);
type Rows = Readonly<Record<string, unknown>>;

describe('schemes as workbooks', () => {
  let register: TestRegister;
  let body: TestOrganisation;
  let other: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '工作机构' });
    const regulator = await joinOrganisation(register, { kind: 'regulator', name: '监管部门' });
    body = await joinOrganisation(register, { kind: 'assessment-body', name: '评估机构' });
    other = await joinOrganisation(register, { kind: 'assessment-body', name: '另一机构' });
    await accredit(register, body, { coordinator, regulator });
  });
  afterAll(() => register?.close());
  const as = (organisation = body) => contextAs(register, organisation.admin);

  it('any scheme, proposed, written out and read back from its bytes, is the same document', async () => {
    const seen: Scheme[] = fc.sample(generatedScheme('M-BOOK'), 12);
    for (const [i, scheme] of seen.entries()) {
      const code = `M-BOOK-${i}`;
      await openObjectionPeriod(as(), Scheme.parse({ ...scheme, code }));
      const { document } = await readScheme(register.database, code, 1);
      const { draft, faults } = await importWorkbook(as(), await exportWorkbook(register.database, code, 1));
      expect(faults).toEqual([]);
      expect(canonical(checkDraft(draft.content).scheme)).toBe(document);
    }
  });

  it('a workbook becomes a draft of the body, seen by nobody else', async () => {
    const bytes = await writeSchemeWorkbook(writeSheets(gradingScheme('M-FILE') as unknown as Rows));
    const { draft } = await expectDone(register, () => importWorkbook(as(), bytes), {
      added: { scheme_drafts: 1, audit_events: 1 },
      audit: 'scheme-draft.save',
      by: body.admin,
    });
    await expectRefused(register, () => readSchemeDraft(as(other), draft.id), 'not-found');
    await expectRefused(register, () => exportDraftWorkbook(as(other), draft.id), 'not-found');
  });

  it('what cannot be read stays in the draft as it was typed, and in the workbook made of it again', async () => {
    const wrong = { ...gradingScheme('M-WRONG'), version: 'v1', method: '平均', validTo: '2019-01-01' };
    const { draft, faults } = await importWorkbook(
      as(),
      await writeSchemeWorkbook(writeSheets(wrong as unknown as Rows)),
    );
    expect(faults.map(({ at, found }) => [at, found])).toEqual([
      ['方案!B3', 'v1'],
      ['方案!B9', '平均'],
    ]);
    const sheets = await readSheets(Readable.from([await exportDraftWorkbook(as(), draft.id)]), ['方案']);
    expect(sheets.get('方案')?.[2]?.cells[1]).toBe('v1');
  });

  it.each([
    ['no workbook at all', Buffer.from('PK nothing'), 'invalid'],
    ['an empty file', Buffer.alloc(0), 'invalid'],
  ] as const)('%s is refused, and nothing is kept', async (_, bytes, code) => {
    await expectRefused(register, () => importWorkbook(as(), bytes), code);
  });

  it('the template is a workbook of the four sheets whose example is a scheme without a fault', async () => {
    const template = await makeSchemeTemplate();
    const names = Object.values(SCHEME_SHEETS);
    const sheets = await readSheets(Readable.from([template]), [...names, ...names.map((name) => `示例-${name}`)]);
    expect([...sheets.keys()]).toHaveLength(8);
    const { faults } = await importWorkbook(as(), template);
    expect(faults.length).toBeGreaterThan(5);
    const example = new Map(names.map((name) => [name, sheets.get(`示例-${name}`)?.map(({ cells }) => cells) ?? []]));
    const filled = await writeSchemeWorkbook({
      facts: example.get('方案') ?? [],
      indicators: example.get('指标') ?? [],
      levels: example.get('水平') ?? [],
      requirements: example.get('基本要求') ?? [],
    });
    expect((await importWorkbook(as(), filled)).faults).toEqual([]);
  });
});
