import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from './read-draw.ts';

/** The one file that the arguments name; undefined if help was asked for. Throws `UsageError`. */
export function readFileArgument(args: readonly string[]): string | undefined {
  const { values, positionals } = parseOrRefuse(args);
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('缺少文件 FILE / the file FILE is missing');
  if (more.length > 0) throw new UsageError(`多余的参数 / too many arguments: ${more.join(' ')}`);
  return resolve(file);
}

function parseOrRefuse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`选项有误 / wrong option: ${error.message.split('\n')[0]}`);
  }
}
