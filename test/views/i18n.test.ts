import { expect, test } from 'vitest';
import { REFUSAL_CODES } from '../../src/services/refusal.ts';
import { en } from '../../src/views/i18n/en.ts';
import { zh } from '../../src/views/i18n/zh.ts';

/** The name of the other language is written in that language. */
const IN_ITS_OWN_LANGUAGE = ['site.otherLanguage'];

test('every sentence has both languages, and none is empty', () => {
  expect([...leaves(en).keys()].sort()).toEqual([...leaves(zh).keys()].sort());
  const empty = [...leaves(zh), ...leaves(en)].filter(([, said]) => said === '').map(([key]) => key);
  expect(empty).toEqual(['form.rowEnd']);
});

test('Chinese sentences are Chinese and English ones are not', () => {
  const inEnglish = [...leaves(en)].filter(([, said]) => /[\u3400-\u9fff]/u.test(said)).map(([key]) => key);
  expect(inEnglish).toEqual(IN_ITS_OWN_LANGUAGE);
  const notChinese = [...leaves(zh)].filter(([, said]) => /^[A-Za-z][a-z ]{6,}$/u.test(said)).map(([key]) => key);
  expect(notChinese).toEqual(IN_ITS_OWN_LANGUAGE);
});

test('every code of a refusal is explained', () => {
  expect(REFUSAL_CODES.filter((code) => !(code in zh.problems.codes))).toEqual([]);
});

/** Sentences by their key; a function is called with words that no sentence holds. */
function leaves(value: unknown, path: readonly string[] = []): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[path.join('.'), value]]);
  if (typeof value === 'function') return new Map([[path.join('.'), String(value('7', '7', '7'))]]);
  return new Map(Object.entries(value as object).flatMap(([key, one]) => [...leaves(one, [...path, key])]));
}
