import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Fault } from '../domain/fault.ts';

/** Where a command writes; tests give their own. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** A command was called wrongly, or a file cannot be read: one line for the caller, exit code 2. */
export class UsageError extends Error {}

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

/** Node's own parser; what it refuses is a `UsageError`. */
export function parseOrRefuse<Given extends ParseArgsConfig>(given: Given): ReturnType<typeof parseArgs<Given>> {
  try {
    return parseArgs(given);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`选项有误 / wrong option: ${error.message.split('\n')[0]}`);
  }
}

/** The one directory that the arguments name; undefined if help was asked for. */
export function readDirectoryArgument(args: readonly string[]): string | undefined {
  return readOnlyArgument(args, '缺少目录 DIR / the directory DIR is missing');
}

/** The one file that the arguments name, as an absolute path; undefined if help was asked for. */
export function readFileArgument(args: readonly string[]): string | undefined {
  const file = readOnlyArgument(args, '缺少文件 FILE / the file FILE is missing');
  return file === undefined ? undefined : resolve(file);
}

function readOnlyArgument(args: readonly string[], missing: string): string | undefined {
  const { values, positionals } = parseOrRefuse({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return undefined;
  const [only, ...more] = positionals;
  if (only === undefined) throw new UsageError(missing);
  if (more.length > 0) throw new UsageError(`多余的参数 / too many arguments: ${more.join(' ')}`);
  return only;
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
