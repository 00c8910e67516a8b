import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { HOSTILE_WORKBOOKS } from './hostile-files.ts';
import { sheetCsv, sheetRow } from '../support/sheets.ts';

const run = promisify(execFile);

/** Above the process at rest. */
const MOST_MEGABYTES = 150;
const MOST_SECONDS = 30;
/** Both generations of the heap: without the second, the young one grows as fast as a good machine fills it. */
const SMALL_HEAP = ['--max-old-space-size=48', '--max-semi-space-size=8'];

describe('a hostile file, read in a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lingpao-hostile-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function read(
    content: Buffer | string,
    format: 'xlsx' | 'csv' | 'jsonl',
    repeat = 1,
    flags: readonly string[] = [],
  ) {
    const file = join(folder, `file.${format}`);
    writeFileSync(file, content);
    const child = join(projectRoot, 'test', 'formats', 'hostile-child.ts');
    const { stdout } = await run(process.execPath, [...flags, child, file, format, String(repeat)], {
      timeout: 60_000,
    });
    const found = JSON.parse(stdout) as { ended: string; rows: number; megabytes: number; ms: number };
    if (process.env['HOSTILE_LOG']) process.stderr.write(`${JSON.stringify(found)}\n`);
    expect(found.megabytes).toBeLessThan(MOST_MEGABYTES);
    expect(found.ms).toBeLessThan(MOST_SECONDS * 1000);
    return found;
  }

  it.each(Object.keys(HOSTILE_WORKBOOKS))(
    'with %s is refused, within its memory',
    async (name) => {
      const [make, code] = HOSTILE_WORKBOOKS[name] ?? [];
      const { ended } = await read((await make?.()) ?? '', 'xlsx');
      expect(ended).toMatch(new RegExp(`^(${code})`, 'u'));
    },
    60_000,
  );

  const cell = 'x'.repeat(1024 * 1024);
  it.each([
    ['one cell of 200 MB', `a\n"${cell.slice(3)}`, 'csv', 190, 'column.unknown|file.record'],
    ['a line of 200 MB', cell, 'jsonl', 190, 'file.record'],
    ['a million columns', `${','.repeat(1_000_000)}\n`, 'csv', 1, 'file.columns'],
    ['no end of empty lines', '\n'.repeat(1024 * 1024), 'csv', 100, 'file.lines'],
    ['no end of short lines', 'a\n'.repeat(1024), 'csv', 1000, 'column.unknown'],
  ] as const)(
    'with %s is refused, within its memory',
    async (_, content, format, repeat, code) => {
      const { ended } = await read(content, format, repeat);
      expect(ended).toMatch(new RegExp(`^(${code})$`, 'u'));
    },
    60_000,
  );

  it('of 100,000 sound rows needs no more heap than one of a few', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => sheetRow(`Q/SOUND ${i}-2026`));
    const { ended, rows: count } = await read(sheetCsv(rows), 'csv', 1, SMALL_HEAP);
    expect([ended, count]).toEqual(['read', 100_000]);
  }, 60_000);
});
