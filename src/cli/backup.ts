import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readConfiguration } from '../config.ts';
import { openRuntime } from '../runtime.ts';
import { BackupError } from '../services/backup/backup-file.ts';
import { writeBackup } from '../services/backup/write-backup.ts';
import { type Io, orUsage, readFileArgument, UsageError } from './command.ts';
import { progressBar } from './progress.ts';

export const help = `用法：lingpao backup FILE
把登记库的全部数据按同一时刻写入新文件 FILE（gzip），服务不必停止。含个人信息，请妥善保管。
退出码：0 完成；1 未完成，不留文件；2 用法有误。

Usage: lingpao backup FILE
Writes all data of the register, as of one moment, to the new file FILE (gzip) while the service runs.
It holds personal data: keep it safe. Exit code: 0 done; 1 not done, no file is left; 2 wrong usage.
`;

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const file = readFileArgument(args);
    if (file === undefined) {
      io.stdout(help);
      return 0;
    }
    if (existsSync(file)) throw new UsageError(`文件已存在 / the file exists already: ${file}`);
    return backUp(file, io);
  });
}

/** Under another name until it is whole: whoever finds FILE finds a complete backup. */
async function backUp(file: string, io: Io): Promise<number> {
  const part = `${file}.part`;
  const progress = progressBar();
  const runtime = await openRuntime(readConfiguration(process.env), process.stderr);
  try {
    const digests = await writeCompressed(part, runtime.migrationUrl, progress.show);
    renameSync(part, file);
    progress.clear();
    const rows = digests.reduce((sum, digest) => sum + digest.rows, 0);
    io.stderr(`已备份 ${digests.length} 张表 ${rows} 行 / backed up ${digests.length} tables, ${rows} rows: ${file}\n`);
    return 0;
  } catch (error) {
    progress.clear();
    rmSync(part, { force: true });
    if (!(error instanceof BackupError)) throw error;
    io.stderr(`${error.message}\n`);
    return 1;
  } finally {
    await runtime.close();
  }
}

async function writeCompressed(part: string, url: string, onProgress: (share: number, table: string) => void) {
  const gzip = createGzip();
  const stored = pipeline(gzip, createWriteStream(part, { mode: 0o600, flush: true }));
  stored.catch(() => {}); // is awaited with each write and at the end
  const write = (bytes: Buffer | string) => {
    const taken = new Promise<void>((resolve, reject) =>
      gzip.write(bytes, (error) => (error ? reject(error) : resolve())),
    );
    return Promise.race([taken, stored]); // a full disk ends `stored`, and then nobody takes the bytes any more
  };
  try {
    const digests = await writeBackup({ url, madeAt: new Date(), write, onProgress });
    gzip.end();
    await stored;
    return digests;
  } finally {
    gzip.destroy();
  }
}
