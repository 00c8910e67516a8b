import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: the same from `src/` (tests) and from the bundle in `dist/`. */
export const projectRoot = findUpwards(dirname(fileURLToPath(import.meta.url)));

export const migrationDirectory = join(projectRoot, 'migrations');

function findUpwards(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error('项目根目录未找到 / no package.json in any folder above the program');
  return findUpwards(parent);
}
