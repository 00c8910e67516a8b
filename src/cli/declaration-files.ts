import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { DeclarationContent } from '../domain/declarations/content.ts';
import type { Fault } from '../domain/fault.ts';
import type { GivenForAll, ReadDeclaration } from '../domain/imports/row.ts';
import type { Result } from '../domain/result.ts';
import { parseShape } from '../domain/shape.ts';
import { EncodingWatch } from '../formats/encoding.ts';
import type { Format } from '../formats/limits.ts';
import { readDeclarations } from '../formats/read-declarations.ts';
import { FileRefusal } from '../formats/refusal.ts';
import { sniff } from '../formats/sniff.ts';
import { describeFault, UsageError } from './command.ts';

/** One declaration of a file, with the place of whatever is found in it. */
export interface FileDeclaration {
  readonly at: string;
  readonly content: Result<DeclarationContent, readonly Fault[]>;
  readonly statement: ReadDeclaration['statement'];
  readonly remarks: readonly Remark[];
  readonly place: (fault: Fault) => string;
}

/** What the reader of a table remarks; a `note` stands in nobody's way. */
export interface Remark extends Omit<Fault, 'severity'> {
  readonly severity: NonNullable<Fault['severity']> | 'note';
}

const FORMATS: Readonly<Record<string, Format>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.xlsx': 'xlsx',
};

/** The declarations of a file by its name's end: .json holds one or an array, .jsonl one a line, .csv and .xlsx one a row. */
export async function* declarationsOf(file: string, given: GivenForAll): AsyncGenerator<FileDeclaration> {
  const format = FORMATS[extname(file).toLowerCase()];
  try {
    if (format) yield* rowsOf(file, format, given);
    else yield* jsonOf(file);
  } catch (error) {
    if (error instanceof FileRefusal) {
      const faults = error.faults.map((fault) => describeFault({ ...fault, at: `${file}:${fault.at}` }));
      throw new UsageError(`文件无法读取 / the file cannot be read: ${file}\n${faults.join('\n')}`);
    }
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || error instanceof UsageError) throw error;
    throw new UsageError(`无法读取文件 / cannot read the file: ${file} (${code})`);
  }
}

async function* rowsOf(file: string, format: Format, given: GivenForAll): AsyncGenerator<FileDeclaration> {
  const watch = new EncodingWatch();
  let first: Uint8Array | null = null;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    first ??= chunk;
    if (format === 'xlsx') break;
    watch.see(chunk);
  }
  const wrong = sniff(first ?? new Uint8Array(), format);
  if (wrong) throw wrong;
  const encoding = format === 'xlsx' ? 'utf-8' : watch.end();
  if (encoding instanceof FileRefusal) throw encoding;
  for await (const row of readDeclarations({ format, encoding, bytes: createReadStream(file) }, given)) {
    yield {
      at: `${file}:${row.row}`,
      content: row.content,
      statement: row.statement,
      remarks: row.remarks,
      place: (fault) => `${file}:${row.place(fault).at}`,
    };
  }
}

async function* jsonOf(file: string): AsyncGenerator<FileDeclaration> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`不是合法的 JSON / not JSON: ${file}: ${error.message}`);
  }
  const list = Array.isArray(value)
    ? value.map((one: unknown, i) => [`${file}#/${i}`, one] as const)
    : [[`${file}#`, value] as const];
  for (const [at, one] of list) {
    const content = parseShape(DeclarationContent, one);
    yield { at, content, statement: null, remarks: [], place: (fault) => `${at}${fault.at}` };
  }
}
