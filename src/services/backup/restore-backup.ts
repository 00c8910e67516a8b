import { copyInStatement, copyOutStatement, emptyTables, lockTables, nameOfTableInUse } from '../../store/catalogue.ts';
import { readTables, type Table, withoutGuards, writeSequence } from '../../store/catalogue.ts';
import { copyIn, copyOut } from '../../store/copy.ts';
import { appliedMigrations, migrate } from '../../store/migrate.ts';
import { ownerTransaction } from '../../store/owner.ts';
import { BackupEnd, BackupError, BackupHeader, BackupReader, TableDigest, TableHeader } from './backup-file.ts';
import { digestRows } from './write-backup.ts';

type Client = Parameters<typeof copyIn>[0];

export interface RestoreBackupOptions {
  /** The owner of a database that was never used. */
  readonly url: string;
  /** The folder of migrations, which are run first. */
  readonly migrations: string;
  /** The uncompressed bytes. */
  readonly source: AsyncIterable<Buffer>;
  readonly onTable?: (table: string) => void;
}

/**
 * Loads a backup in one transaction, then reads every table back and compares it, byte for byte, with what the backup says
 * of it. Whatever is wrong, nothing stays.
 */
export async function restoreBackup(options: RestoreBackupOptions): Promise<TableDigest[]> {
  await migrate(options.url, { directory: options.migrations });
  return ownerTransaction(options.url, 'write', async (client) => {
    const reader = new BackupReader(options.source);
    const header = await reader.readJson(BackupHeader);
    await requireSameMigrations(client, header);
    const tables = await readTables(client);
    requireSameTables(tables, header);
    await lockTables(client, tables);
    const digests: TableDigest[] = [];
    await withoutGuards(client, async () => {
      await requireUnused(client, tables);
      await emptyTables(client, tables);
      for (const table of tables) {
        options.onTable?.(table.name);
        digests.push(await loadTable(client, reader, table));
      }
    });
    const end = await reader.readJson(BackupEnd);
    await reader.requireEnd();
    if (JSON.stringify(end.tables) !== JSON.stringify(digests)) {
      throw new BackupError('文件前后不一致 / the summary of the backup differs from its tables');
    }
    for (const sequence of end.sequences) await writeSequence(client, sequence);
    return digests;
  });
}

async function requireSameMigrations(client: Client, header: BackupHeader): Promise<void> {
  const applied = await appliedMigrations(client);
  const list = (migrations: BackupHeader['migrations']) =>
    migrations.map(({ version, sha256 }) => `${version} ${sha256}`).join();
  if (list(applied) === list(header.migrations)) return;
  const [ours, theirs] = [applied.at(-1)?.version ?? 0, header.migrations.at(-1)?.version ?? 0];
  throw new BackupError(
    `备份与数据库的版本不同（备份 ${theirs}，数据库 ${ours}）/ the backup was made at migration ${theirs}, the database stands at ${ours}: ` +
      `restore it with the release that made it, then upgrade`,
  );
}

function requireSameTables(tables: readonly Table[], { tables: names }: BackupHeader): void {
  const missing = tables.map(({ name }) => name).filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !tables.some((table) => table.name === name));
  if (missing.length + unknown.length === 0 && names.length === tables.length) return;
  throw new BackupError(`表不相同 / the tables differ: ${[...missing, ...unknown].join(', ')}`);
}

async function requireUnused(client: Client, tables: readonly Table[]): Promise<void> {
  const used = await nameOfTableInUse(client, tables);
  if (used === null) return;
  throw new BackupError(
    `数据库不是空的：${used} 已有数据，请恢复到新库 / the database is not empty: ${used} holds rows; restore into a new one`,
  );
}

async function loadTable(client: Client, reader: BackupReader, table: Table): Promise<TableDigest> {
  const { table: name, columns } = await reader.readJson(TableHeader);
  if (name !== table.name || [...columns].sort().join() !== [...table.columns].sort().join()) {
    throw new BackupError(`应为表 ${table.name} / expected the table ${table.name} and its columns, found ${name}`);
  }
  const rows = await copyIn(client, copyInStatement(name, columns), reader.readRows());
  const expected = await reader.readJson(TableDigest);
  // From the database, not from the file: this proves what was stored.
  const stored = await digestRows(name, copyOut(client, copyOutStatement({ ...table, columns })));
  if (expected.table === name && expected.rows === rows && expected.sha256 === stored.sha256) return stored;
  throw new BackupError(
    `表 ${name} 与备份所记不符 / the table ${name} differs from what the backup says: ` +
      `${rows} rows, ${expected.rows} expected; sha256 ${stored.sha256}, ${expected.sha256} expected`,
  );
}
