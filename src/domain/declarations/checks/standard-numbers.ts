import { fault, text } from '../../fault.ts';
import { parseStandardNumber } from '../../standards/number.ts';
import type { Found } from '../finding.ts';
import type { Check, Given } from './check.ts';

/** Numbers are numbered by the rules (标准化法 art. 24): the declared one, those it replaces, cites, adopts or shares. */
export const standardNumbers: Check = {
  severity: 'refuse',
  find: (given) => [...own(given), ...others(given)],
};

function own({ content: { standard }, number }: Given): readonly Found[] {
  if (number === null) {
    const parsed = parseStandardNumber(standard.number, '/standard/number');
    return parsed.ok ? [] : [{ ...parsed.problem, about: standard.number }];
  }
  if (number.level !== 'enterprise' || number.year !== null) return [];
  const expected = text(
    '企业标准编号：Q/企业代号 顺序号-年份，如 Q/ABCD 001-2026',
    'an enterprise standard number with its year: Q/ABCD 001-2026',
  );
  const remedy = text('请补上四位年份', 'add the year of four digits');
  return [
    {
      ...fault('/standard/number', 'standard-number.year', standard.number, expected, remedy),
      about: standard.number,
    },
  ];
}

function others({ content: { standard }, number }: Given): readonly Found[] {
  const typed: readonly (readonly [at: string, number: string | null | undefined])[] = [
    ...(standard.replaces ?? []).map((one, i) => [`/standard/replaces/${i}`, one] as const),
    ...(standard.references ?? []).map((one, i) => [`/standard/references/${i}`, one] as const),
    ...(standard.adopts ?? []).map((one, i) => [`/standard/adopts/${i}/number`, one.number] as const),
    ...(standard.jointWith ?? []).map((one, i) => [`/standard/jointWith/${i}/number`, one.number] as const),
  ];
  return typed.flatMap(([at, one]) => {
    if (!one) return [];
    const parsed = parseStandardNumber(one, at);
    if (!parsed.ok) return [{ ...parsed.problem, about: one }];
    const isOwn = parsed.value.compact === number?.compact;
    if (isOwn && at.startsWith('/standard/replaces')) return [replacesItself(at, one)];
    return isOwn && at.startsWith('/standard/jointWith') ? [sharedNumber(at, one)] : [];
  });
}

function replacesItself(at: string, found: string): Found {
  const expected = text('更早的标准编号', 'the number of an earlier edition');
  const remedy = text('请填写被代替的编号，没有则留空', 'give the number that is replaced, or leave it out');
  return { ...fault(at, 'standard-number.replaces-itself', found, expected, remedy), about: found };
}

/** 企业标准化促进办法 art. 13: each enterprise of a joint standard numbers and publishes it itself. */
function sharedNumber(at: string, found: string): Found {
  const expected = text('联合制定方各自的编号', 'a number of the other enterprise’s own');
  const remedy = text(
    '联合制定的标准由各企业分别编号、分别公开',
    'each enterprise of a joint standard numbers and declares it itself',
  );
  return { ...fault(at, 'standard-number.shared', found, expected, remedy), about: found };
}
