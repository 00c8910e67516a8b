import { describe, expect, it } from 'vitest';
import type { GivenForAll } from '../../src/domain/imports/row.ts';
import { EncodingWatch } from '../../src/formats/encoding.ts';
import { readCsv } from '../../src/formats/read-csv.ts';
import { type ImportedRow, readDeclarations } from '../../src/formats/read-declarations.ts';
import { readJsonLines } from '../../src/formats/read-json-lines.ts';
import { FileRefusal } from '../../src/formats/refusal.ts';
import { airPurifier } from '../support/builders.ts';
import { bytesOf, sheetCsv, sheetRow } from '../support/sheets.ts';
import { vectorJson, vectorText } from '../support/vectors.ts';

const GIVEN: GivenForAll = { category: null, signer: null, capacity: null, day: '2026-11-22' };

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The code of the refusal that reading ends with. */
async function refusalOf(items: AsyncIterable<unknown>): Promise<string> {
  const error = await all(items).catch((one: unknown) => one);
  if (!(error instanceof FileRefusal)) throw new Error(`not refused: ${String(error)}`);
  const [fault] = error.faults;
  expect([fault?.expected.zh, fault?.expected.en, fault?.remedy.zh, fault?.remedy.en].every(Boolean)).toBe(true);
  return `${fault?.code} ${fault?.at}`.trim();
}

describe('CSV', () => {
  it.each([
    'comma_in_quotes',
    'empty',
    'empty_crlf',
    'escaped_quotes',
    'json',
    'location_coordinates',
    'newlines',
    'newlines_crlf',
    'quotes_and_newlines',
    'simple',
    'simple_crlf',
    'utf8',
  ])('of csv-spectrum is read as its authors mean it: %s', async (name) => {
    const rows = await all(readCsv(bytesOf(vectorText(`csv-spectrum/csvs/${name}.csv`))));
    const [head, ...body] = rows.map(({ cells }) => cells);
    const records = body.map((cells) => Object.fromEntries((head ?? []).map((title, i) => [title, cells[i] ?? ''])));
    // One of them is a single record without its list, and says another telephone number than its CSV.
    const said = vectorText(`csv-spectrum/json/${name}.json`).replace('1234567890', '2095257564');
    expect(records).toEqual([JSON.parse(said)].flat());
  });

  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ])('is told by its heading to be separated by %s, and counts empty lines', async (_, sign) => {
    const rows = await all(readCsv(bytesOf(`a${sign}"b,;\t"${sign}c\n\n1${sign}2${sign}3\n`)));
    expect(rows).toEqual([
      { row: 1, cells: ['a', 'b,;\t', 'c'] },
      { row: 3, cells: ['1', '2', '3'] },
    ]);
  });

  it('is the same cut at every byte', async () => {
    const bytes = Buffer.from(sheetCsv([sheetRow('Q/CUT 1-2026', { 产品名称: '净化器"𠮷"\r\n二' })]));
    const whole = await all(readCsv(bytesOf(bytes)));
    const single = await all(readCsv(bytesOf(...[...bytes].map((byte) => Uint8Array.of(byte)))));
    expect(single).toEqual(whole);
  });

  it.each([
    ['UTF-8', Buffer.from('编号,名称\n'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeff编号,名称\n'), 'utf-8'],
    ['GB 18030, as spreadsheet programs in China write', Buffer.from('b1e0bac52cc3fbb3c60a', 'hex'), 'gb18030'],
    ['UTF-16', Buffer.from('\ufeff编号,名称\n', 'utf16le'), 'utf-16le'],
  ])('in %s is found to be so, and read', async (_, bytes, encoding) => {
    const watch = new EncodingWatch();
    for (const byte of bytes) watch.see(Uint8Array.of(byte));
    expect(watch.end()).toBe(encoding);
    expect(await all(readCsv(bytesOf(bytes), encoding as 'utf-8'))).toEqual([{ row: 1, cells: ['编号', '名称'] }]);
  });

  it.each([
    ['a cell of 40,000 characters', `a\n${'x'.repeat(40_000)}\n`, 'file.cell 2'],
    ['301 columns', `a\n${','.repeat(300)}1\n`, 'file.columns 2'],
    ['a million columns', `a\n${','.repeat(1_000_000)}1\n`, 'file.columns 2'],
    ['a record of 2 MiB', `a\n"${'x,'.repeat(1024 * 1024)}"\n`, 'file.record 2'],
    ['a quote that never closes', `a\n"${'x\n'.repeat(1024 * 1024)}`, 'file.record 2'],
    ['a quote open at its end', 'a\n1\n"2\n', 'file.csv 3'],
  ])('with %s is refused, with the row', async (_, text, code) => {
    expect(await refusalOf(readCsv(bytesOf(text)))).toBe(code);
  });

  it('of more than 100,000 rows is refused', async () => {
    async function* rows() {
      for (let i = 0; i <= 1001; i++) yield Buffer.from('a\n'.repeat(100));
    }
    expect(await refusalOf(readCsv(rows()))).toBe('file.rows 100002');
  });
});

