import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeclarationContent } from '../../src/domain/declarations/content.ts';
import { fault, text } from '../../src/domain/fault.ts';
import { parseShape } from '../../src/domain/shape.ts';
import { ruleFaults } from '../../src/views/declarations/check-form.ts';
import { fieldMessages } from '../../src/views/declarations/form-faults.ts';
import {
  changeRows,
  contentOf,
  fieldsOf,
  formOf,
  readDeclarationForm,
  readForm,
} from '../../src/views/declarations/form-fields.ts';
import { faultWords, formLabels } from '../../src/views/declarations/form-labels.ts';
import { liveFaults } from '../../src/views/declarations/live-faults.ts';
import { zh } from '../../src/views/i18n/zh.ts';
import { airPurifier } from '../support/builders.ts';

const posted = (content: unknown) => Object.fromEntries(fieldsOf(formOf(content)));

describe('the form of a declaration', () => {
  test('posts back the content that it was made of', () => {
    const content = airPurifier({ number: 'Q/ABCD 001-2026' });
    const read = parseShape(DeclarationContent, readDeclarationForm(posted(content)));
    expect(read).toEqual({ ok: true, value: content });
  });

  test('keeps whatever was typed, through a draft and back', () => {
    const line = fc.string({ maxLength: 20 });
    const row = fc.record({ name: line.filter((typed) => typed.trim() !== ''), value: line, unit: line });
    fc.assert(
      fc.property(line, fc.array(row, { maxLength: 4 }), (number, parameters) => {
        const form = readForm(Object.fromEntries(fieldsOf(formOf({ standard: { number }, parameters }))));
        expect(form).toEqual(formOf({ standard: { number }, parameters }));
        const kept = formOf(JSON.parse(JSON.stringify(contentOf(form))));
        expect(kept.parameters.map(({ name }) => name)).toEqual(parameters.map(({ name }) => name));
      }),
    );
  });

  test('reads any posted fields without throwing', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => void readDeclarationForm(fields)));
    fc.assert(fc.property(fc.jsonValue(), (content) => void fieldsOf(formOf(content))));
  });

  test('leaves blank rows out, and takes away the row that the page numbered', () => {
    const fields = {
      '/indicators/0/name': '',
      '/indicators/0/kind': 'performance',
      '/indicators/1/name': '噪声',
      '/indicators/2/name': '能效',
    };
    expect(readForm(fields).indicators.map(({ name }) => name)).toEqual(['噪声', '能效']);
    const removed = changeRows(readForm(fields), fields, 'remove-indicators-1');
    expect(removed?.form.indicators.map(({ name }) => name)).toEqual(['能效']);
    expect(changeRows(readForm(fields), fields, 'add-indicators')).toMatchObject({ list: 'indicators', added: true });
    expect(changeRows(readForm(fields), fields, 'publish')).toBeNull();
  });
});

describe('faults of a form', () => {
  const messages = (content: unknown) => {
    const form = formOf(content);
    const shape = parseShape(DeclarationContent, contentOf(form));
    const named = shape.ok ? [] : shape.problem;
    return fieldMessages([...named, ...ruleFaults(form, '2026-11-22', named)], formLabels(zh), faultWords(zh), 'zh');
  };

  test('of an empty form name each missing field in the order of the page', () => {
    expect(messages({ subject: 'product' }).map(({ field }) => field)).toEqual([
      '/standard/number',
      '/standard/name',
      '/category',
      '/standard/effectiveOn',
      '/products/0/name',
      '/products/0/models',
      '/commitment',
    ]);
  });

  test('of the law and of the shape are told at once, each at its input', () => {
    const content = airPurifier({ number: 'Q/榕净 1' });
    const [first, ...rest] = content.indicators;
    const said = messages({
      ...content,
      category: '',
      indicators: [{ ...first, comparator: '~', value: '60', second: '55' }, ...rest],
    });
    expect(said.map(({ field }) => field)).toEqual(['/standard/number', '/category', '/indicators/0/second']);
    expect(said[2]?.message).toBe('第 1 行 上限或允差：请对调或改正两个值（应为：上限应大于下限）');
  });

  test('of one model stand at the box of lines and name the model', () => {
    const twice = fault(
      '/products/0/models/1',
      'declared.twice',
      'KJ1',
      text('不重复', 'once'),
      text('请删去', 'remove'),
    );
    expect(fieldMessages([twice], formLabels(zh), faultWords(zh), 'zh')).toEqual([
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
    const live = liveFaults(fields, formLabels(zh), faultWords(zh), 'zh');
    expect(live.get('/indicators/1/unit')).toContain('第 2 行 单位');
  });
});
