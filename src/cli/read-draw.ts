import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault } from '../domain/fault.ts';
import { OPTIONAL_FILES, type PublishedFiles, REQUIRED_FILES } from '../domain/spot-checks/names.ts';

export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** A command was called wrongly, or a file cannot be read: one line for the caller, exit code 2. */
export class UsageError extends Error {}

/** The directory that the arguments name; undefined if help was asked for. Throws `UsageError`. */
export function readDirectoryArgument(args: readonly string[]): string | undefined {
  const { values, positionals } = parseOrRefuse(args);
  if (values.help) return undefined;
  const [directory, ...more] = positionals;
  if (directory === undefined) throw new UsageError('缺少目录 DIR / the directory DIR is missing');
  if (more.length > 0) throw new UsageError(`多余的参数 / too many arguments: ${more.join(' ')}`);
  return directory;
}

/** Reads a draw's files by name. Throws `UsageError` on a required file that is missing and on any that is unreadable. */
export async function readDraw(directory: string): Promise<PublishedFiles> {
  const files = new Map<string, Uint8Array>();
  for (const name of [...REQUIRED_FILES, ...OPTIONAL_FILES]) {
    const isOptional = (OPTIONAL_FILES as readonly string[]).includes(name);
    const path = join(directory, name);
    try {
      files.set(name, await readFile(path));
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (isOptional && code === 'ENOENT') continue;
      throw new UsageError(`无法读取文件 / cannot read the file: ${path} (${code})`);
    }
  }
  return files;
}

/** Where, found, expected, how to mend: one indented line each. */
export function describeFault({ at, found, expected, remedy }: Fault): string {
  return [
    `    位置 where: ${at}`,
    `    发现 found: ${found === null ? '无 / nothing' : JSON.stringify(found)}`,
    `    应为 expected: ${expected.zh === expected.en ? JSON.stringify(expected.zh) : `${expected.zh} / ${expected.en}`}`,
    `    改法 mend: ${remedy.zh} / ${remedy.en}`,
    '',
  ].join('\n');
}

/** Runs a command's body; a `UsageError` becomes one line on stderr and exit code 2. */
export async function orUsage(io: Io, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr(`${error.message}\n`);
    return 2;
  }
}

function parseOrRefuse(args: readonly string[]): { values: { help?: boolean }; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`选项有误 / wrong option: ${error.message.split('\n')[0]}`);
  }
}
