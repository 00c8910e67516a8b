import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPTIONAL_FILES, type PublishedFiles, REQUIRED_FILES } from '../domain/spot-checks/names.ts';
import { UsageError } from './command.ts';

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
