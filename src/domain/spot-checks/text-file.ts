import { type Fault, fault, type Text, text } from '../fault.ts';
import type { PublishedFile } from './names.ts';

/** Nobody reads more; a frame saved with Windows line ends would otherwise give a fault a line. */
export const MAX_FAULTS = 20;

const LF = 0x0a;
const CR = 0x0d;
// `ignoreBOM` keeps the mark in the text, where it is refused; without it the decoder drops it silently.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function lineFault(
  file: PublishedFile,
  line: number,
  code: string,
  found: unknown,
  expected: Text,
  remedy: Text,
): Fault {
  return fault(`${file}:${line}`, code, found, expected, remedy);
}

/** The file's text; bytes that are not UTF-8 become U+FFFD, which no pattern of rd1 allows. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The lines without their line feeds; an empty file has none. */
export function splitLines(bytes: Uint8Array): string[] {
  const lines = decodeText(bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What holds for every text file of a draw: no byte order mark, no CR, a line feed at the end (rd1 §1.3). */
export function checkTextFile(file: PublishedFile, bytes: Uint8Array): Fault[] {
  const faults: Fault[] = [];
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    faults.push(
      lineFault(
        file,
        1,
        'draw.byte-order-mark',
        'EF BB BF',
        text('文件开头没有字节顺序标记', 'no byte order mark at the start'),
        text('另存为“UTF-8 无 BOM”', 'save as UTF-8 without BOM'),
      ),
    );
  }
  const cr = bytes.indexOf(CR);
  if (cr >= 0) {
    faults.push(
      lineFault(
        file,
        lineAt(bytes, cr),
        'draw.carriage-return',
        'CR',
        text('行尾只有换行符 LF', 'lines end with LF alone'),
        text('把 CRLF 换成 LF', 'replace CRLF by LF'),
      ),
    );
  }
  if (bytes.length > 0 && bytes.at(-1) !== LF) {
    faults.push(
      lineFault(
        file,
        lineAt(bytes, bytes.length - 1),
        'draw.no-final-line-feed',
        null,
        text('最后一行也以换行符结束', 'the last line ends with a line feed too'),
        text('在文件末尾加一个换行符', 'add a line feed at the end of the file'),
      ),
    );
  }
  return faults;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf(LF); i >= 0 && i < offset; i = bytes.indexOf(LF, i + 1)) line++;
  return line;
}
