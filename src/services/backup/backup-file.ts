import { z } from 'zod';

/*
 * A backup is text, compressed by gzip: one line of JSON that says what it is; for each table one line of JSON, its rows as
 * PostgreSQL's COPY writes them, the line `\.`, and one line with their number and hash; at the end one line with the
 * sequences. A file without its last line was cut off. `gzip -dc FILE` shows it, and psql can load its parts.
 */

export const FORMAT = 'lingpao-backup';
export const FORMAT_VERSION = 1;
export const END_OF_ROWS = '\\.\n';

export const BackupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  madeAt: z.string(),
  server: z.string(),
  migrations: z.array(z.object({ version: z.number(), name: z.string(), sha256: z.string() })),
  tables: z.array(z.string()),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

export const TableHeader = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export type TableHeader = z.infer<typeof TableHeader>;

export const TableDigest = z.object({ table: z.string(), rows: z.number(), sha256: z.string() });
export type TableDigest = z.infer<typeof TableDigest>;

export const BackupEnd = z.object({
  end: z.literal(true),
  tables: z.array(TableDigest),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
});
export type BackupEnd = z.infer<typeof BackupEnd>;

/** A file that cannot be restored, or a database that it cannot be restored into; nothing was changed. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/** Reads lines and blocks of rows from the uncompressed bytes, holding one chunk at a time. */
export class BackupReader {
  readonly #source: AsyncIterator<Buffer>;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async readJson<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
    const line = await this.#readLine();
    const parsed = schema.safeParse(parseJson(line));
    if (parsed.success) return parsed.data;
    throw new BackupError(`不是完整的备份文件 / not a backup of this program: ${line.slice(0, 80)}`);
  }

  /** The rows up to the line `\.`, in chunks as they come. */
  async *readRows(): AsyncGenerator<Buffer> {
    await this.#need(END_OF_ROWS.length);
    if (this.#bytes.subarray(0, END_OF_ROWS.length).toString() === END_OF_ROWS) return this.#skip(END_OF_ROWS.length);
    const mark = `\n${END_OF_ROWS}`;
    for (;;) {
      const found = this.#bytes.indexOf(mark);
      if (found !== -1) {
        yield this.#take(found + 1);
        return this.#skip(END_OF_ROWS.length);
      }
      // The mark may be divided between two chunks.
      if (this.#bytes.length >= mark.length) yield this.#take(this.#bytes.length - (mark.length - 1));
      await this.#more();
    }
  }

  async requireEnd(): Promise<void> {
    const { done } = await this.#next();
    if (!done || this.#bytes.length > 0)
      throw new BackupError('文件末尾有多余内容 / something follows the end of the backup');
  }

  async #readLine(): Promise<string> {
    for (;;) {
      const end = this.#bytes.indexOf('\n');
      if (end !== -1) return this.#take(end + 1).toString();
      if (this.#bytes.length > 10_000_000)
        throw new BackupError('不是备份文件 / not a backup: a line of more than 10 MB');
      await this.#more();
    }
  }

  async #need(length: number): Promise<void> {
    while (this.#bytes.length < length) await this.#more();
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#next();
    if (done) throw new BackupError('文件不完整 / the file was cut off');
    this.#bytes = this.#bytes.length === 0 ? value : Buffer.concat([this.#bytes, value]);
  }

  async #next(): Promise<IteratorResult<Buffer, unknown>> {
    try {
      return await this.#source.next();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BackupError(`文件无法解压或读取 / the file cannot be read or uncompressed: ${why}`);
    }
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  #skip(length: number): void {
    this.#take(length);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
