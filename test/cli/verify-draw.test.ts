import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { help, run } from '../../src/cli/verify-draw.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { runCommand } from '../domain/spot-checks/run-command.ts';
import { readVector, textOf, VECTORS, vectorDirectory } from '../domain/spot-checks/vectors.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lingpao-verify-'));
});
afterAll(() => rm(home, { recursive: true }));

describe('verify-draw', () => {
  it.each(VECTORS)('accepts %s, one line for each check', async (vector) => {
    const { code, stdout, stderr } = await runCommand(run, [vectorDirectory(vector)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').every((line) => line === '' || /^[✓?] .+ \/ .+$|^通过 \d+，不通过 0，/.test(line))).toBe(
      true,
    );
  });

  it('says where a changed result differs, what stands there, what should, and what to do', async () => {
    const result = textOf(readVector('v1-dice'), 'result.tsv').replace('insp-05\tinsp-01', 'insp-01\tinsp-05');
    const { code, stdout } = await runCommand(run, [await changed('result', 'result.tsv', result)]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        '✗ result.tsv 与重算结果逐字节一致 / result.tsv equals the redraw byte for byte',
        '    位置 where: result.tsv:2',
        '    发现 found: "fuzhou\\t2\\t91350100M00000011X.Q000012\\tinsp-01\\tinsp-05"',
        '    应为 expected: "fuzhou\\t2\\t91350100M00000011X.Q000012\\tinsp-05\\tinsp-01"',
        '    改法 mend: ',
      ].join('\n'),
    );
  });

  it('names file and line of a frame out of order', async () => {
    const lines = textOf(readVector('v1-dice'), 'frame.tsv').split('\n');
    const frame = lines.toSpliced(4, 2, lines[5] ?? '', lines[4] ?? '').join('\n');
    const { code, stdout } = await runCommand(run, [await changed('order', 'frame.tsv', frame)]);
    expect(code).toBe(1);
    expect(stdout).toContain('    位置 where: frame.tsv:6\n');
  });

  it('explains itself', async () => {
    expect(await runCommand(run, ['--help'])).toEqual({ code: 0, stdout: help, stderr: '' });
  });

  it.each<[claim: string, args: string[], message: string]>([
    ['no directory', [], '缺少目录 DIR'],
    ['an unknown option', ['--trust'], '选项有误'],
    ['a directory without files', [tmpdir()], '无法读取文件'],
  ])('says in one line what is wrong with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCommand(run, args);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 2, stdout: '', lines: 2 });
    expect(stderr).toContain(message);
  });

  it('verifies a national draw: 500,000 objects, 310 strata, 25,110 picks, 3,100 inspectors', async () => {
    const directory = join(home, 'national');
    await cp(vectorDirectory('v1-dice'), directory, { recursive: true });
    await rm(join(directory, 'result.tsv'));
    const name = (i: number): string => `s${String(i).padStart(3, '0')}`;
    const frame = Array.from({ length: 500_000 }, (_, i) => `${name(Math.floor(i / 1613))}\t1\t${1e8 + i}\n`).join('');
    const roster = Array.from({ length: 3100 }, (_, i) => `i${1e4 + i}\t${name(i % 310)}\n`).join('');
    const plan = `${JSON.stringify({
      ...JSON.parse(textOf(readVector('v1-dice'), 'plan.json')),
      frame: sha256Hex(frame),
      roster: sha256Hex(roster),
      frameCount: 500_000,
      take: Object.fromEntries(Array.from({ length: 310 }, (_, i) => [name(i), 81])),
    })}\n`;
    const seed = textOf(readVector('v1-dice'), 'seed.txt').replace(/^plan .*$/m, `plan ${sha256Hex(plan)}`);
    for (const [file, content] of Object.entries({
      'frame.tsv': frame,
      'roster.tsv': roster,
      'plan.json': plan,
      'seed.txt': seed,
    })) {
      await writeFile(join(directory, file), content);
    }
    const { code, stdout } = await runCommand(run, [directory]);
    expect(code).toBe(0);
    expect(stdout).toContain('各层抽取数与抽样框');
  }, 60_000);
});

async function changed(copy: string, file: string, content: string): Promise<string> {
  const directory = join(home, copy);
  await cp(vectorDirectory('v1-dice'), directory, { recursive: true });
  await writeFile(join(directory, file), content);
  return directory;
}
