import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import yauzl, { type Entry } from 'yauzl';
import { type Text, text } from '../domain/fault.ts';
import { LIMITS } from './limits.ts';
import { FileRefusal, refuseFile, tooMany } from './refusal.ts';
import type { PackedPart } from './zip.ts';

const MOST_ENTRIES = 2_000;
const MOST_INFLATED = 200 * 1024 * 1024;
const MOST_RATIO = 100;
/** Below this size a part may be packed as tightly as it likes. */
const RATIO_FROM = 1024 * 1024;
const ENTRY_CHUNK = 64 * 1024;

/** The parts of a workbook behind the gate: none is opened before the directory was looked through. */
export interface XlsxPackage {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** A part as it is inflated, counted against the limit of the whole. */
  open(name: string): AsyncGenerator<Buffer>;
  /** A small part as text; refused above `most` bytes. */
  text(name: string, most?: number): Promise<string>;
  /** A part as it is packed, to be copied. */
  packed(name: string): Promise<PackedPart>;
}

/**
 * Opens a .xlsx as the zip file it is. Refused by its directory: too many or too large parts, bombs, encryption, links,
 * macros, embedded programs, external data. Sizes are counted again while inflating, because a directory may lie.
 */
export async function openXlsx(file: Buffer): Promise<XlsxPackage> {
  if (file.length > LIMITS.workbookBytes)
    throw tooMany('file.too-large', '', String(file.length), LIMITS.workbookBytes, text('字节', 'bytes'));
  const zip = await yauzl
    .fromBufferPromise(file, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true })
    .catch(damaged);
  const entries = new Map<string, Entry>();
  let declared = 0;
  try {
    if (zip.entryCount > MOST_ENTRIES)
      throw tooMany(
        'file.entries',
        '',
        String(zip.entryCount),
        MOST_ENTRIES,
        text('个压缩包条目', 'entries in the archive'),
      );
    for await (const entry of zip.eachEntry()) {
      refuseEntry(entry);
      if (entries.has(entry.fileName)) throw structure(entry.fileName);
      declared += entry.uncompressedSize;
      if (declared > MOST_INFLATED) throw bomb(entry.fileName, declared);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    return damaged(error);
  }
  for (const name of ['[Content_Types].xml', 'xl/workbook.xml']) if (!entries.has(name)) throw structure(name);
  let inflated = 0;
  async function* open(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) throw structure(name);
    const stream: Readable = await zip.openReadStreamPromise(entry).catch(damaged);
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        inflated += chunk.length;
        if (inflated > MOST_INFLATED * 2) throw bomb(name, inflated);
        for (let at = 0; at < chunk.length; at += ENTRY_CHUNK) yield chunk.subarray(at, at + ENTRY_CHUNK);
      }
    } catch (error) {
      damaged(error);
    } finally {
      stream.destroy();
    }
  }
  const opened: XlsxPackage = {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    open,
    async text(name, most = 4 * 1024 * 1024) {
      const size = entries.get(name)?.uncompressedSize ?? 0;
      if (size > most) throw tooMany('file.part', name, String(size), most, text('字节', 'bytes'));
      return (await buffer(open(name))).toString('utf8');
    },
    async packed(name) {
      const entry = entries.get(name);
      if (!entry) throw structure(name);
      const stream: Readable = await zip.openReadStreamPromise(entry, { decodeFileData: false }).catch(damaged);
      const { compressionMethod: method, crc32, uncompressedSize: size } = entry;
      return { name, method, crc32, size, packed: await buffer(stream) };
    },
  };
  await refuseRelations(opened);
  return opened;
}

function refuseEntry(entry: Entry): void {
  const name = entry.fileName;
  const low = name.toLowerCase();
  if (entry.isEncrypted())
    throw refuse(
      'file.encrypted',
      name,
      text('未加密的工作簿', 'a workbook without a password'),
      text('请取消密码后重新上传', 'remove the password and send it again'),
    );
  // The upper half of the attributes are those of Unix.
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000) throw structure(name);
  if (/vbaproject|\/macrosheets\/|\/activex\/|\/ctrlprops\//u.test(low))
    throw refuse(
      'file.macro',
      name,
      text('不含宏的 .xlsx', 'a .xlsx without macros'),
      text('请另存为不含宏的 .xlsx', 'save it as a .xlsx without macros'),
    );
  if (/\/embeddings\//u.test(low))
    throw refuse(
      'file.embedded',
      name,
      text('不含嵌入对象的工作簿', 'a workbook without embedded objects'),
      text('请删去嵌入的对象', 'remove the embedded objects'),
    );
  if (/\/externallinks\/|\/connections\.xml$|\/querytables\//u.test(low)) throw externalLink(name);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_FROM && ratio > MOST_RATIO) throw bomb(name, entry.uncompressedSize);
}

/** A macro may also be named by its type, and a link to the outside by a relation; hyperlinks that people click are left. */
async function refuseRelations(opened: XlsxPackage): Promise<void> {
  const types = await opened.text('[Content_Types].xml');
  if (/macroEnabled|vbaProject/iu.test(types))
    throw refuse(
      'file.macro',
      '[Content_Types].xml',
      text('不含宏的 .xlsx', 'a .xlsx without macros'),
      text('请另存为不含宏的 .xlsx', 'save it as a .xlsx without macros'),
    );
  for (const name of opened.names.filter((one) => one.endsWith('.rels'))) {
    for (const [relation] of (await opened.text(name)).matchAll(/<(?:\w+:)?Relationship\b[^>]*>/gu)) {
      if (/TargetMode\s*=\s*["']External/iu.test(relation) && !/\/hyperlink["']/u.test(relation))
        throw externalLink(name);
    }
  }
}

function externalLink(name: string): FileRefusal {
  return refuse(
    'file.external-link',
    name,
    text('不引用外部文件或数据的工作簿', 'a workbook that refers to no other file or data'),
    text(
      '请断开外部链接（数据 → 编辑链接 → 断开），粘贴为数值',
      'break the links to other files and paste their values',
    ),
  );
}

function bomb(name: string, size: number): FileRefusal {
  return refuseFile(
    'file.bomb',
    name,
    `${size}`,
    text(
      `解压后至多 ${MOST_INFLATED / 1048576} MiB，压缩比至多 ${MOST_RATIO}`,
      `at most ${MOST_INFLATED / 1048576} MiB unpacked, packed at most ${MOST_RATIO} times`,
    ),
    text('请删去多余的格式和空行后另存', 'remove needless formats and empty rows, and save it anew'),
  );
}

function structure(name: string): FileRefusal {
  return refuse(
    'file.structure',
    name,
    text('Excel 2007 及以后的 .xlsx 工作簿', 'a .xlsx workbook as of Excel 2007'),
    text('请用表格软件另存为 .xlsx', 'save it as .xlsx with a spreadsheet program'),
  );
}

function refuse(code: string, name: string, expected: Text, remedy: Text): FileRefusal {
  return refuseFile(code, name, name, expected, remedy);
}

function damaged(error: unknown): never {
  if (error instanceof FileRefusal) throw error;
  throw refuseFile(
    'file.damaged',
    '',
    error instanceof Error ? error.message.slice(0, 200) : null,
    text('完好的 .xlsx 文件', 'an undamaged .xlsx file'),
    text('请用表格软件打开并另存后重新上传', 'open it with a spreadsheet program, save it anew and send it again'),
  );
}
