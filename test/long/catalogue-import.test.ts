import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { readRulePack } from '../../src/services/declarations/rule-pack.ts';
import { importCatalogue } from '../../src/services/standards/import-catalogue.ts';
import { searchStandards } from '../../src/services/standards/read-standards.ts';
import {
  contextAs,
  joinOrganisation,
  openTestRegister,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';

const STANDARDS = 270_000;
const WORDS = [
  '空气',
  '净化',
  '试验',
  '方法',
  '钢管',
  '食品',
  '通用',
  '要求',
  '电线',
  '电缆',
  '家用',
  '机械',
  '安全',
  '规范',
  '术语',
  '分类',
];

let register: TestRegister;
let coordinator: TestOrganisation;
beforeAll(async () => {
  register = await openTestRegister();
  coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
});
afterAll(() => register?.close());

/** As many standards as are in force in China at all levels; one in a hundred differs with another `edition`. */
function lines(edition: number): Buffer {
  const word = (i: number) => WORDS[i % WORDS.length] ?? '';
  return Buffer.from(
    Array.from({ length: STANDARDS }, (_, i) => {
      const prefix = ['GB', 'GB/T', 'QB/T', 'DB21/T', 'T/CNHA'][i % 5] ?? 'GB';
      const entry = {
        number: `${prefix} ${100 + Math.floor(i / 5)}-${1995 + (i % 30)}`,
        nameZh: `${word(i)}${word(i >> 3)}${word(i >> 6)}${word(i * 7)}${i % 100 === 0 ? `第${edition}号修改` : ''}`,
        nameEn: `Requirements and test methods for things of kind ${i % 997}`,
        mandatory: prefix === 'GB',
        effectiveOn: `${1996 + (i % 30)}-07-01`,
        ...(i % 3 === 0 ? { withdrawnOn: '2026-01-01' } : {}),
        ics: ['97.040.30'],
        ccs: ['Y68'],
      };
      return JSON.stringify(entry);
    }).join('\n'),
  );
}

/** Seconds that an act takes, and the longest time for which it let nobody else have a turn. */
async function timed<Answer>(act: () => Promise<Answer>) {
  const started = performance.now();
  let longestHoldMs = 0;
  let last = started;
  const ticking = setInterval(() => {
    longestHoldMs = Math.max(longestHoldMs, performance.now() - last);
    last = performance.now();
  }, 10);
  const answer = await act();
  clearInterval(ticking);
  return { answer, seconds: (performance.now() - started) / 1000, longestHoldMs };
}

// Measured on two cores, alone and beside other work: 39–44 s and 9–15 s, longest hold 0.4–0.9 s; a pack of 90,000 withdrawn
// standards 22 MB in 1.1 s; a search of two characters 0.2 s.
it('imports a national catalogue of 270,000 standards within two minutes, and the next one faster', {
  timeout: 400_000,
}, async () => {
  const send = (edition: number) => {
    const bytes = lines(edition);
    const given = { kind: 'standards', extent: 'whole', source: 'synthetic', format: 'json-lines' } as const;
    const file = { bytes, sha256: sha256Hex(`${edition}`) };
    return timed(() => importCatalogue(contextAs(register, coordinator.admin), given, file));
  };
  const first = await send(1);
  expect(first.answer).toMatchObject({ added: STANDARDS, changed: 0, removed: 0 });
  expect(first.seconds).toBeLessThan(120);
  const second = await send(2);
  expect(second.answer).toMatchObject({ added: 0, changed: STANDARDS / 100, removed: 0 });
  expect(second.seconds).toBeLessThan(first.seconds);
  expect(Math.max(first.longestHoldMs, second.longestHoldMs)).toBeLessThan(2000);
  const pack = await timed(() => readRulePack(register.database, null));
  expect(pack.answer.bytes.length).toBeGreaterThan(10_000_000);
  expect(pack.seconds).toBeLessThan(10);
  for (const query of ['空气', '空气净化', 'gb／t 1234', 'kind 12']) {
    const { answer, seconds } = await timed(() => searchStandards(register.database, { query, limit: 50 }));
    expect(answer.length, query).toBeGreaterThan(0);
    expect(seconds, query).toBeLessThan(2);
  }
});
