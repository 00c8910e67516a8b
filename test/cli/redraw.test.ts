import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { help, run } from '../../src/cli/redraw.ts';
import { readVector, textOf, VECTORS, vectorDirectory } from '../domain/spot-checks/vectors.ts';
import { runCommand } from '../domain/spot-checks/run-command.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lingpao-redraw-'));
});
afterAll(() => rm(home, { recursive: true }));

describe('redraw', () => {
  it.each(VECTORS)('prints the result of %s to the byte', async (vector) => {
    const { code, stdout, stderr } = await runCommand(run, [vectorDirectory(vector)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(textOf(readVector(vector), 'result.tsv'));
  });

  it('refuses a malformed file, says where on stderr and prints no result', async () => {
    const directory = join(home, 'malformed');
    await cp(vectorDirectory('v1-dice'), directory, { recursive: true });
    await writeFile(join(directory, 'roster.tsv'), 'insp-02\t*\ninsp-01\t*\n');
    const { code, stdout, stderr } = await runCommand(run, [directory]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('位置 where: roster.tsv:2');
  });

  it('refuses a frame that is not the one of the plan', async () => {
    const directory = join(home, 'foreign');
    await cp(vectorDirectory('v1-dice'), directory, { recursive: true });
    await writeFile(join(directory, 'frame.tsv'), 'fuzhou\t1\tfriend\n');
    const { code, stdout, stderr } = await runCommand(run, [directory]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('位置 where: frame.tsv\n');
  });

  it.each([['--help'], ['-h'], ['--help', 'DIR']])('explains itself: %s', async (...args) => {
    expect(await runCommand(run, args)).toEqual({ code: 0, stdout: help, stderr: '' });
  });

  it.each<[claim: string, args: string[], message: string]>([
    ['no directory', [], '缺少目录 DIR'],
    ['two directories', ['a', 'b'], '多余的参数'],
    ['an unknown option', ['--fast', 'a'], '选项有误'],
    ['a directory that is not there', ['/nowhere'], '无法读取文件'],
    ['a file as directory', [join(vectorDirectory('v1-dice'), 'plan.json')], '无法读取文件'],
  ])('says in one line what is wrong with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCommand(run, args);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 2, stdout: '', lines: 2 });
    expect(stderr).toContain(message);
  });
});
