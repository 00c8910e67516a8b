import { expect, test } from 'vitest';
import { DisputeFlag } from '../../src/views/objections/dispute-flag.tsx';
import { dueWords } from '../../src/views/objections/objection-parts.tsx';
import { renderDocument } from '../../src/views/render.ts';
import { frame } from './support.ts';

test('a row in dispute says so in words and leads to each objection; a row that is not says nothing', () => {
  const html = renderDocument(<DisputeFlag frame={frame('en')} numbers={['YY-2026-000001', 'YY-2026-000002']} />);
  expect(html).toContain('href="/en/objections/YY-2026-000002"');
  expect(html).toContain('in dispute YY-2026-000001');
  expect(DisputeFlag({ frame: frame(), numbers: [] })).toBeNull();
});

test('a clock says how many working days are left or lost, by which day, and whether that day is certain', () => {
  const due = { day: '2026-12-01', provisional: false };
  expect(dueWords(frame(), { due, left: 3 })).toBe('3 个工作日，截止 2026-12-01');
  expect(dueWords(frame(), { due, left: -2 })).toBe('逾期 2 个工作日，截止日为 2026-12-01');
  expect(dueWords(frame(), { due: { ...due, provisional: true }, left: 3 })).toContain('暂定，待国务院公布节假日安排');
});
