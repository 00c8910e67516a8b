import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type CanonicalValue } from '../../src/domain/canonical.ts';
import { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { fault, text } from '../../src/domain/fault.ts';
import { parseShape } from '../../src/domain/shape.ts';
import { ruleFaults } from '../../src/views/declarations/check-form.ts';
import { fieldMessages } from '../../src/views/declarations/form-faults.ts';
import {
  changeRows,
  fieldsOf,
  formOf,
  isUntouched,
  mergeForm,
  readForm,
  TASKS,
} from '../../src/views/declarations/form-fields.ts';
import { faultWords, formLabels } from '../../src/views/declarations/form-labels.ts';
import { liveFaults } from '../../src/views/declarations/live-faults.ts';
import { zh } from '../../src/views/i18n/zh.ts';
import { airPurifier } from '../support/builders.ts';
import { generatedDeclaration } from '../support/generated-declarations.ts';

const throughTheForm = (content: unknown) => readForm(Object.fromEntries(fieldsOf(formOf(content))));

/** Everything that a declaration may hold. */
const FULL: DeclarationContent = {
  ...airPurifier({ number: 'Q/ABCD 001-2026' }),
  standard: {
    number: 'Q/ABCD 001-2026',
    name: '家用空气净化器',
    issuedOn: '2026-04-01',
    effectiveOn: '2026-05-01',
    replaces: ['Q/ABCD 001-2023', 'Q/ABCD 002-2020'],
    drafters: '王示例、李示例',
    adopts: [{ number: 'IEC 63086-1:2020', relation: 'NEQ' }],
    jointWith: [{ enterprise: '另一家企业' }, { enterprise: '第三家', number: 'Q/OTHER 7-2026' }],
    references: ['GB/T 18801-2022'],
  },
  products: [
    {
      name: '空气净化器',
      genericName: '净化器',
      brand: '示例',
      specification: '520 m³/h',
      models: ['KJ1', 'KJ2'],
      barcodes: ['6901234567892'],
    },
  ],
  indicators: airPurifier({ number: 'x' }).indicators.map((one) => ({ ...one, note: '高于国标', raw: '如标准所印' })),
  text: { sha256: 'a'.repeat(64), name: '文本.pdf', bytes: 1234 },
  statements: [{ code: 'recommended.lower', about: '噪声', reason: '用于车间', person: '王示例' }],
  waivers: [{ code: 'name.confusable', about: '空气净化器', reason: '品牌字形', person: '王示例' }],
  migratedFrom: { platform: '原平台', id: 'Q-1', publishedOn: '2020-01-01', address: 'https://old.example/1' },
};

/** As the API's schema reads it, in canonical form; null and absent are the same there. */
function canonical(content: unknown): string {
  const dropped = JSON.parse(JSON.stringify(content), (_, value: unknown) => value ?? undefined) as unknown;
  return canonicalJson(DeclarationContent.parse(dropped) as unknown as CanonicalValue);
}

describe('the form of a declaration', () => {
  test('gives back every part of a declaration, into the draft it came from and into an empty one', () => {
    expect(mergeForm(FULL, throughTheForm(FULL))).toEqual(FULL);
    const { text: _text, ...typed } = FULL;
    expect(mergeForm({}, throughTheForm(FULL))).toEqual(typed);
  });

  test('gives back whatever may be declared, all at once or task by task', () => {
    fc.assert(
      fc.property(generatedDeclaration('Q/GEN 1-2026'), (content) => {
        expect(mergeForm(content, throughTheForm(content))).toEqual(content);
        expect(canonical(mergeForm({}, throughTheForm(content)))).toBe(canonical(content));
        const byTask = TASKS.reduce<unknown>((draft, task) => {
          const posted = Object.fromEntries(fieldsOf(formOf(content, [task])));
          return mergeForm(draft, readForm(posted, [task]));
        }, {});
        expect(canonical(byTask)).toBe(canonical(content));
      }),
      { numRuns: 200 },
    );
  });

  test('loses nothing of a draft that a program wrote: what no input shows stays in its place and in its row', () => {
    const draft = {
      invented: { deep: [1, 2] },
      standard: { number: 'Q/A 1-2026', later: true },
      indicators: [{ name: '噪声', value: 58, second: null, extra: ['x'] }, { name: '能效' }],
      draft: { change: { id: 'x', revision: 1, event: 'corrected' } },
    };
    expect(mergeForm(draft, throughTheForm(draft))).toEqual({
      ...draft,
      indicators: [{ name: '噪声', value: '58', second: null, extra: ['x'] }, { name: '能效' }],
    });
    const posted = Object.fromEntries(fieldsOf(formOf(draft, ['indicators'])));
    const removed = changeRows(readForm(posted, ['indicators']), posted, 'remove-indicators-1');
    expect(mergeForm(draft, removed?.form ?? { fields: {}, rows: {} })).toMatchObject({
      invented: { deep: [1, 2] },
      indicators: [{ name: '噪声', extra: ['x'] }],
    });
  });

  test('takes a value out of the draft where its input was emptied', () => {
    const posted = { ...Object.fromEntries(fieldsOf(formOf(FULL, ['standard']))), '/standard/drafters': ' ' };
    expect((mergeForm(FULL, readForm(posted, ['standard']))['standard'] as object).hasOwnProperty('drafters')).toBe(
      false,
    );
  });

  test('reads any posted fields and any draft without throwing', () => {
    const anything = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(fc.property(anything, fc.jsonValue(), (fields, draft) => void mergeForm(draft, readForm(fields))));
    fc.assert(fc.property(fc.jsonValue(), (draft) => void fieldsOf(formOf(draft))));
  });

  test('leaves blank rows out, and takes away the row that the page numbered', () => {
    const fields = {
      '/indicators/0/name': '',
      '/indicators/0/kind': 'performance',
      '/indicators/1/name': '噪声',
      '/indicators/2/name': '能效',
    };
    const names = (form: ReturnType<typeof readForm> | undefined) => form?.rows.indicators?.map((row) => row['name']);
    expect(names(readForm(fields))).toEqual(['噪声', '能效']);
    expect(names(changeRows(readForm(fields), fields, 'remove-indicators-1')?.form)).toEqual(['能效']);
    expect(changeRows(readForm(fields), fields, 'add-indicators')).toMatchObject({ list: 'indicators', added: true });
    expect(changeRows(readForm(fields), fields, 'publish')).toBeNull();
    expect(isUntouched(readForm({ '/indicators/0/kind': 'function', '/subject': 'product' }))).toBe(true);
  });
});

describe('faults of a form', () => {
  const words = [formLabels(zh), faultWords(zh), 'zh'] as const;

  test('of the law stand at their input, in the words of the page', () => {
    const [first, ...rest] = FULL.indicators;
    const wrong = { ...FULL, indicators: [{ ...first, comparator: '~', value: '60', second: '55' }, ...rest] };
    const said = fieldMessages(ruleFaults(formOf(wrong), '2026-11-22'), ...words);
    expect(said.find(({ field }) => field === '/indicators/0/second')?.message).toBe(
      '第 1 行 上限或允差：请对调或改正两个值（应为：上限应大于下限）',
    );
  });

  test('of the shape name each missing field in the order of the page', () => {
    const shape = parseShape(DeclarationContent, { subject: 'product', standard: {}, products: [{}] });
    expect(fieldMessages(shape.ok ? [] : shape.problem, ...words).map(({ field }) => field)).toEqual([
      '/standard/number',
      '/standard/name',
      '/standard/effectiveOn',
      '/category',
      '/products/0/name',
      '/products/0/models',
    ]);
  });

  test('of one model stand at the box of lines and name the model', () => {
    const once = text('不重复', 'once');
    const twice = fault('/products/0/models/1', 'declared.twice', 'KJ1', once, text('请删去', 'remove'));
    expect(fieldMessages([twice], ...words)).toEqual([
      { field: '/products/0/models', message: '第 1 行 型号 KJ1：请删去（应为：不重复）' },
    ]);
  });

  test('are the same while typing, at the row where it stands although one above is blank', () => {
    const fields = {
      '/indicators/0/name': '',
      '/indicators/1/name': '噪声',
      '/indicators/1/comparator': '≤',
      '/indicators/1/value': '58',
      '/indicators/1/unit': 'dBx',
    };
    expect(liveFaults(fields, ...words).get('/indicators/1/unit')).toContain('第 2 行 单位');
  });
});
