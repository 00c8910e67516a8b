import { createReadStream, existsSync, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { readConfiguration } from '../config.ts';
import { migrationDirectory } from '../project-root.ts';
import { openRuntime } from '../runtime.ts';
import { BackupError } from '../services/backup/backup-file.ts';
import { restoreBackup } from '../services/backup/restore-backup.ts';
import { type Io, orUsage, readFileArgument, UsageError } from './command.ts';
import { progressBar } from './progress.ts';

export const help = `用法：lingpao restore FILE
把 lingpao backup 写的文件装入从未使用过的数据库；逐表核对行数与散列，任何不符则什么也不留下。
退出码：0 完成；1 未恢复；2 用法有误。

Usage: lingpao restore FILE
Loads a file written by lingpao backup into a database that was never used; compares every table's number of rows and hash,
and leaves nothing if anything differs. Exit code: 0 done; 1 not restored; 2 wrong usage.
`;

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const file = readFileArgument(args);
    if (file === undefined) {
      io.stdout(help);
      return 0;
    }
    if (!existsSync(file)) throw new UsageError(`没有这个文件 / there is no such file: ${file}`);
    return restore(file, io);
  });
}

async function restore(file: string, io: Io): Promise<number> {
  const progress = progressBar();
  const total = statSync(file).size;
  let read = 0;
  const runtime = await openRuntime(readConfiguration(process.env), process.stderr);
  try {
    const digests = await restoreBackup({
      url: runtime.migrationUrl,
      migrations: migrationDirectory,
      source: uncompress(file, (bytes) => (read += bytes)),
      onTable: (table) => progress.show(read / total, table),
    });
    progress.clear();
    const rows = digests.reduce((sum, digest) => sum + digest.rows, 0);
    io.stderr(
      `已恢复并核对 ${digests.length} 张表 ${rows} 行 / restored and compared ${digests.length} tables, ${rows} rows\n`,
    );
    return 0;
  } catch (error) {
    progress.clear();
    if (!(error instanceof BackupError)) throw error;
    io.stderr(`未恢复，数据库未变 / not restored, the database is unchanged: ${error.message}\n`);
    return 1;
  } finally {
    await runtime.close();
  }
}

/** Opens the file when the first byte is wanted: an error before anybody listens would end the process. */
async function* uncompress(file: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const compressed = createReadStream(file);
  compressed.on('data', (chunk) => onRead(chunk.length)).on('error', (error) => gunzip.destroy(error));
  try {
    yield* compressed.pipe(gunzip) as AsyncIterable<Buffer>;
  } finally {
    compressed.destroy();
  }
}
