import { createHash } from 'node:crypto';
import { copyOutStatement, readSequences, readTables, type Table } from '../../store/catalogue.ts';
import { copyOut } from '../../store/copy.ts';
import { appliedMigrations, readServerVersion } from '../../store/migrate.ts';
import { isRefusedByDatabase } from '../../store/errors.ts';
import { ownerTransaction } from '../../store/owner.ts';
import { type BackupEnd, BackupError, type BackupHeader, END_OF_ROWS, FORMAT, FORMAT_VERSION } from './backup-file.ts';
import type { TableDigest, TableHeader } from './backup-file.ts';

export interface WriteBackupOptions {
  /** The owner of the tables, whom no row-level security hides rows from. */
  readonly url: string;
  readonly madeAt: Date;
  /** Takes the bytes, and resolves when it wants more. */
  readonly write: (bytes: Buffer | string) => Promise<void>;
  /** `share` of the work that is done, 0 to 1, by the size of the tables. */
  readonly onProgress?: (share: number, table: string) => void;
}

/** Writes all tables as they are at one moment, while the service goes on; returns what it wrote of each. */
export function writeBackup(options: WriteBackupOptions): Promise<TableDigest[]> {
  return ownerTransaction(options.url, 'read', async (client) => {
    const migrations = await appliedMigrations(client);
    if (migrations.length === 0)
      throw new BackupError('数据库尚未建立 / the database was never migrated: nothing to back up');
    const tables = await readTables(client);
    const writeJson = (value: BackupHeader | TableHeader | TableDigest | BackupEnd) =>
      options.write(`${JSON.stringify(value)}\n`);
    await writeJson({
      format: FORMAT,
      version: FORMAT_VERSION,
      madeAt: options.madeAt.toISOString(),
      server: await readServerVersion(client),
      migrations: migrations.map(({ version, name, sha256 }) => ({ version, name, sha256 })),
      tables: tables.map(({ name }) => name),
    });
    const progress = progressOf(tables, options);
    const digests: TableDigest[] = [];
    for (const table of tables) {
      await writeJson({ table: table.name, columns: [...table.columns] });
      const chunks = allRows(copyOut(client, copyOutStatement(table)));
      const digest = await digestRows(table.name, chunks, (chunk) => {
        progress(table, chunk.length);
        return options.write(chunk);
      });
      await options.write(END_OF_ROWS);
      await writeJson(digest);
      digests.push(digest);
    }
    // After the rows: a sequence may run ahead of them, never behind.
    await writeJson({ end: true, tables: digests, sequences: await readSequences(client) });
    return digests;
  });
}

/** Refused by PostgreSQL when a policy would hide rows from this user. */
async function* allRows(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* rows;
  } catch (error) {
    if (!isRefusedByDatabase(error)) throw error;
    throw new BackupError(
      `行级安全会隐藏部分数据：请在 MIGRATION_DATABASE_URL 中使用超级用户或有 BYPASSRLS 的用户 / row-level security would hide rows: ` +
        `name a superuser, or a user with BYPASSRLS, in MIGRATION_DATABASE_URL`,
    );
  }
}

/** Number and hash of rows in COPY's text, where a line is a row; each chunk is handed on before the next is read. */
export async function digestRows(
  table: string,
  chunks: AsyncIterable<Buffer>,
  pass: (chunk: Buffer) => Promise<void> | void = () => {},
): Promise<TableDigest> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
    await pass(chunk);
  }
  return { table, rows, sha256: hash.digest('hex') };
}

function progressOf(tables: readonly Table[], { onProgress }: WriteBackupOptions) {
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 1);
  let before = 0;
  let current = tables[0];
  let inTable = 0;
  return (table: Table, bytes: number) => {
    if (table !== current) before += current?.bytes ?? 0;
    inTable = table === current ? inTable + bytes : bytes;
    current = table;
    onProgress?.((before + Math.min(inTable, table.bytes)) / total, table.name);
  };
}