describe('JSON lines', () => {
  it('are read one by one; a line that is no JSON is a fault of its own', async () => {
    const rows = await all(readJsonLines(bytesOf('{"a":1}\n\n{"a":\r\n[2]')));
    expect(rows.map(({ row, value }) => [row, value.ok ? value.value : value.problem.code])).toEqual([
      [1, { a: 1 }],
      [3, 'json.form'],
      [4, [2]],
    ]);
  });

  it('of more than a mebibyte are refused', async () => {
    expect(await refusalOf(readJsonLines(bytesOf('{}\n', `"${'x'.repeat(1024 * 1024)}"`)))).toBe('file.record 2');
  });

  it.each([
    ['nesting of 100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 'body.too-deep'],
    ['a prototype', '{"__proto__":{"subject":"product"}}', 'field.missing'],
    ['half a surrogate pair', '{"subject":"\\ud800"}', 'text.unstorable'],
    ['a number', '7', 'field.invalid-type'],
  ])('with %s are refused in that line alone', async (_, line, code) => {
    const text = `${line}\n${JSON.stringify(airPurifier({ number: 'Q/J 1-2026' }))}\n`;
    const rows = await all(readDeclarations({ format: 'jsonl', encoding: 'utf-8', bytes: bytesOf(text) }, GIVEN));
    expect(rows.map(({ content }) => (content.ok ? 'ok' : content.problem[0]?.code))).toEqual([code, 'ok']);
  });
});

describe('485 naughty strings', () => {
  const strings = [...new Set(vectorJson<readonly string[]>('naughty/blns.json'))];
  const found = ({ content }: ImportedRow) =>
    content.ok ? content.value.products[0]?.name : content.problem.map(({ code, at }) => `${at} ${code}`);

  it('in the name of a product survive as they were typed, or are refused with a reason, in CSV and in JSON', async () => {
    expect(strings.length).toBeGreaterThanOrEqual(480);
    const sheet = sheetCsv(strings.map((name, i) => sheetRow(`Q/N ${i}-2026`, { 产品名称: name })));
    const fromCsv = await all(readDeclarations({ format: 'csv', encoding: 'utf-8', bytes: bytesOf(sheet) }, GIVEN));
    const lines = strings.map((name, i) =>
      JSON.stringify(airPurifier({ number: `Q/N ${i}-2026`, products: [{ name, models: ['M'] }] })),
    );
    const fromJson = await all(
      readDeclarations({ format: 'jsonl', encoding: 'utf-8', bytes: bytesOf(`${lines.join('\n')}\n`) }, GIVEN),
    );
    expect([fromCsv.length, fromJson.length]).toEqual([strings.length, strings.length]);
    for (const [i, typed] of strings.entries()) {
      const [csv, json] = [found(fromCsv[i] as ImportedRow), found(fromJson[i] as ImportedRow)];
      for (const name of [csv, json]) {
        if (typeof name === 'string') expect(name).toBe(typed.trim());
        else
          expect(
            name?.every((fault) => fault.startsWith('/products/0/name ')),
            `${typed}: ${name}`,
          ).toBe(true);
      }
      expect(typeof csv).toBe(typeof json);
    }
    const kept = fromCsv.filter(({ content }) => content.ok).length;
    expect(kept).toBeGreaterThan(450);
  });
});
