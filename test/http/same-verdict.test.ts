import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run as checkOffline } from '../../src/cli/check.ts';
import type { Finding } from '../../src/domain/declarations/finding.ts';
import { type ImportedRow, readDeclarations } from '../../src/formats/read-declarations.ts';
import { createDraft } from '../../src/services/declarations/drafts.ts';
import { readRulePack } from '../../src/services/declarations/rule-pack.ts';
import { judgeRows } from '../../src/services/imports/judge-rows.ts';
import { fieldsOf, formOf, mergeForm, readForm } from '../../src/views/declarations/form-fields.ts';
import { openTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { airPurifier, contextAs, declare, joinOrganisation, openTestRegister } from '../support/builders.ts';
import type { TestOrganisation, TestRegister } from '../support/builders.ts';
import { importPart, TEST_LIMIT, TEST_STANDARD } from '../support/catalogue.ts';
import { generatedDeclaration } from '../support/generated-declarations.ts';
import { bytesOf } from '../support/sheets.ts';

const DECLARATIONS = 1000;
/** What only the register knows is no part of an offline check. */
const OF_THE_REGISTER = ['category.unknown', 'standard-number.taken', 'text.unknown', 'text.bytes'];

type Loose = {
  standard: Record<string, unknown>;
  products: Record<string, unknown>[];
  indicators: Record<string, unknown>[];
} & Record<string, unknown>;
type Mistake = (content: Loose) => void;

const inStandard =
  (field: string, value: unknown): Mistake =>
  ({ standard }) => {
    standard[field] = value;
  };
const inProduct =
  (field: string, value: unknown): Mistake =>
  ({ products: [first] }) => {
    if (first) first[field] = value;
  };
const inIndicator =
  (values: Readonly<Record<string, unknown>>): Mistake =>
  ({ indicators: [first] }) => {
    if (first) Object.assign(first, values);
  };
const inContent =
  (field: string, value: unknown): Mistake =>
  (content) => {
    content[field] = value;
  };
const noise = (value: string, more: object = {}) => ({ name: '噪声', comparator: '≤', value, unit: 'dB(A)', ...more });

const MISTAKES: readonly Mistake[] = [
  inStandard('number', 'Q/榕净 1'),
  inStandard('number', 'Q/'),
  inStandard('number', 'Q/TAKEN 1-2026'),
  inStandard('number', 'GB/T 18801-2015'),
  inStandard('name', ''),
  inStandard('name', 'x'.repeat(201)),
  inStandard('effectiveOn', '2026-13-01'),
  inStandard('effectiveOn', ''),
  inStandard('effectiveOn', '2025-01-01'),
  inStandard('replaces', ['不是编号']),
  inStandard('references', ['GB/T 18801-2015', '也不是']),
  inStandard('adopts', [{ number: 'ISO 1', relation: 'SAME' }]),
  inStandard('jointWith', [{ number: 'Q/A 1-2026' }]),
  inProduct('name', ''),
  inProduct('name', '空气净化器 Аir'),
  inProduct('models', ['A', 'A']),
  inProduct('models', []),
  inProduct('barcodes', ['6901234567893']),
  inProduct('barcodes', ['6901234567892', '6901234567892']),
  inIndicator({ unit: '分贝哟' }),
  inIndicator({ value: '很低' }),
  inIndicator({ value: '1,284' }),
  inIndicator({ value: '' }),
  inIndicator({ comparator: '~', value: '60', second: '55' }),
  inIndicator({ comparator: '约' }),
  inIndicator({ kind: '外观' }),
  inIndicator({ testMethod: '' }),
  inIndicator({ testMethod: 'GB/T 18801-2015' }),
  inIndicator(noise('120')),
  inIndicator(noise('60')),
  inIndicator(noise('60', { unit: 'W' })),
  inContent('category', ''),
  inContent('category', '家电'),
  inContent('category', 'C9999.nothing'),
  inContent('subject', 'thing'),
  inContent('indicators', []),
  inContent('parameters', [{ name: '额定功率', value: '60', unit: '瓦瓦' }]),
  inContent('commitment', null),
  inContent('commitment', { version: 1, signer: '', capacity: '总经理' }),
  inContent('commitment', { version: 7, signer: '王示例', capacity: 'authorised-person' }),
  inContent('statements', [{ code: 'recommended.lower', about: '没有的', reason: '因为', person: '王示例' }]),
  inContent('waivers', [{ code: 'mandatory.below', about: '噪声', reason: '因为', person: '' }]),
  inContent('migratedFrom', { platform: '原平台', id: '', publishedOn: '2020' }),
];

let register: TestRegister;
let enterprise: TestOrganisation;
let app: TestApp;
let browser: TestBrowser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lingpao-verdicts-'));
  register = await openTestRegister();
  const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例工作机构' });
  enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  await declare(register, enterprise, airPurifierOf('Q/TAKEN 1-2026'));
  const context = contextAs(register, coordinator.admin);
  await importPart(context, 'standards', [
    TEST_STANDARD,
    {
      number: 'GB/T 18801-2015',
      nameZh: '空气净化器',
      mandatory: false,
      withdrawnOn: '2023-05-01',
      replacedBy: [{ number: 'GB/T 18801-2022' }],
    },
    { number: 'GB/T 18801-2022', nameZh: '空气净化器', mandatory: false, effectiveOn: '2023-05-01' },
  ]);
  await importPart(context, 'limits', [
    TEST_LIMIT,
    {
      ...TEST_LIMIT,
      code: 'GBT-18801-noise',
      force: 'recommended',
      value: '55',
      standard: 'GB/T 18801-2022',
      validFrom: '2023-05-01',
    },
  ]);
  app = await openTestApp(register.database);
  browser = await app.logIn(enterprise);
});
afterAll(async () => {
  await app?.http.close();
  await register?.close();
  rmSync(folder, { recursive: true, force: true });
});

