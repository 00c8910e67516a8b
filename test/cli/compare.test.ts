import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { help, run } from '../../src/cli/compare.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { writeDocument } from '../../src/domain/declarations/document.ts';
import type { ListEntry } from '../../src/domain/rankings/entry.ts';
import type { ListHead } from '../../src/domain/rankings/list.ts';
import { declared, document, indicator, scheme } from '../domain/comparisons/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'lingpao-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const three = scheme([
  indicator('a'),
  indicator('b'),
  indicator('c', { direction: 'lower', unit: 'dB(A)', levels: [{ advanced: '50', average: '60' }] }),
]);
const schemeText = JSON.stringify(three);
const schemeFile = file('scheme.json', schemeText);
const documents = ['95', '70', '40'].map((value, i) =>
  document([declared('a', '≥', value), declared('b', '≥', '95'), declared('c', '≤', '49', { unit: 'dB(A)' })], {
    id: `d${i}`,
    code: `B${9 - i}`,
  }),
);
const lines = documents.map((one) => writeDocument(one).text);

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Result {
  readonly head: ListHead;
  readonly entries: readonly ListEntry[];
  readonly excluded: readonly ListEntry[];
}

async function compare(...args: string[]) {
  let [out, err] = ['', ''];
  const status = await run(args, { stdout: (text) => void (out += text), stderr: (text) => void (err += text) });
  return { status, out, err, list: () => JSON.parse(out) as Result };
}

describe('lingpao compare', () => {
  it('writes one result whatever the order of the lines, which names the inputs in their neutral order', async () => {
    const [there, back] = [lines, [...lines].reverse()].map((some, i) =>
      file(`inputs-${i}.jsonl`, some.map((line) => `${line}\n`).join('')),
    );
    const first = await compare('--scheme', schemeFile, '--declarations', there ?? '');
    const second = await compare('--scheme', schemeFile, '--declarations', back ?? '');
    expect([first.status, second.out]).toEqual([0, first.out]);
    expect(first.list().head.inputs).toEqual({
      count: 3,
      sha256: sha256Hex(
        [...lines]
          .reverse()
          .map((line) => `${sha256Hex(line)}\n`)
          .join(''),
      ),
    });
    expect(first.list().head.scheme.sha256).toBe(sha256Hex(schemeText));
    expect(first.list().entries.map(({ declaration, grade }) => [declaration, grade])).toEqual([
      ['d0', 1],
      ['d1', 2],
    ]);
  });
  it('reads a table, with units in its header, and tells the reason for every row left out', async () => {
    const csv = file(
      'table.csv',
      [
        'credit_code,enterprise,number,product,model,indicator:a [%],indicator:b [%],indicator:c [dB(A)],parameter:功率 [kW]',
        '91110000710925462X,甲,Q/A 1-2026,泵,M1,≥ 95,≥ 0.95 1,≤ 49,5',
        '91440300192317458F,乙,Q/B 1-2026,泵,M2,≥ 95,≥ 95,,5',
        '914403001922038216,丙,Q/C 1-2026,泵,M3,60～80,95±1,61,',
      ].join('\n'),
    );
    const { status, list } = await compare('--scheme', schemeFile, '--declarations', csv);
    expect(status).toBe(0);
    expect(list().entries).toMatchObject([{ grade: 1, indicators: [{ value: '95' }, { value: '95' }, {}] }]);
    expect(list().excluded.map(({ number, excluded }) => [number, excluded?.reason, excluded?.about])).toEqual([
      ['Q/C 1-2026', 'core-below-baseline', ['c']],
      ['Q/B 1-2026', 'core-not-comparable', ['c']],
    ]);
  });
  it('tells of each row that it cannot read where it stands, and exits 1 with the list of the rest', async () => {
    const csv = file(
      'wrong.csv',
      [
        'credit_code,enterprise,number,product,model,indicator:a [%]',
        '914403001922038217,甲,Q/A 1-2026,泵,M1,95',
        '91440300192317458F,乙,Q/榕 1,泵,M2,95',
        '91110000710925462X,丙,Q/C 1-2026,泵,M3,95',
      ].join('\n'),
    );
    const { status, err, list } = await compare('--scheme', schemeFile, '--declarations', csv);
    expect(status).toBe(1);
    expect(err).toContain('wrong.csv:2 credit_code');
    expect(err).toContain('wrong.csv:3 /standard/number');
    expect(list().head.inputs.count).toBe(1);
  });
  it('refuses a line that is no declaration document, by its place', async () => {
    const input = file('broken.jsonl', `${lines[0]}\n{"v":1}\nnot json\n`);
    const { status, err } = await compare('--scheme', schemeFile, '--declarations', input);
    expect(status).toBe(1);
    expect(err).toContain('broken.jsonl:2/content');
    expect(err).toContain('broken.jsonl:3');
  });
  it.each([
    ['no scheme', [], '--scheme'],
    ['no declarations', ['--scheme', schemeFile], '--declarations'],
    ['a missing file', ['--scheme', join(folder, 'none.json'), '--declarations', schemeFile], 'ENOENT'],
    ['a scheme that is not JSON', ['--scheme', file('bad.json', '{'), '--declarations', schemeFile], 'JSON'],
    [
      'a scheme with a wrong threshold',
      ['--scheme', file('rule.json', schemeText.replace('"90"', '"10"')), '--declarations', schemeFile],
      '/indicators/0/levels/0',
    ],
    [
      'an unknown column',
      [
        '--scheme',
        schemeFile,
        '--declarations',
        file('column.csv', 'credit_code,enterprise,number,product,model,noise\na,b,c,d,e,f'),
      ],
      'noise',
    ],
    ['an unknown option', ['--fast'], '--fast'],
  ])('exits 2 with one clear line: %s', async (_, args, names) => {
    const { status, out, err } = await compare(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(names);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
  it('explains itself', async () => expect(await compare('--help')).toMatchObject({ status: 0, out: help }));
});