function airPurifierOf(number: string) {
  return { ...airPurifier({ number }), number };
}

/** Bad declarations as a form can express them, so that every door is given the same bytes: one to three mistakes each. */
function badDeclarations(): readonly unknown[] {
  const mistakes = fc.uniqueArray(fc.nat(MISTAKES.length - 1), { minLength: 1, maxLength: 3 });
  return fc
    .sample(fc.tuple(generatedDeclaration('Q/GEN 1-2026'), mistakes), { numRuns: DECLARATIONS, seed: 20261122 })
    .map(([content, wrong]) => {
      const loose = structuredClone(content) as unknown as Loose;
      for (const at of wrong) MISTAKES[at]?.(loose);
      return mergeForm({}, readForm(Object.fromEntries(fieldsOf(formOf(loose)))));
    });
}

const setOf = (codes: readonly string[]) => [...new Set(codes)].sort();

async function byApi(content: unknown): Promise<readonly string[]> {
  const answer = await browser(
    'POST',
    '/api/v1/declaration-checks',
    undefined,
    { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    JSON.stringify(content),
  );
  const { findings, errors } = answer.json<{ findings?: Finding[]; errors?: { code: string }[] }>();
  return setOf([...(findings ?? []).filter(({ answered }) => !answered), ...(errors ?? [])].map(({ code }) => code));
}

async function byForm(content: unknown): Promise<readonly string[]> {
  const { id } = await createDraft(contextAs(register, enterprise.admin), content);
  const fields = { ...Object.fromEntries(fieldsOf(formOf(content, ['submit']))), revision: '1', action: 'check' };
  const { body } = await browser('POST', `/desk/decl/${id}/submit`, fields);
  return setOf([...body.matchAll(/data-code="([^"]+)"/gu)].map(([, code]) => code ?? ''));
}

async function byImport(contents: readonly unknown[]): Promise<readonly (readonly string[])[]> {
  const given = { category: null, signer: null, capacity: null, day: '2026-11-22' };
  const bytes = bytesOf(contents.map((content) => `${JSON.stringify(content)}\n`).join(''));
  const rows: ImportedRow[] = [];
  for await (const row of readDeclarations({ format: 'jsonl', encoding: 'utf-8', bytes }, given)) rows.push(row);
  const judged = await judgeRows(contextAs(register, enterprise.admin), rows, null);
  return judged.map(({ faults }) => setOf(faults.map(({ code }) => code)));
}

async function byCommand(contents: readonly unknown[]): Promise<readonly (readonly string[])[]> {
  const [file, pack] = [join(folder, 'bad.jsonl'), join(folder, 'pack.json')];
  writeFileSync(file, contents.map((content) => `${JSON.stringify(content)}\n`).join(''));
  writeFileSync(pack, (await readRulePack(register.database, null)).bytes);
  let said = '';
  const io = { stdout: (text: string) => (said += text), stderr: (text: string) => (said += text) };
  await checkOffline([file, '--rules', pack, '--json'], io);
  return said
    .trim()
    .split('\n')
    .map((line) => {
      const { findings } = JSON.parse(line) as { findings: Finding[] };
      return setOf(findings.filter(({ answered }) => !answered).map(({ code }) => code));
    });
}

test('1,000 bad declarations get the same findings from the API, the form, the importer and the command', async () => {
  const contents = badDeclarations();
  const fromApi: (readonly string[])[] = [];
  const fromForm: (readonly string[])[] = [];
  for (const content of contents) {
    fromApi.push(await byApi(content));
    fromForm.push(await byForm(content));
  }
  const [fromImport, fromCommand] = [await byImport(contents), await byCommand(contents)];
  const differing = contents.flatMap((_, i) => {
    const api = fromApi[i] ?? [];
    const offline = api.filter((code) => !OF_THE_REGISTER.includes(code));
    const said = { api, form: fromForm[i], importer: fromImport[i], command: fromCommand[i] };
    const isSame = [said.form, said.importer].every((one) => String(one) === String(api));
    return isSame && String(said.command) === String(offline) ? [] : [said];
  });
  expect(differing).toEqual([]);
  expect(fromApi.filter((codes) => codes.length === 0).length).toBeLessThan(DECLARATIONS / 10);
  expect(new Set(fromApi.flat()).size).toBeGreaterThan(20);
}, 240_000);
